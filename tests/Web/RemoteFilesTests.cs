using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Calf.Media;
using Calf.Tests.Media;

namespace Calf.Tests.Web;

/// <summary>What a viewer is told about files of others: kept for ever, in parts where wanted, and never anything but media.</summary>
public sealed class RemoteFilesTests : IAsyncLifetime
{
    private const string Url = "https://far.test/film.mp4";

    private static readonly byte[] Film = RemoteMediaTests.Film(5000);

    private MediaOrigin origin = null!;

    public async ValueTask InitializeAsync()
    {
        origin = await MediaOrigin.Start();
        origin.Serve(Url, Film, "text/html");
    }

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    [Fact]
    [Trait("Wire", "118")]
    public async Task The_type_is_what_the_bytes_are_and_nothing_in_it_can_run()
    {
        using var answer = await origin.View(Url);

        Assert.Equal("video/mp4", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_can_be_asked_for_from_the_first_view_on(bool seenBefore)
    {
        if (seenBefore) await origin.Bytes(Url);

        using var part = await origin.View(Url, adjust: request => request.Headers.Range = new RangeHeaderValue(4000, 4009));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("bytes 4000-4009/5000", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal(Film[4000..4010], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var beyond = await origin.View(Url, adjust: request => request.Headers.Range = new RangeHeaderValue(9000, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task What_the_viewer_has_is_not_sent_again()
    {
        using var first = await origin.View(Url);

        using var second = await origin.View(Url, adjust: request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("application/activity+json")]
    [InlineData("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"")]
    [InlineData("Application/Activity+JSON, text/html")]
    [Trait("Wire", "118")]
    public async Task Who_asks_for_a_document_gets_nothing(string accept)
    {
        using var answer = await origin.View(Url, adjust: request => request.Headers.TryAddWithoutValidation("Accept", accept));
        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Empty(origin.Asked);
        using var client = origin.Calf.TestServer.CreateClient();
        using var own = new HttpRequestMessage(HttpMethod.Get, origin.Calf.Site.MediaUrl(new string('0', 64) + ".jpg"));
        own.Headers.TryAddWithoutValidation("Accept", accept);
        using var refused = await client.SendAsync(own, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotAcceptable, refused.StatusCode);
    }

    [Fact]
    public async Task An_address_that_this_server_did_not_make_fetches_nothing()
    {
        var made = new Uri(origin.Calf.Get<RemoteMediaUrls>().Of(Url, RemoteShape.Original)!).AbsolutePath;
        using var client = origin.Calf.TestServer.CreateClient();

        foreach (var path in new[] { made.Replace("original", "preview", StringComparison.Ordinal), made + "AA", made.Insert(made.Length - 3, "x"), "/media/remote/original/x/y" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.Empty(origin.Asked);
    }

    [Fact]
    public async Task A_refusal_is_a_sentence_and_is_not_kept_by_anybody()
    {
        using var answer = await origin.View("https://far.test/\"missing\".jpg");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("far.test no longer has the file.", json.RootElement.GetProperty("error").GetString());
    }

    [Fact]
    [Trait("Wire", "119")]
    public async Task Servers_that_are_sent_from_one_to_the_other_do_not_go_round_in_circles()
    {
        var other = await origin.Fediverse.Join("other.test");
        var theirs = other.Get<RemoteMediaUrls>().Of("https://far.test/back", RemoteShape.Original)!;
        var ours = origin.Calf.Get<RemoteMediaUrls>().Of("https://far.test/forth", RemoteShape.Original)!;
        origin.Serve("https://far.test/forth", HttpStatusCode.Found, answer => answer.Headers.Location = new Uri(theirs));
        origin.Serve("https://far.test/back", HttpStatusCode.Found, answer => answer.Headers.Location = new Uri(ours));

        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status("https://far.test/forth"));

        Assert.Single(origin.Asked);
    }
}
