using System.Net;
using Calf.Accounts;
using Calf.Security;
using Calf.Store;
using Calf.Web;

namespace Calf.Tests.Web;

public sealed class SignInTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_password_opens_the_app_with_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        await using var server = new WebServer();
        var answer = await server.SignIn(WebServer.Password, next: "/posts/5");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/posts/5", answer.Headers.Location!.OriginalString);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-", cookie);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        var token = cookie.Split(';')[0].Split('=')[1];
        Assert.NotNull(server.Of<Database>().Read(c => SessionStore.Find(c, Tokens.Hash(token), server.Clock.GetUtcNow())));
        var stored = server.Of<Database>().Read(c => c.Query($"SELECT hex(hash) FROM sessions", r => r.Text()));
        Assert.DoesNotContain(token, string.Concat(stored));
    }

    [Fact]
    public async Task The_app_opens_only_for_the_one_who_is_signed_in()
    {
        await using var server = new WebServer();
        var answer = await server.Browser.GetAsync("/posts/7?x=1", Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?next=%2Fposts%2F7%3Fx%3D1", answer.Headers.Location!.OriginalString);

        await server.SignedIn();
        answer = await server.Browser.GetAsync("/posts/7?x=1", Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("type=\"module\"", await answer.Content.ReadAsStringAsync(Stop));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("https:", policy);
        Assert.Equal("/home", (await server.Browser.GetAsync("/", Stop)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_web_client_may_open_the_sign_in_page_in_a_window_and_wait_for_it_there()
    {
        await using var server = new WebServer();
        using var page = await server.Browser.GetAsync("/sign-in?next=/oauth/authorize", Stop);
        using var wrong = await server.Browser.SendAsync(WebServer.Form("/session", new() { ["username"] = "clara", ["password"] = "wrong" }), Stop);
        Assert.All([page, wrong], answer => Assert.False(answer.Headers.Contains("Cross-Origin-Opener-Policy")));

        await server.SignedIn();
        using var app = await server.Browser.GetAsync("/home", Stop);
        Assert.Equal("same-origin", app.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
    }

    [Theory]
    [InlineData("clara", "horse correct")]
    [InlineData("bo", WebServer.Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_or_password_says_the_same_and_sets_no_cookie(string username, string password)
    {
        await using var server = new WebServer();
        var answer = await server.Browser.SendAsync(WebServer.Form("/session", new() { ["username"] = username, ["password"] = password }), Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("do not belong together", html);
        if (password.Length > 0) Assert.DoesNotContain(password, html);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task A_form_of_another_site_signs_nobody_in_or_out(string fetchSite)
    {
        await using var server = new WebServer();
        var answer = await server.SignIn(WebServer.Password, fetchSite);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        await server.SignedIn();
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser.SendAsync(WebServer.Form("/session/end", [], fetchSite), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync("/home", Stop)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server_too()
    {
        await using var server = new WebServer();
        await server.SignedIn();
        Assert.Equal(HttpStatusCode.SeeOther, (await server.Browser.SendAsync(WebServer.Form("/session/end", []), Stop)).StatusCode);
        // The browser still sends the old cookie.
        Assert.Equal(HttpStatusCode.Redirect, (await server.Browser.GetAsync("/home", Stop)).StatusCode);
    }

    [Fact]
    public async Task After_too_many_wrong_passwords_the_door_is_closed_for_a_while_even_for_the_right_one()
    {
        await using var server = new WebServer();
        for (var i = 0; i < SignInLimits.FailuresFromOneAddress; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await server.SignIn("wrong")).StatusCode);
        var closed = await server.SignIn(WebServer.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, closed.StatusCode);
        Assert.NotNull(closed.Headers.RetryAfter);
        Assert.False(closed.Headers.Contains("Set-Cookie"));

        server.Clock.Advance(SignInLimits.Window);
        Assert.Equal(HttpStatusCode.SeeOther, (await server.SignIn(WebServer.Password)).StatusCode);
    }

    [Fact]
    public void Many_addresses_together_are_limited_too_and_a_subnet_of_IPv6_is_one()
    {
        var limits = new SignInLimits(TimeProvider.System);
        for (var i = 0; i < SignInLimits.FailuresFromOneAddress; i++) limits.Failed(IPAddress.Parse($"2001:db8::{i + 1:x}"));
        Assert.NotNull(limits.Wait(IPAddress.Parse("2001:db8::ffff")));
        Assert.Null(limits.Wait(IPAddress.Parse("2001:db8:0:1::1")));
        for (var i = 0; i < SignInLimits.FailuresInAll; i++) limits.Failed(IPAddress.Parse($"192.0.2.{i}"));
        Assert.NotNull(limits.Wait(IPAddress.Parse("198.51.100.1")));
    }

    [Theory]
    [InlineData("/posts/1?a=b", "/posts/1?a=b")]
    [InlineData("//evil.example", "/home")]
    [InlineData("/\\evil.example", "/home")]
    [InlineData("https://evil.example", "/home")]
    [InlineData("/a\r\nSet-Cookie: x", "/home")]
    [InlineData("", "/home")]
    [InlineData(null, "/home")]
    public void After_signing_in_one_stays_on_this_server(string? next, string expected) => Assert.Equal(expected, SignInPage.SafeNext(next));
}
