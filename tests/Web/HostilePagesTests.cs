using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Calf.Accounts;
using Calf.Security;
using Calf.Statuses;
using Calf.Web;

namespace Calf.Tests.Web;

/// <summary>What others and the owner can write ends up on pages that strangers open: nothing of it may run, load, or pass for something else.</summary>
public sealed class HostilePagesTests
{
    private const string Evil = "\u202e</title></b>\"'><script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>\u2066 :evil: {{7*7}} \0\u0007";

    private static readonly string Markup = HtmlSanitizing.Sanitize("""
        <p onclick="alert(1)" style="position:fixed">words <a href="javascript:alert(1)">a</a> <a href="data:text/html,x">b</a> <a href="https://evil.example/?:evil:" target="_top">c</a>
        <img src="https://evil.example/i.png"><iframe src="https://evil.example"></iframe><svg><script>alert(1)</script></svg><form action="https://evil.example"><input name="password"></form>
        <base href="https://evil.example"><link rel="stylesheet" href="https://evil.example/x.css"><meta http-equiv="refresh" content="0;url=https://evil.example"><style>@import "https://evil.example"</style> :evil: :nice:</p>
        """).Value;

    private static readonly IReadOnlyList<CustomEmoji> Emojis = [new("evil", "javascript:alert(1)"), new("nice", "https://evil.example/\"onload=alert(1).png")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/@clara")]
    [InlineData("/@clara/with_replies")]
    [InlineData("/@clara/media")]
    [InlineData("/@clara/100")]
    [InlineData("/@clara/103")]
    [InlineData("/tags/bees")]
    public async Task Nothing_that_anybody_wrote_runs_or_loads(string path)
    {
        await using var server = new WebServer();
        Fill(server);
        using var answer = await server.Browser.GetAsync(path, Stop);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        var page = new HtmlParser().ParseDocument(text);
        Assert.Contains("words", page.Body!.TextContent);
        Assert.Equal("html", page.Doctype.Name);
        Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, base, style, frame, [style], [srcdoc], meta[http-equiv]"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        foreach (var form in page.QuerySelectorAll("form")) Assert.Equal("/interact", form.GetAttribute("action"));
        foreach (var input in page.QuerySelectorAll("input")) Assert.Contains(input.GetAttribute("name"), (string[])["from", "post"]);
        // Loaded are files of this server; what leads away is http.
        foreach (var loaded in page.All.SelectMany(e => new[] { e.GetAttribute("src"), e.GetAttribute("poster"), e.GetAttribute("srcset"), e.LocalName is "link" or "use" && Loads(e) ? e.GetAttribute("href") : null }).OfType<string>())
            Assert.True(loaded == "about:blank" || loaded.StartsWith('/') || loaded.StartsWith($"{WebServer.Base}/", StringComparison.Ordinal), loaded);
        foreach (var link in page.QuerySelectorAll("a[href]")) Assert.Matches("^(https?://|/|about:blank$)", link.GetAttribute("href")!);
        foreach (var window in page.QuerySelectorAll("a[target]")) Assert.Contains("noopener", window.GetAttribute("rel")!);
        // What turns the direction of text stays within the element that it is in.
        foreach (var name in page.QuerySelectorAll("h1, .p-name:not([hidden]), .p-note, dt, dd, .e-content, .p-summary, .link-card strong, .poll span, bdi"))
            if (name.TextContent.Contains('\u202e', StringComparison.Ordinal)) Assert.True(name.Closest("[dir], bdi") is not null, name.OuterHtml);
    }

    [Fact]
    public async Task Ordinary_pages_and_their_styles_weigh_less_than_30_kB_before_compression()
    {
        await using var server = new WebServer();
        server.Write(c => AccountStore.Save(c, server.Owner with
        {
            Note = $"<p>{new string('n', 300)}</p>",
            HeaderUrl = $"{WebServer.Base}/media/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.jpg",
            Fields = [.. Enumerable.Range(0, 4).Select(i => new ProfileField($"Field {i}", $"<a href=\"https://weidemann.example/{i}\" rel=\"nofollow noopener\" target=\"_blank\">weidemann.example/{i}</a>"))],
        }));
        for (var i = 0; i < ProfilePage.PostsOnAPage + 1; i++) server.Post(100 + i, $"<p>{new string('x', 200)}{(i % 3 == 0 ? " <a href=\"https://calf.example/tags/bees\" class=\"mention hashtag\" rel=\"tag\">#<span>bees</span></a>" : "")}</p>", s => i is 0 or > 12 ? s : s with { InReplyToId = 100, InReplyToAccountId = 1 });
        for (var i = 0; i < 30; i++) Picture(server, server.Post(200 + i, "<p>post</p>"));
        var files = new AppFiles();
        foreach (var (path, least) in ((string, int)[])[("/@clara?max_id=121", 12_000), ("/@clara/media", 12_000), ("/@clara/100", 12_000)])
        {
            var html = await server.Browser.GetStringAsync(path, Stop);
            var styles = new HtmlParser().ParseDocument(html).QuerySelectorAll("link[rel=stylesheet]").Select(l => files.Find(l.GetAttribute("href")!["/app/".Length..], out _)!.Plain.Length).ToList();
            Assert.Equal(3, styles.Count);
            Assert.InRange(Encoding.UTF8.GetByteCount(html) + styles.Sum(), least, 30_000);
        }
    }

