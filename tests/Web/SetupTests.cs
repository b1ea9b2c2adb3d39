using System.Net;
using Calf.Accounts;
using Calf.Security;

namespace Calf.Tests.Web;

public sealed class SetupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Typed(string token, string username = "clara", string password = WebServer.Password) =>
        new() { ["token"] = token, ["username"] = username, ["display_name"] = "Clara", ["password"] = password };

    private static string TokenOf(WebServer server) => server.Of<SetupLink>().Path!.Split('=')[1];

    [Fact]
    public async Task The_link_makes_the_account_signs_the_browser_in_and_never_opens_again()
    {
        await using var server = new WebServer(withOwner: false);
        var token = TokenOf(server);
        var page = await server.Browser.GetAsync($"/setup?token={token}", Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("@calf.example", await page.Content.ReadAsStringAsync(Stop));

        var answer = await server.Browser.SendAsync(WebServer.Form("/setup", Typed(token)), Stop);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/welcome", answer.Headers.Location!.OriginalString);
        Assert.Contains("__Host-", answer.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal("clara", server.Of<Owner>().Required.Username);
        Assert.Equal("Clara", server.Of<Owner>().Required.DisplayName);

        Assert.Equal(HttpStatusCode.Redirect, (await server.Browser.GetAsync($"/setup?token={token}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await server.Browser.SendAsync(WebServer.Form("/setup", Typed(token, "mallory")), Stop)).StatusCode);
        Assert.Equal("clara", server.Of<Owner>().Required.Username);
        Assert.Equal(HttpStatusCode.SeeOther, (await server.SignIn(WebServer.Password)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task Without_the_link_nobody_makes_an_account(string token)
    {
        await using var server = new WebServer(withOwner: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser.GetAsync($"/setup?token={token}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser.GetAsync("/setup", Stop)).StatusCode);
        var answer = await server.Browser.SendAsync(WebServer.Form("/setup", Typed(token)), Stop);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(TokenOf(server), await answer.Content.ReadAsStringAsync(Stop));
        Assert.Null(server.Of<Owner>().Account);
    }

    [Fact]
    public async Task Another_site_cannot_send_the_form()
    {
        await using var server = new WebServer(withOwner: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser.SendAsync(WebServer.Form("/setup", Typed(TokenOf(server)), "cross-site"), Stop)).StatusCode);
        Assert.Null(server.Of<Owner>().Account);
    }

    [Theory]
    [InlineData("cl ara", WebServer.Password, "underscores")]
    [InlineData("", WebServer.Password, "underscores")]
    [InlineData("clara", "short", "at least")]
    public async Task What_will_not_do_is_said_and_what_was_typed_is_kept(string username, string password, string said)
    {
        await using var server = new WebServer(withOwner: false);
        var answer = await server.Browser.SendAsync(WebServer.Form("/setup", Typed(TokenOf(server), username, password)), Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, html);
        Assert.Contains("value=\"Clara\"", html);
        Assert.DoesNotContain($"value=\"{password}\"", html);
        Assert.Null(server.Of<Owner>().Account);
    }
}
