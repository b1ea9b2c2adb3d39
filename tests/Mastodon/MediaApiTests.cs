using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Calf.Media;
using Calf.Tests.Media;
using SkiaSharp;

namespace Calf.Tests.Mastodon;

/// <summary>Files for posts: sent, described, shown, taken back. Nothing is left of what is refused.</summary>
public sealed class MediaApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/media")]
    [InlineData("/api/v2/media")]
    public async Task A_picture_is_taken_and_served_for_ever_without_its_name(string address)
    {
        var sent = await Send(address, Drawings.Of(1600, 900), ("description", " A half-red field "), ("focus", "-0.5,1.7"));

        Assert.Equal("image", sent.GetProperty("type").GetString());
        Assert.Equal("A half-red field", sent.GetProperty("description").GetString());
        Assert.Equal(JsonValueKind.Null, sent.GetProperty("remote_url").ValueKind);
        Assert.Equal((1600, 900), (sent.GetProperty("meta").GetProperty("original").GetProperty("width").GetInt32(), sent.GetProperty("meta").GetProperty("original").GetProperty("height").GetInt32()));
        Assert.Equal((-0.5, 1.0), (sent.GetProperty("meta").GetProperty("focus").GetProperty("x").GetDouble(), sent.GetProperty("meta").GetProperty("focus").GetProperty("y").GetDouble()));
        Assert.DoesNotContain("IMG_1234", sent.ToString(), StringComparison.Ordinal);
        Assert.Equal(sent.ToString(), (await api.Get($"/api/v1/media/{sent.GetProperty("id").GetString()}")).ToString());
        using var client = api.TestServer.CreateClient();
        foreach (var url in new[] { sent.GetProperty("url").GetString()!, sent.GetProperty("preview_url").GetString()! })
        {
            using var served = await client.GetAsync(url, TestContext.Current.CancellationToken);
            Assert.Equal("image/jpeg", served.Content.Headers.ContentType?.ToString());
            Assert.Equal("public, max-age=31536000, immutable", served.Headers.CacheControl?.ToString());
            Assert.Equal("nosniff", served.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; sandbox", served.Headers.GetValues("Content-Security-Policy").Single());
            Assert.NotNull(SKBitmap.Decode(await served.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_asked_for_and_a_known_file_is_not_sent_again()
    {
        var url = (await Send("/api/v2/media", Drawings.Of(64, 64))).GetProperty("url").GetString()!;
        using var client = api.TestServer.CreateClient();
        using var part = new HttpRequestMessage(HttpMethod.Get, url);
        part.Headers.Range = new RangeHeaderValue(0, 2);

        using var answer = await client.SendAsync(part, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal([0xFF, 0xD8, 0xFF], await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("..%2Fcalf.db")]
    [InlineData("calf.db")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.jpg")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.html")]
    public async Task Nothing_but_stored_files_is_served(string name)
    {
        using var client = api.TestServer.CreateClient();
        using var answer = await client.GetAsync($"/media/{name}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Description_and_focus_can_be_changed_until_it_is_posted()
    {
        var id = (await Send("/api/v2/media", Drawings.Of(64, 64))).GetProperty("id").GetString();

        var changed = await api.Send(HttpMethod.Put, $"/api/v1/media/{id}", ApiFixture.Content("""{"description":"Two colours","focus":"0.1,0.2"}"""));

        Assert.Equal("Two colours", changed.GetProperty("description").GetString());
        Assert.Equal(0.1, changed.GetProperty("meta").GetProperty("focus").GetProperty("x").GetDouble());
        var refused = await api.Send(HttpMethod.Put, $"/api/v1/media/{id}", ApiFixture.Content($$"""{"description":"{{new string('a', 1501)}}"}"""), status: 422);
        Assert.Contains("1500", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("Two colours", (await api.Get($"/api/v1/media/{id}")).GetProperty("description").GetString());
    }

    [Fact]
    public async Task What_is_no_picture_leaves_nothing_behind()
    {
        foreach (var bytes in new byte[][] { [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], [.. "<html><script>1</script>"u8], Drawings.Of(300, 300)[..500], [0xFF, 0xD8, 0xFF, 0xE0] })
        {
            var refused = await Send("/api/v2/media", bytes, status: 422);
            Assert.StartsWith("Validation failed: ", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal("Validation failed: File can't be blank", (await api.Post("/api/v2/media", status: 422)).GetProperty("error").GetString());

        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM uploads")));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_file_that_is_taken_back_is_gone_unless_another_upload_has_the_same()
    {
        var first = await Send("/api/v2/media", Drawings.Of(64, 64));
        var second = await Send("/api/v2/media", Drawings.Of(64, 64));
        Assert.Equal(first.GetProperty("url").GetString(), second.GetProperty("url").GetString());

        await api.Send(HttpMethod.Delete, $"/api/v1/media/{first.GetProperty("id").GetString()}", null);

        Assert.NotEmpty(Files());
        await api.Send(HttpMethod.Delete, $"/api/v1/media/{second.GetProperty("id").GetString()}", null);
        Assert.Empty(Files());
        await api.Get($"/api/v1/media/{second.GetProperty("id").GetString()}", status: 404);
        await api.Send(HttpMethod.Delete, "/api/v1/media/1", null, status: 404);
    }

    [Fact]
    public async Task What_no_post_uses_goes_after_a_day()
    {
        await Send("/api/v2/media", Drawings.Of(64, 64));
        api.Clock.Advance(TimeSpan.FromHours(23));
        var kept = await Send("/api/v2/media", Drawings.Of(1600, 900));
        api.Clock.Advance(TimeSpan.FromHours(2));

        await api.Get<Uploading>().RemoveUnused(TestContext.Current.CancellationToken);

        Assert.Equal(kept.GetProperty("id").GetString(), api.Database.Read(c => c.Query($"SELECT id FROM uploads", r => r.Long())).Single().ToString());
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public async Task Sending_files_needs_the_right()
    {
        var token = await api.TokenWith("read write:statuses");
        await Send("/api/v2/media", Drawings.Of(64, 64), token, 403);
        await Send("/api/v2/media", Drawings.Of(64, 64), null, 401);
        Assert.Empty(Files());
    }

    private Task<JsonElement> Send(string address, byte[] file, params (string Name, string Value)[] fields) => Send(address, file, ApiFixture.Token, 200, fields);

    private Task<JsonElement> Send(string address, byte[] file, int status) => Send(address, file, ApiFixture.Token, status);

    private async Task<JsonElement> Send(string address, byte[] file, string? token, int status, params (string Name, string Value)[] fields)
    {
        using var body = new MultipartFormDataContent();
        using var picture = new ByteArrayContent(file);
        picture.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        body.Add(picture, "file", "IMG_1234.jpg");
        foreach (var (name, value) in fields) body.Add(new StringContent(value), name);
        return await api.Send(HttpMethod.Post, address, body, token, status);
    }

    /// <summary>Everything in the media folder, half-written files too.</summary>
    private List<string> Files()
    {
        var folder = Path.Combine(Path.GetDirectoryName(api.Database.FilePath)!, "media");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)] : [];
    }
}
