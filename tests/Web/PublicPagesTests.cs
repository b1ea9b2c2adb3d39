using System.Net;
using System.Text;
using Calf.Accounts;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Web;

namespace Calf.Tests.Web;

public sealed class PublicPagesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_profile_shows_who_it_is_and_what_they_wrote_without_a_script()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>The bees are in.</p>");
        var answer = await server.Browser.GetAsync("/@clara", Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Clara &lt;W&gt;", html);
        Assert.DoesNotContain("Clara <W>", html);
        Assert.Contains("<p>I keep <em>bees</em>.</p>", html);
        Assert.Contains("<p>The bees are in.</p>", html);
        Assert.Contains("class=\"entry h-entry\"", html);
        Assert.Contains("h-card", html);
        Assert.Contains("<link rel=\"me\" href=\"https://weidemann.example\">", html);
        Assert.Contains("property=\"og:title\"", html);
        Assert.Contains("@clara@calf.example", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("noindex", html);
        Assert.DoesNotMatch(@"style=|\son\w+=", html);
        Assert.Contains("rel=\"alternate\"; type=\"application/activity+json\"", answer.Headers.GetValues("Link").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("script-src", policy);
        Assert.DoesNotContain("https:", policy);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_answers_a_browser_with_a_page_and_an_app_with_JSON()
    {
        await using var server = new WebServer();
        async Task<(HttpStatusCode Status, string? Type, string Text)> Ask(HttpMethod method, string path, string accept)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Accept", accept);
            using var answer = await server.Browser.SendAsync(request, Stop);
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(Stop));
        }
        var page = await Ask(HttpMethod.Get, "/nowhere/at/all", "text/html,*/*;q=0.8");
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.Status, page.Type));
        Assert.Contains("There is nothing at this address", page.Text);
        Assert.Equal((HttpStatusCode.NotFound, null, ""), await Ask(HttpMethod.Get, "/nowhere", "application/activity+json"));
        Assert.Equal((HttpStatusCode.NotFound, null, ""), await Ask(HttpMethod.Post, "/nowhere/at/all", "text/html"));
        Assert.Equal((HttpStatusCode.NotFound, "application/json", """{"error":"Not found"}"""), await Ask(HttpMethod.Get, "/api/v1/nowhere", "text/html"));
    }

    [Theory]
    [InlineData(QuoteState.Accepted, Visibility.Public, true)]
    [InlineData(QuoteState.Pending, Visibility.Public, false)]
    [InlineData(QuoteState.Revoked, Visibility.Public, false)]
    [InlineData(QuoteState.Accepted, Visibility.Private, false)]
    public async Task A_quoted_post_is_a_card_if_its_author_agreed_and_anybody_may_read_it(QuoteState state, Visibility visibility, bool shown)
    {
        await using var server = new WebServer();
        var quoted = server.Post(100, "<p>The bees are in.</p>", s => s with { Visibility = visibility });
        var quoting = server.Post(101, "<p class=\"quote-inline\">RE: <a href=\"https://calf.example/x\">x</a></p><p>Told you.</p>");
        server.Write(c => QuoteStore.Save(c, new Quote { StatusId = quoting.Id, QuotedUri = quoted.Uri, QuotedId = quoted.Id, State = state }));
        var html = await server.Browser.GetStringAsync(new Uri("/@clara/101", UriKind.Relative), Stop);
        Assert.Equal(shown, html.Contains("The bees are in.", StringComparison.Ordinal));
        Assert.Equal(shown, html.Contains("u-quotation-of h-cite", StringComparison.Ordinal));
        // The link in the text is hidden only where the card is in its place.
        Assert.Equal(shown, html.Contains("prose quoting", StringComparison.Ordinal));
        Assert.Contains("quote-inline", html);
    }

    [Fact]
    public async Task The_card_of_a_link_is_shown_with_its_picture_from_here()
    {
        await using var server = new WebServer();
        var post = server.Post(100, "<p><a href=\"https://news.test/\">news</a></p>");
        server.Write(c => CardStore.Set(c, post.Id, new Card("https://news.test/", "Bees & <b>hives</b>", "", "https://files.test/bee.jpg") { ProviderName = "The News", AuthorName = "Ann", ImageDescription = "A bee" }));
        var html = await server.Browser.GetStringAsync(new Uri("/@clara/100", UriKind.Relative), Stop);
        Assert.Contains("<a class=\"link-card\" href=\"https://news.test/\"", html);
        Assert.Contains("Bees &amp; &lt;b&gt;hives&lt;/b&gt;", html);
        Assert.Contains("The News", html);
        Assert.Contains("by Ann", html);
        Assert.Contains("alt=\"A bee\"", html);
        Assert.DoesNotContain("files.test", html);
    }

    [Fact]
    public async Task A_poll_shows_how_it_stands_and_hides_what_its_author_hides()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>Food?</p>");
        server.Write(c => PollStore.Set(c, 100, new Poll([new("hay & more", 3), new("grass", 1)], false, null, null, 4)));
        var html = await server.Browser.GetStringAsync(new Uri("/@clara/100", UriKind.Relative), Stop);
        Assert.Contains("<b>75 %</b> <span dir=\"auto\">hay &amp; more</span>", html);
        Assert.Contains("4 answers", html);

        server.Post(101, "<p>Food?</p>");
        server.Write(c => PollStore.Set(c, 101, new Poll([new("hay", 3), new("grass", 1)], false, DateTimeOffset.UnixEpoch.AddYears(60), null, 4, HideTotals: true)));
        html = await server.Browser.GetStringAsync(new Uri("/@clara/101", UriKind.Relative), Stop);
        Assert.DoesNotContain("%", html[html.IndexOf("<ul class=\"poll\">", StringComparison.Ordinal)..html.IndexOf("</ul>", StringComparison.Ordinal)]);
        Assert.Contains("hay", html);
    }

    [Fact]
    public async Task Only_what_is_for_everybody_is_on_the_profile()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>quiet words</p>", s => s with { Visibility = Visibility.Unlisted });
        server.Post(101, "<p>followers words</p>", s => s with { Visibility = Visibility.Private });
        server.Post(102, "<p>direct words</p>", s => s with { Visibility = Visibility.Direct });
        server.Write(c => PinStore.Add(c, 101, DateTimeOffset.UnixEpoch));
        var html = await server.Browser.GetStringAsync("/@Clara", Stop);
        Assert.Contains("quiet words", html);
        Assert.DoesNotContain("followers words", html);
        Assert.DoesNotContain("direct words", html);
    }

    [Fact]
    public async Task A_post_page_shows_the_thread_around_it_as_far_as_anybody_may_read_it()
    {
        await using var server = new WebServer();
        var other = new Account
        {
            Id = 2,
            Uri = "https://b.example/u/bo",
            Url = "javascript:alert(1)",
            Username = "bo",
            Domain = "b.example",
            DisplayName = "Bo",
            AvatarUrl = "https://b.example/bo.png",
            Inbox = "https://b.example/in",
            CreatedAt = DateTimeOffset.UnixEpoch,
            FetchedAt = DateTimeOffset.UnixEpoch,
        };
        server.Write(c => AccountStore.Save(c, other));
        server.Post(100, "<p>What do bees want</p>");
        server.Post(101, "<p>Flowers</p>", s => s with { AccountId = 2, Uri = "https://b.example/1", Url = "https://b.example/1", InReplyToId = 100 });
        server.Write(c => StatusParts.AddAttachments(c, 101,
        [
            new Attachment(1, "image", "image/jpeg", "https://b.example/1.jpg", "", null, null, null, null, null),
            new Attachment(2, "video", "video/mp4", "https://b.example/2.mp4", "", null, null, null, null, null, "https://b.example/2.jpg"),
            new Attachment(3, "unknown", "text/plain", "https://b.example/3.txt", "", null, null, null, null, null),
        ]));
        server.Post(102, "<p>A secret</p>", s => s with { AccountId = 2, Uri = "https://b.example/2", Url = "https://b.example/2", InReplyToId = 100, Visibility = Visibility.Private });
        var html = await server.Browser.GetStringAsync("/@clara/100", Stop);
        Assert.Contains("What do bees want", html);
        Assert.Contains("u-comment h-cite", html);
        // Who reads the page tells nobody else.
        foreach (var loaded in (string[])["src=\"https://b.", "poster=\"https://b."]) Assert.DoesNotContain(loaded, html);
        foreach (var shape in (string[])["avatar-still", "original", "preview"]) Assert.Contains($"=\"{WebServer.Base}/media/remote/{shape}/", html);
        Assert.Contains("<a href=\"https://b.example/3.txt\">", html);
        Assert.Contains("Flowers", html);
        Assert.Contains("One answer", html);
        Assert.DoesNotContain("A secret", html);
        Assert.DoesNotContain("javascript:", html);
    }

    [Fact]
    public async Task A_warned_post_is_folded_and_its_picture_is_not_in_the_preview()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>A hornet.</p>", s => s with { SpoilerText = "Insects", Sensitive = true });
        server.Write(c => StatusParts.AddAttachments(c, 100, [new(5, "image", "image/png", "https://calf.example/media/hornet.png", "A \"hornet\"", null, 10, 20, null, null)]));
        var html = await server.Browser.GetStringAsync("/@clara/100", Stop);
        Assert.Contains("<details><summary class=\"p-summary\"", html);
        Assert.Contains("alt=\"A &quot;hornet&quot;\"", html);
        Assert.Contains("og:description\" content=\"Insects\"", html);
        Assert.DoesNotContain("og:image\" content=\"https://calf.example/media/hornet.png\"", html);
    }

    [Fact]
    public async Task Links_to_a_page_are_shown_with_its_picture_its_size_and_its_description()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>A hive.</p>");
        server.Post(101, "<p>A film.</p>");
        server.Post(102, "<p>Words.</p>");
        server.Write(c =>
        {
            StatusParts.AddAttachments(c, 100, [new(5, "image", "image/jpeg", "https://calf.example/media/hive.jpg", "A \"hive\"", null, 4000, 3000, null, null, "https://calf.example/media/small.jpg")]);
            StatusParts.AddAttachments(c, 101, [new(6, "video", "video/mp4", "https://calf.example/media/film.mp4", "", null, 1920, 1080, null, null, "https://calf.example/media/still.jpg")]);
        });
        var html = await server.Browser.GetStringAsync("/@clara/100", Stop);
        Assert.Contains("og:image\" content=\"https://calf.example/media/small.jpg\"", html);
        // The preview's own size, which has so many pixels in all.
        Assert.Contains("og:image:width\" content=\"554\"", html);
        Assert.Contains("og:image:height\" content=\"416\"", html);
        Assert.Contains("og:image:alt\" content=\"A &quot;hive&quot;\"", html);
        Assert.Contains("twitter:card\" content=\"summary_large_image\"", html);

        html = await server.Browser.GetStringAsync("/@clara/101", Stop);
        Assert.Contains("og:image\" content=\"https://calf.example/media/still.jpg\"", html);
        Assert.DoesNotContain("og:image:width", html);
        Assert.DoesNotContain("og:image:alt", html);

        foreach (var page in (string[])["/@clara/102", "/@clara"])
        {
            html = await server.Browser.GetStringAsync(page, Stop);
            Assert.Contains("og:image\" content=\"https://calf.example/media/clara.png\"", html);
            Assert.Contains("twitter:card\" content=\"summary\"", html);
        }
    }

    [Fact]
    public async Task Hidden_and_missing_posts_answer_alike_to_strangers_and_a_deleted_one_is_gone()
    {
        await using var server = new WebServer();
        server.Post(101, "<p>followers words</p>", s => s with { Visibility = Visibility.Private });
        server.Write(c => Tombstones.Add(c, $"{WebServer.Base}/users/clara/statuses/103", DateTimeOffset.UnixEpoch));
        var hidden = await server.Browser.GetAsync("/@clara/101", Stop);
        var missing = await server.Browser.GetAsync("/@clara/999", Stop);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(await missing.Content.ReadAsStringAsync(Stop), await hidden.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.Gone, (await server.Browser.GetAsync("/@clara/103", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync("/@bo", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_owner_opens_hidden_posts_in_the_app()
    {
        await using var server = new WebServer();
        server.Post(101, "<p>followers words</p>", s => s with { Visibility = Visibility.Private });
        await server.SignedIn();
        var answer = await server.Browser.GetAsync("/@clara/101", Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/posts/101", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Who_does_not_want_to_be_found_says_so_to_search_engines()
    {
        await using var server = new WebServer();
        server.Write(c => AccountStore.Save(c, server.Owner with { Indexable = false }));
        server.Post(100, "<p>words</p>");
        foreach (var path in new[] { "/@clara", "/@clara/100" })
        {
            var answer = await server.Browser.GetAsync(path, Stop);
            Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
            Assert.Contains("<meta name=\"robots\" content=\"noindex\">", await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task A_full_profile_and_its_styles_weigh_less_than_30_kB()
    {
        await using var server = new WebServer();
        for (var i = 0; i < ProfilePage.PostsOnAPage + 1; i++) server.Post(100 + i, $"<p>{new string('x', 280)}</p>");
        var html = await server.Browser.GetStringAsync("/@clara", Stop);
        var styles = new AppFiles();
        var weight = Encoding.UTF8.GetByteCount(html) + new[] { "css/tokens.css", "css/prose.css", "css/public.css" }.Sum(name => styles.Find(name, out _)!.Plain.Length);
        Assert.InRange(weight, 10_000, 30_000);
        Assert.Contains("?max_id=101", html);
    }

    [Fact]
    public async Task A_hashtag_leads_to_the_owner_s_public_posts_with_it()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>about bees</p>");
        server.Post(101, "<p>secret bees</p>", s => s with { Visibility = Visibility.Private });
        server.Write(c =>
        {
            StatusParts.AddTags(c, 100, ["Bees"]);
            StatusParts.AddTags(c, 101, ["bees"]);
        });
        var html = await server.Browser.GetStringAsync("/tags/bees", Stop);
        Assert.Contains("#Bees", html);
        Assert.Contains("about bees", html);
        Assert.DoesNotContain("secret bees", html);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync("/tags/wasps", Stop)).StatusCode);
    }

    [Fact]
    public async Task Before_setup_nobody_lives_here()
    {
        await using var server = new WebServer(withOwner: false);
        foreach (var path in new[] { "/", "/@clara", "/@clara/1" })
        {
            var answer = await server.Browser.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            var html = await answer.Content.ReadAsStringAsync(Stop);
            Assert.Contains("waits for its owner", html);
            Assert.DoesNotContain("setup?token", html);
        }
    }
}
