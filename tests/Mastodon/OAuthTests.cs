using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.Security;
using Microsoft.AspNetCore.WebUtilities;

namespace Calf.Tests.Mastodon;

public sealed class OAuthTests : IAsyncLifetime
{
    private const string Back = "https://app.test/back";

    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task An_app_registers_is_let_in_and_acts()
    {
        var app = await Register("read write");
        var code = await Consent(app, "read write:statuses");
        var token = await api.Post("/oauth/token", Grant(app, code), token: null);
        Assert.Equal("read write:statuses", token.GetProperty("scope").GetString());
        var account = await api.Get("/api/v1/accounts/verify_credentials", Text(token, "access_token"));
        Assert.Equal("ann", account.GetProperty("acct").GetString());
        var verified = await api.Get("/api/v1/apps/verify_credentials", Text(token, "access_token"));
        Assert.False(verified.TryGetProperty("client_secret", out _));
        Assert.False(Stored(Text(token, "access_token")), "The token is in the database as it is.");
    }

    [Fact]
    public async Task A_code_works_once_and_for_its_own_redirect_and_app()
    {
        var app = await Register("read");
        var other = await Register("read");
        var wrongApp = await Consent(app, "read");
        await api.Post("/oauth/token", Grant(other, wrongApp), token: null, status: 400);
        var code = await Consent(app, "read");
        await api.Post("/oauth/token", Grant(app, code), token: null);
        var before = TokenCount();
        var replayed = await api.Post("/oauth/token", Grant(app, code), token: null, status: 400);
        Assert.Equal("invalid_grant", replayed.GetProperty("error").GetString());
        Assert.NotEqual("", replayed.GetProperty("error_description").GetString());
        Assert.Equal(before, TokenCount());
    }

