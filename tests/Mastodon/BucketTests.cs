using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Calf.Media;
using Calf.Operations;
using Calf.Tests.Media;

namespace Calf.Tests.Mastodon;

/// <summary>The owner's files in a bucket: sent, shown, taken away, and what is said while it is out of reach.</summary>
public sealed class BucketTests : IAsyncLifetime
{
    private readonly SocketsHttpHandler network = new();
    private S3StandIn s3 = null!;
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        s3 = await S3StandIn.Start();
        api = await ApiFixture.Start(network, settings => s3.Use(settings));
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await s3.DisposeAsync();
        network.Dispose();
    }

    [Fact]
    public async Task An_upload_goes_into_the_bucket_and_is_shown_from_there_as_from_the_disk()
    {
        var url = (await Upload()).GetProperty("url").GetString()!;

        Assert.Empty(OnDisk());
        var key = $"my/media/{url.Split('/')[^1]}";
        Assert.Equal(2, s3.Files.Count);
        using var whole = await View(url);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (whole.StatusCode, whole.Content.Headers.ContentType?.ToString()));
        Assert.Equal(s3.Files[key], await whole.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(s3.Files[key].Length, whole.Content.Headers.ContentLength);
        Assert.Equal("public, max-age=31536000, immutable", whole.Headers.CacheControl?.ToString());
        Assert.Equal("bytes", whole.Headers.AcceptRanges.Single());
        Assert.DoesNotContain(whole.Headers.Concat(whole.Content.Headers), header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase));
        Assert.Equal($"GET {key}", s3.Asked.Last());

        using var head = await View(url, request => request.Method = HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, s3.Files[key].Length), (head.StatusCode, head.Content.Headers.ContentLength));
        using var known = await View(url, request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal($"HEAD {key}", s3.Asked.Last());
    }

    [Theory]
    [InlineData(0L, 2L, "bytes=0-2")]
    [InlineData(100L, null, "bytes=100-")]
    [InlineData(null, 10L, null)]
    [InlineData(5L, 900_000L, null)]
    public async Task Of_a_part_only_that_is_fetched(long? from, long? to, string? asked)
    {
        var url = (await Upload()).GetProperty("url").GetString()!;
        var content = s3.Files[$"my/media/{url.Split('/')[^1]}"];

        using var part = await View(url, request => request.Headers.Range = new RangeHeaderValue(from, to));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        var begin = (int)(from ?? content.Length - to!.Value);
        Assert.Equal(content[begin..(from is null ? content.Length : (int)Math.Min(content.Length, (to ?? content.Length) + 1))], await part.Content.ReadAsByteArrayAsync(Stop));
        if (asked is not null) Assert.EndsWith(asked, s3.Asked.Last());
    }

    [Fact]
    public async Task Part_of_a_file_that_a_condition_makes_whole_is_fetched_whole()
    {
        var url = (await Upload()).GetProperty("url").GetString()!;
        using var whole = await View(url, request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 2);
            request.Headers.IfRange = new RangeConditionHeaderValue("\"another\"");
        });
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(s3.Files[$"my/media/{url.Split('/')[^1]}"], await whole.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task While_the_bucket_is_out_of_reach_uploads_are_refused_with_a_sentence_and_nothing_is_kept()
    {
        var before = (await Upload()).GetProperty("url").GetString()!;
        var files = s3.Files.Count;
        s3.Down = true;

        var refusal = await Patiently(Upload(503));
        using var view = await Patiently(View(before));

        Assert.Equal("The file cannot be stored at the moment. Try again in a while!", refusal.GetProperty("error").GetString());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no-store"), (view.StatusCode, view.Headers.CacheControl?.ToString()));
        Assert.Equal(1, api.Database.Read(c => c.Count($"SELECT count(*) FROM uploads")));
        Assert.Empty(OnDisk());
        Assert.Equal(files, s3.Files.Count);

        s3.Down = false;
        await Upload(colour: 40);
        Assert.Equal(files + 2, s3.Files.Count);
        using var again = await View(before);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_failure_that_passes_is_tried_again()
    {
        var failures = 2;
        s3.Before = (_, _) => s3.Down = failures-- > 0;
        await Patiently(Upload());
        Assert.Equal(2, s3.Files.Count);
    }

    [Fact]
    public async Task What_is_taken_back_goes_from_the_bucket()
    {
        var id = (await Upload()).GetProperty("id").GetString();
        await api.Send(HttpMethod.Delete, $"/api/v1/media/{id}", null);
        Assert.Empty(s3.Files);

        // Out of reach it is no trouble for the owner, and goes with the orphans.
        id = (await Upload()).GetProperty("id").GetString();
        s3.Down = true;
        await Patiently(api.Send(HttpMethod.Delete, $"/api/v1/media/{id}", null));
        s3.Down = false;
        Assert.Equal(2, s3.Files.Count);
        foreach (var key in s3.Files.Keys) s3.Times[key] = api.Clock.GetUtcNow().AddDays(-2);
        Assert.Equal(2, await api.Get<OrphanedFiles>().Remove(Stop));
        Assert.Empty(s3.Files);
    }

    [Fact]
    public async Task Files_of_the_bucket_that_no_row_names_go_when_they_are_a_day_old_and_the_rest_is_counted()
    {
        s3.PageSize = 2;
        await Upload();
        var used = s3.Files.Keys.ToList();
        for (var i = 0; i < 5; i++) Put($"orphan {i}");
        foreach (var key in s3.Files.Keys) s3.Times[key] = api.Clock.GetUtcNow().AddDays(-2);
        var young = Put("young");
        s3.Times[young] = api.Clock.GetUtcNow().AddHours(-23);
        s3.Files["my/media/readme.txt"] = s3.Files["other/" + young] = [1];
        s3.Times["my/media/readme.txt"] = s3.Times["other/" + young] = DateTimeOffset.UnixEpoch;

        Assert.Equal(5, await api.Get<DiskKeeping>().Step(Stop));

        Assert.Equal([.. used.Append(young).Append("my/media/readme.txt").Append("other/" + young).Order()], s3.Files.Keys.Order());
        var bucket = (await api.Get("/api/calf/v1/disk", await api.TokenWith("admin:read"))).GetProperty("bucket");
        Assert.Equal((3, true, JsonValueKind.Null), (bucket.GetProperty("files").GetInt32(), bucket.GetProperty("in_use").GetBoolean(), bucket.GetProperty("trouble").ValueKind));
        Assert.Equal(used.Append(young).Sum(key => s3.Files[key].Length), bucket.GetProperty("bytes").GetInt64());

        s3.Down = true;
        Assert.Equal(0, await Patiently(api.Get<OrphanedFiles>().Remove(Stop)));
        bucket = (await Patiently(api.Get("/api/calf/v1/disk", await api.TokenWith("admin:read")))).GetProperty("bucket");
        Assert.StartsWith("The bucket calf at 127.0.0.1", bucket.GetProperty("trouble").GetString());
        Assert.DoesNotContain(S3StandIn.SecretKey, bucket.ToString());
        Assert.Equal(3, bucket.GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_a_sentence_that_says_which()
    {
        api.Get<Settings>().Media.S3.SecretKey = "another";
        using var files = new S3Files(api.Get<Settings>().Media.S3, new Calf.Security.SafeHttpOptions("test") { Inner = network }, api.Clock);
        Assert.Contains("Correct Media:S3:SecretKey.", await files.Trouble(Stop));
        await Assert.ThrowsAsync<MediaPlaceException>(() => files.Open($"{new string('0', 64)}.jpg", PartWanted.Whole, Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<JsonElement> Upload(int status = 200, int colour = 64)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Drawings.Of(colour * 20, colour * 10)), "file", "IMG_1234.jpg" } };
        return await api.Send(HttpMethod.Post, "/api/v2/media", form, status: status);
    }

    private async Task<HttpResponseMessage> View(string url, Action<HttpRequestMessage>? adjust = null)
    {
        using var client = api.TestServer.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        adjust?.Invoke(request);
        return await client.SendAsync(request, Stop);
    }

    /// <summary>Lets the pauses between tries pass.</summary>
    private async Task<T> Patiently<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(20, Stop));
            api.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }
        return await work;
    }

    private string Put(string content)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var key = $"my/media/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}.png";
        s3.Files[key] = bytes;
        return key;
    }

    private List<string> OnDisk()
    {
        var folder = Path.Combine(api.Get<Settings>().Data, "media");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)] : [];
    }
}