    private static bool Loads(IElement link) => link.LocalName == "use" || link.GetAttribute("rel") is "stylesheet" or "icon" or "preload" or "modulepreload" or "manifest";

    private static void Fill(WebServer server)
    {
        var evil = new Account
        {
            Id = 2,
            Uri = "https://evil.example/u/e",
            Url = "javascript:alert(1)",
            Username = "e",
            Domain = "evil.example",
            DisplayName = Evil,
            AvatarUrl = "https://evil.example/a.png\"onload=alert(1)",
            AvatarAlt = Evil,
            Emojis = Emojis,
            Inbox = "https://evil.example/in",
            CreatedAt = DateTimeOffset.UnixEpoch,
            FetchedAt = DateTimeOffset.UnixEpoch,
        };
        server.Write(c =>
        {
            AccountStore.Save(c, server.Owner with { DisplayName = Evil, Note = Markup, HeaderUrl = "data:image/png,x", HeaderAlt = Evil, AvatarAlt = Evil, Emojis = Emojis, Fields = [new(Evil, Markup)] });
            AccountStore.Save(c, evil);
        });
        Status Theirs(Status s) => s with { AccountId = 2, Uri = $"https://evil.example/{s.Id}", Url = "javascript:alert(2)", SpoilerText = Evil, Emojis = Emojis, Language = "\"><script>" };
        server.Post(99, Markup, Theirs);
        server.Post(100, Markup, s => s with { InReplyToId = 99, InReplyToAccountId = 2, SpoilerText = Evil, Emojis = Emojis, Language = "\"><script>" });
        server.Post(101, Markup, s => Theirs(s) with { InReplyToId = 100, InReplyToAccountId = 1 });
        server.Post(102, Markup, s => s with { Emojis = Emojis });
        var quoting = server.Post(103, Markup, s => s with { Emojis = Emojis });
        server.Write(c =>
        {
            QuoteStore.Save(c, new Quote { StatusId = quoting.Id, QuotedUri = "https://evil.example/99", QuotedId = 99, State = QuoteState.Accepted });
            PollStore.Set(c, 102, new Poll([new(Evil, 3), new(":nice:", 1)], false, null, null, 4));
            CardStore.Set(c, 100, new Card("javascript:alert(1)", Evil, Evil, "https://evil.example/c.jpg") { ProviderName = Evil, AuthorName = Evil, ImageDescription = Evil, Language = "\"><script>" });
            StatusParts.AddAttachments(c, 101, [new(5, "image", "image/png", "javascript:alert(1)", Evil, null, 1, 1, null, null, "data:text/html,x"), new(6, "unknown", "text/html", "javascript:alert(1)", Evil, null, null, null, null, null)]);
            StatusParts.AddAttachments(c, 102, [new(7, "image", "image/png", $"{WebServer.Base}/media/words.png", Evil, null, 1, 1, null, null), new(8, "audio", "audio/mpeg", $"{WebServer.Base}/media/words.mp3", "words", null, null, null, null, null)]);
            foreach (var id in (long[])[100, 102, 103]) StatusParts.AddTags(c, id, ["bees", Evil]);
        });
    }

    private static void Picture(WebServer server, Status post)
    {
        const string Name = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        if (post.Id % 2 == 0) server.Write(c => StatusParts.AddAttachments(c, post.Id, [new(post.Id, "image", "image/jpeg", $"{WebServer.Base}/media/{Name}.jpg", "A hive", null, 1200, 900, null, null, $"{WebServer.Base}/media/{Name}.webp")]));
    }
}