    [Theory]
    [InlineData("redirect_uri", "https://app.test/elsewhere", "invalid_grant")]
    [InlineData("code", "guessed", "invalid_grant")]
    [InlineData("client_secret", "guessed", "invalid_client")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "", "invalid_request")]
    public async Task A_wrong_word_in_the_exchange_gives_no_token(string name, string value, string error)
    {
        var app = await Register("read");
        var grant = Grant(app, await Consent(app, "read")).Select(pair => pair.Item1 == name ? (name, value) : pair).ToArray();
        var before = TokenCount();
        var refused = await api.Post("/oauth/token", grant, token: null, status: error == "invalid_client" ? 401 : 400);
        Assert.Equal(error, refused.GetProperty("error").GetString());
        Assert.Equal(before, TokenCount());
    }

    [Fact]
    public async Task A_code_lasts_ten_minutes()
    {
        var app = await Register("read");
        var (late, early) = (await Consent(app, "read"), await Consent(app, "read"));
        api.Clock.Advance(TimeSpan.FromMinutes(9));
        await api.Post("/oauth/token", Grant(app, early), token: null);
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = TokenCount();
        var refused = await api.Post("/oauth/token", Grant(app, late), token: null, status: 400);
        Assert.Equal("invalid_grant", refused.GetProperty("error").GetString());
        Assert.Equal(before, TokenCount());
    }

    [Fact]
    public async Task A_code_with_a_challenge_needs_its_verifier()
    {
        var app = await Register("read");
        var verifier = Tokens.New();
        var challenge = $"&code_challenge={Base64Url.EncodeToString(Tokens.Hash(verifier))}&code_challenge_method=S256";
        await api.Post("/oauth/token", Grant(app, await Consent(app, "read", challenge)), token: null, status: 400);
        await api.Post("/oauth/token", Grant(app, await Consent(app, "read", challenge), "wrong"), token: null, status: 400);
        await api.Post("/oauth/token", Grant(app, await Consent(app, "read"), verifier), token: null, status: 400);
        await api.Post("/oauth/token", Grant(app, await Consent(app, "read", challenge), verifier), token: null);
    }

    [Theory]
    [InlineData("redirect_uri=https://evil.test/back&scope=read")]
    [InlineData("redirect_uri=https://app.test/back&scope=write")]
    [InlineData("redirect_uri=https://app.test/back&scope=browser")]
    [InlineData("redirect_uri=https://app.test/back&scope=read&code_challenge=abc&code_challenge_method=plain")]
    [InlineData("redirect_uri=https://app.test/back&scope=read&code_challenge=abc")]
    [InlineData("redirect_uri=https://app.test/back&scope=read&response_type=token")]
    public async Task A_request_that_is_not_right_leads_nowhere(string query)
    {
        var app = await Register("read");
        using var browser = await Browser();
        using var response = await browser.PostAsync(
            $"/oauth/authorize?response_type=code&client_id={Text(app, "client_id")}&{query}", ApiFixture.Content(new[] { ("answer", "allow") }), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Consent_needs_a_signed_in_browser_and_our_own_page()
    {
        var app = await Register("read");
        var address = Authorize(app, "read");
        using var stranger = api.Client(token: null);
        using var asked = await stranger.GetAsync(address, Cancel);
        Assert.StartsWith("/sign-in?next=%2Foauth%2Fauthorize", asked.Headers.Location?.OriginalString);

        using var browser = await Browser();
        browser.DefaultRequestHeaders.Remove("Origin");
        browser.DefaultRequestHeaders.Add("Origin", "https://evil.test");
        using var forged = await browser.PostAsync(address, ApiFixture.Content(new[] { ("answer", "allow") }), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);

        using var appToken = api.Client();
        using var byToken = await appToken.PostAsync(address, ApiFixture.Content(new[] { ("answer", "allow") }), Cancel);
        Assert.StartsWith("/sign-in", byToken.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_consent_page_names_the_app_and_hides_nothing_of_it()
    {
        var app = await Register("read write", "<b>Evil</b>");
        using var browser = await Browser();
        var page = await browser.GetStringAsync(Authorize(app, "read write"), Cancel);
        Assert.Contains("&lt;b&gt;Evil&lt;/b&gt;", page);
        Assert.DoesNotContain("<b>Evil</b>", page);
        Assert.Contains("app.test", page);
    }

    [Fact]
    public async Task Saying_no_gives_no_code()
    {
        var app = await Register("read");
        using var browser = await Browser();
        using var response = await browser.PostAsync(Authorize(app, "read", "&state=xyz"), ApiFixture.Content(new[] { ("answer", "deny") }), Cancel);
        var query = QueryHelpers.ParseQuery(response.Headers.Location!.Query);
        Assert.Equal("access_denied", query["error"]);
        Assert.Equal("xyz", query["state"]);
        Assert.False(query.ContainsKey("code"));
    }

    [Fact]
    public async Task Out_of_band_shows_the_code()
    {
        var app = await Register("read", redirect: "urn:ietf:wg:oauth:2.0:oob");
        using var browser = await Browser();
        using var response = await browser.PostAsync(Authorize(app, "read", redirect: "urn:ietf:wg:oauth:2.0:oob"), ApiFixture.Content(new[] { ("answer", "allow") }), Cancel);
        var shown = response.Headers.Location!.OriginalString;
        var code = QueryHelpers.ParseQuery(shown[shown.IndexOf('?', StringComparison.Ordinal)..])["code"].ToString();
        Assert.Contains(code, await browser.GetStringAsync(shown, Cancel));
        await api.Post("/oauth/token", Grant(app, code, redirect: "urn:ietf:wg:oauth:2.0:oob"), token: null);
    }

    [Fact]
    public async Task Client_credentials_stand_for_the_app_and_not_for_the_owner()
    {
        var app = await Register("read");
        var token = await api.Post("/oauth/token", new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Text(app, "client_id"),
            ["client_secret"] = Text(app, "client_secret"),
        }, token: null);
        await api.Get("/api/v1/apps/verify_credentials", Text(token, "access_token"));
        await api.Get("/api/v1/accounts/verify_credentials", Text(token, "access_token"), 422);
        await api.Get("/api/v1/timelines/public", Text(token, "access_token"), 401);
    }

    [Fact]
    public async Task A_wrong_secret_is_no_client()
    {
        var app = await Register("read");
        var refused = await api.Post("/oauth/token", Grant(app, await Consent(app, "read")).Append(("client_secret", "wrong")).ToArray(), token: null, status: 401);
        Assert.Equal("invalid_client", refused.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_revoked_token_is_refused_and_only_its_app_revokes_it()
    {
        var app = await Register("read");
        var other = await Register("read");
        var token = Text(await api.Post("/oauth/token", Grant(app, await Consent(app, "read")), token: null), "access_token");
        (string, string)[] Revocation(JsonElement by) => [("client_id", Text(by, "client_id")), ("client_secret", Text(by, "client_secret")), ("token", token)];
        await api.Post("/oauth/revoke", Revocation(other), token: null, status: 403);
        await api.Get("/api/v1/timelines/home", token);
        await api.Post("/oauth/revoke", Revocation(app), token: null);
        await api.Get("/api/v1/timelines/home", token, 401);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("https://app.test/#fragment")]
    [InlineData("data:text/html,x")]
    public async Task A_dangerous_redirect_is_not_registered(string redirect) =>
        await api.Post("/api/v1/apps", new[] { ("client_name", "X"), ("redirect_uris", redirect) }, token: null, status: 422);

    [Fact]
    public async Task The_server_says_where_everything_is()
    {
        var metadata = await api.Get("/.well-known/oauth-authorization-server", token: null);
        Assert.Equal("https://calf.test/oauth/token", metadata.GetProperty("token_endpoint").GetString());
        Assert.Equal(["S256"], metadata.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(e => e.GetString()));
    }

    [Theory]
    [InlineData("read", "read:statuses", true)]
    [InlineData("read:statuses", "read", false)]
    [InlineData("write", "read:statuses", false)]
    [InlineData("follow", "write:mutes", true)]
    [InlineData("follow", "write:statuses", false)]
    [InlineData("profile", "read:accounts", false)]
    [InlineData("read write follow push profile", "browser", false)]
    public void Scopes_hold_what_is_in_them(string granted, string required, bool allowed) => Assert.Equal(allowed, Scopes.Allow(granted, required));

    private Task<JsonElement> Register(string scopes, string name = "App", string redirect = Back) =>
        api.Post("/api/v1/apps", new[] { ("client_name", name), ("redirect_uris", redirect), ("scopes", scopes), ("website", "https://app.test") }, token: null);

    private async Task<HttpClient> Browser()
    {
        var token = Tokens.New();
        await api.Database.Write(c => SessionStore.Add(c, Tokens.Hash(token), "Firefox", api.Clock.GetUtcNow()));
        var browser = api.Client(token: null);
        browser.DefaultRequestHeaders.Add("Cookie", $"__Host-calf_session={token}");
        browser.DefaultRequestHeaders.Add("Origin", "https://calf.test");
        return browser;
    }

    private async Task<string> Consent(JsonElement app, string scopes, string more = "")
    {
        using var browser = await Browser();
        using var response = await browser.PostAsync(Authorize(app, scopes, more), ApiFixture.Content(new[] { ("answer", "allow") }), Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query)["code"].ToString();
    }

    private static string Authorize(JsonElement app, string scopes, string more = "", string redirect = Back) =>
        $"/oauth/authorize?response_type=code&client_id={Text(app, "client_id")}&redirect_uri={Uri.EscapeDataString(redirect)}&scope={Uri.EscapeDataString(scopes)}{more}";

    private static (string, string)[] Grant(JsonElement app, string code, string? verifier = null, string redirect = Back) =>
    [
        ("grant_type", "authorization_code"), ("client_id", Text(app, "client_id")), ("client_secret", Text(app, "client_secret")),
        ("redirect_uri", redirect), ("code", code), .. verifier is null ? [] : new[] { ("code_verifier", verifier) },
    ];

    private static string Text(JsonElement entity, string member) => entity.GetProperty(member).GetString()!;

    private long TokenCount() => api.Database.Read(c => c.Count($"SELECT count(*) FROM access_tokens"));

    private bool Stored(string text) => new[] { "", "-wal" }.Any(suffix =>
    {
        using var file = new FileStream(api.Database.FilePath + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });
}
