using System.Net;
using Calf.Accounts;
using Calf.Events;

namespace Calf.Tests.Web;

/// <summary>The owner's colour and rules, as they come to the pages of this server.</summary>
public sealed class OwnLookTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_link_the_owners_rules_after_their_own_and_only_when_there_are_some()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>Bees</p>");
        await server.SignedIn();
        foreach (var page in (string[])["/@clara", "/@clara/100", "/home"]) Assert.DoesNotContain("look.css", await server.Browser.GetStringAsync(page, Stop));
        using (var stranger = server.NewBrowser()) Assert.DoesNotContain("look.css", await stranger.GetStringAsync("/@clara", Stop));

        var address = Set(server, "0.62 0.14 45", "body{margin:0}");

        foreach (var page in (string[])["/@clara", "/@clara/100", "/home"])
        {
            var html = await server.Browser.GetStringAsync(page, Stop);
            Assert.Contains($"<link id=\"own-look\" rel=\"stylesheet\" href=\"{address}\">", html);
            Assert.True(html.IndexOf("own-look", StringComparison.Ordinal) > html.LastIndexOf("/css/", StringComparison.Ordinal));
            Assert.True(html.IndexOf("own-look", StringComparison.Ordinal) < html.IndexOf("</head>", StringComparison.Ordinal));
        }
        // Also what was kept for strangers is made anew.
        using (var stranger = server.NewBrowser()) Assert.Contains(address, await stranger.GetStringAsync("/@clara", Stop));
        Set(server, null, "");
        Assert.DoesNotContain("look.css", await server.Browser.GetStringAsync("/home", Stop));
    }

    [Fact]
    public async Task What_asks_for_a_password_or_for_consent_looks_as_it_was_made()
    {
        await using var server = new WebServer();
        Set(server, "0.62 0.14 45", "form{display:none}");
        using (var stranger = server.NewBrowser()) Assert.DoesNotContain("look.css", await stranger.GetStringAsync("/sign-in", Stop));
        server.Write(c => AppStore.Add(c, new ClientApp(7, "client", "Tusky", null, ["https://app.test/back"], "read", server.Clock.GetUtcNow()), [1]));
        await server.SignedIn();
        var consent = await server.Browser.GetStringAsync("/oauth/authorize?client_id=client&redirect_uri=https://app.test/back&response_type=code&scope=read", Stop);
        Assert.Contains("Tusky", consent);
        Assert.DoesNotContain("look.css", consent);
    }

    [Fact]
    public async Task The_sheet_is_css_that_may_be_kept_under_the_address_that_changes_with_it()
    {
        await using var server = new WebServer();
        using (var empty = await server.Browser.GetAsync("/look.css", Stop))
            Assert.Equal((HttpStatusCode.OK, "", "no-cache"), (empty.StatusCode, await empty.Content.ReadAsStringAsync(Stop), empty.Headers.CacheControl?.ToString()));

        var address = Set(server, "0.62 0.14 45", "/* Bäume */ p{color:red}");
        using var answer = await server.Browser.GetAsync(address, Stop);
        Assert.Equal(":root{--accent:oklch(0.62 0.14 45)}\n/* Bäume */ p{color:red}", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("text/css; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/look.css");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var known = await server.Browser.SendAsync(again, Stop);
        Assert.Equal((HttpStatusCode.NotModified, "no-cache"), (known.StatusCode, known.Headers.CacheControl?.ToString()));

        var next = Set(server, null, "p{color:blue}");
        Assert.NotEqual(address, next);
        // An old address shows what is now, and may not be kept.
        using var old = await server.Browser.GetAsync(address, Stop);
        Assert.Equal(("p{color:blue}", "no-cache"), (await old.Content.ReadAsStringAsync(Stop), old.Headers.CacheControl?.ToString()));
    }

    private static string Set(WebServer server, string? accent, string css)
    {
        server.Write(c => OwnLook.Save(c, new Look(accent, css, server.Clock.GetUtcNow())));
        server.Of<EventHub>().Publish(new AccountChanged(server.Owner.Id));
        return server.Of<OwnLook>().Sheet.Address ?? "";
    }
}
