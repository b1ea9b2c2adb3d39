using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Calf.Accounts;
using Calf.Statuses;

namespace Calf.Tests.Web;

public sealed class FeedTests
{
    private const string Hostile = "a\u0001\u000b\ufffe & <b>]]></title>\"' \u202e\U0001f41d";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace MediaRss = "http://search.yahoo.com/mrss/";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/@clara.rss", "application/rss+xml", "*/*")]
    [InlineData("/@CLARA.rss", "application/rss+xml", "text/html")]
    [InlineData("/@clara.atom", "application/atom+xml", "application/activity+json")]
    [InlineData("/@clara.json", "application/feed+json", "application/feed+json, application/json")]
    [InlineData("/@clara.json", "application/feed+json", "application/json")]
    [InlineData("/tags/bees.rss", "application/rss+xml", "application/rss+xml")]
    [InlineData("/tags/bees.json", "application/feed+json", "application/json")]
    public async Task A_feed_answers_whatever_is_accepted(string path, string type, string accept)
    {
        await using var server = WithPosts();
        using var answer = await Ask(server, path, ("Accept", accept));
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("The bees are in", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(answer.Headers.Contains("X-Robots-Tag"));
    }

    [Theory]
    [InlineData("/@bo.rss")]
    [InlineData("/@clara.xml")]
    [InlineData("/tags/wasps.rss")]
    [InlineData("/tags/quiet.rss")]
    public async Task What_is_not_here_has_no_feed(string path)
    {
        await using var server = WithPosts();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync(path, Stop)).StatusCode);
    }

    [Fact]
    public async Task Public_and_unlisted_posts_of_the_owner_s_own_are_in_it_and_no_answers_to_others()
    {
        await using var server = WithPosts();
        foreach (var path in (string[])["/@clara.rss", "/@clara.atom", "/@clara.json"])
        {
            var text = await server.Browser.GetStringAsync(path, Stop);
            Assert.Contains("The bees are in", text);
            Assert.Contains("And they hum", text);
            Assert.Contains("unlisted words", text);
            foreach (var hidden in (string[])["followers words", "direct words", "an answer to bo", "words of bo"]) Assert.DoesNotContain(hidden, text);
        }
    }

    [Fact]
    public async Task Rss_has_links_dates_warnings_and_files()
    {
        await using var server = WithPosts();
        var channel = XDocument.Parse(await server.Browser.GetStringAsync("/@clara.rss", Stop)).Root!.Element("channel")!;
        Assert.Equal("https://calf.example/@clara.rss", channel.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.Equal("https://calf.example/@clara", channel.Element("link")!.Value);
        Assert.Equal("I keep bees.", channel.Element("description")!.Value);
        var warned = channel.Elements("item").Single(i => i.Element("link")!.Value.EndsWith("/101", StringComparison.Ordinal));
        Assert.StartsWith("<details><summary>Insects</summary><p>A hornet", warned.Element("description")!.Value);
        Assert.Equal("Mon, 23 Nov 2026 12:00:00 GMT", warned.Element("pubDate")!.Value);
        Assert.Equal(("https://calf.example/media/hornet.jpg", "image/jpeg"), (warned.Element("enclosure")!.Attribute("url")!.Value, warned.Element("enclosure")!.Attribute("type")!.Value));
        var file = warned.Element(MediaRss + "content")!;
        Assert.Equal(("image", "adult", "A \"hornet\""), (file.Attribute("medium")!.Value, file.Element(MediaRss + "rating")!.Value, file.Element(MediaRss + "description")!.Value));
        var tagged = channel.Elements("item").Single(i => i.Element("link")!.Value.EndsWith("/100", StringComparison.Ordinal));
        Assert.Equal("Bees", tagged.Element("category")!.Value);
    }

    [Fact]
    public async Task Atom_and_JSON_say_the_same()
    {
        await using var server = WithPosts();
        var atom = XDocument.Parse(await server.Browser.GetStringAsync("/@clara.atom", Stop)).Root!;
        var entry = atom.Elements(Atom + "entry").Single(e => e.Element(Atom + "id")!.Value.EndsWith("/101", StringComparison.Ordinal));
        Assert.Equal("Insects", entry.Element(Atom + "title")!.Value);
        Assert.Equal("2026-11-23T12:00:00Z", entry.Element(Atom + "published")!.Value);
        Assert.Equal("https://calf.example/media/hornet.jpg", entry.Elements(Atom + "link").Single(l => l.Attribute("rel")!.Value == "enclosure").Attribute("href")!.Value);

        var json = JsonDocument.Parse(await server.Browser.GetStringAsync("/@clara.json", Stop)).RootElement;
        Assert.Equal("https://jsonfeed.org/version/1.1", json.GetProperty("version").GetString());
        Assert.Equal("https://calf.example/@clara.json", json.GetProperty("feed_url").GetString());
        var item = json.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("url").GetString()!.EndsWith("/101", StringComparison.Ordinal));
        Assert.Equal("Insects", item.GetProperty("summary").GetString());
        Assert.False(item.TryGetProperty("image", out _));
        Assert.Equal("image/jpeg", item.GetProperty("attachments")[0].GetProperty("mime_type").GetString());
        Assert.False(item.TryGetProperty("date_modified", out _));
    }

    [Fact]
    public async Task Any_text_makes_valid_XML()
    {
        await using var server = new WebServer();
        server.Write(c => AccountStore.Save(c, server.Owner with { DisplayName = Hostile, Note = $"<p>{WebUtility.HtmlEncode(Hostile)}</p>" }));
        server.Post(100, $"<p>{WebUtility.HtmlEncode(Hostile)}</p>", s => s with { SpoilerText = Hostile, Language = "e\"n" });
        server.Write(c =>
        {
            StatusParts.AddTags(c, 100, [Hostile]);
            StatusParts.AddAttachments(c, 100, [new(5, "image", "image/\"png", "javascript:alert(1)", Hostile, null, null, null, null, null)]);
        });
        foreach (var path in (string[])["/@clara.rss", "/@clara.atom"])
        {
            var text = await server.Browser.GetStringAsync(path, Stop);
            var words = XDocument.Parse(text).Root!.Value;
            Assert.Contains("a & <b>]]></title>\"' \u202e\U0001f41d", words);
            Assert.DoesNotContain("javascript:", text);
        }
    }

    [Fact]
    public async Task Who_asks_again_is_told_that_nothing_changed_until_something_does()
    {
        await using var server = WithPosts();
        using var first = await Ask(server, "/@clara.rss");
        var (tag, modified) = (first.Headers.ETag!.ToString(), first.Content.Headers.GetValues("Last-Modified").Single());
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(server, "/@clara.rss", ("If-None-Match", tag))).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(server, "/@clara.rss", ("If-Modified-Since", modified))).StatusCode);
        // The tag counts where both are sent.
        Assert.Equal(HttpStatusCode.OK, (await Ask(server, "/@clara.rss", ("If-None-Match", "\"other\""), ("If-Modified-Since", modified))).StatusCode);

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        server.Post(120, "<p>Honey</p>");
        Assert.Equal(HttpStatusCode.OK, (await Ask(server, "/@clara.rss", ("If-Modified-Since", modified))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Ask(server, "/@clara.rss", ("If-None-Match", tag))).StatusCode);
    }

    [Fact]
    public async Task Pages_name_their_feeds_and_who_is_not_to_be_found_says_so_in_them()
    {
        await using var server = WithPosts();
        foreach (var (page, feed) in ((string, string)[])[("/@clara", "/@clara"), ("/@clara/100", "/@clara"), ("/tags/bees", "/tags/bees")])
        {
            var html = await server.Browser.GetStringAsync(page, Stop);
            Assert.Contains($"<link rel=\"alternate\" type=\"application/rss+xml\" href=\"https://calf.example{feed}.rss\">", html);
            Assert.Contains($"<link rel=\"alternate\" type=\"application/feed+json\" href=\"https://calf.example{feed}.json\">", html);
        }
        await using var shy = new WebServer();
        shy.Write(c => AccountStore.Save(c, shy.Owner with { Indexable = false }));
        Assert.Equal("noindex", (await shy.Browser.GetAsync("/@clara.rss", Stop)).Headers.GetValues("X-Robots-Tag").Single());
    }

    private static WebServer WithPosts()
    {
        var server = new WebServer();
        server.Write(c => AccountStore.Save(c, WebServer.Bo));
        server.Post(99, "<p>words of bo</p>", s => s with { AccountId = 2, Uri = "https://b.example/1", Url = "https://b.example/1" });
        server.Post(100, "<p>The bees are in. #bees</p>");
        server.Post(101, "<p>A hornet, The bees are in fear</p>", s => s with { SpoilerText = "Insects", Sensitive = true });
        server.Post(102, "<p>And they hum</p>", s => s with { InReplyToId = 100, InReplyToAccountId = 1 });
        server.Post(103, "<p>an answer to bo</p>", s => s with { InReplyToId = 99, InReplyToAccountId = 2 });
        server.Post(104, "<p>unlisted words</p>", s => s with { Visibility = Visibility.Unlisted });
        server.Post(105, "<p>followers words</p>", s => s with { Visibility = Visibility.Private });
        server.Post(106, "<p>direct words</p>", s => s with { Visibility = Visibility.Direct });
        server.Post(107, "", s => s with { BoostOfId = 99, Uri = s.Uri + "/activity" });
        server.Write(c =>
        {
            StatusParts.AddTags(c, 100, ["Bees"]);
            StatusParts.AddTags(c, 104, ["quiet"]);
            StatusParts.AddAttachments(c, 101, [new(5, "image", "image/jpeg", "https://calf.example/media/hornet.jpg", "A \"hornet\"", null, 10, 20, null, null)]);
        });
        return server;
    }

    private static async Task<HttpResponseMessage> Ask(WebServer server, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Browser.SendAsync(request, Stop);
    }
}
