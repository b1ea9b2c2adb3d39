using System.Net;

namespace Calf.Tests.Mastodon;

/// <summary>Other origins may do what Mastodon's config/initializers/cors.rb lets them do, and never with our cookie.</summary>
public sealed class CorsTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/statuses", "POST, PUT, DELETE, GET, PATCH, OPTIONS")]
    [InlineData("/api/v1/no/such/thing", "POST, PUT, DELETE, GET, PATCH, OPTIONS")]
    [InlineData("/oauth/token", "POST")]
    [InlineData("/oauth/revoke", "POST")]
    [InlineData("/oauth/userinfo", "GET, POST")]
    [InlineData("/.well-known/webfinger", "GET")]
    [InlineData("/nodeinfo/2.0", "GET")]
    [InlineData("/@ann", "GET")]
    [InlineData("/users/ann", "GET")]
    public async Task A_preflight_is_allowed(string path, string methods)
    {
        using var response = await Preflight(path);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(methods, string.Join(", ", response.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("authorization,idempotency-key", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.Equal("7200", response.Headers.GetValues("Access-Control-Max-Age").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("/oauth/authorize")]
    [InlineData("/session")]
    [InlineData("/sign-in")]
    [InlineData("/users/ann/inbox")]
    [InlineData("/@ann/1")]
    [InlineData("/")]
    public async Task Other_origins_have_no_business_elsewhere(string path)
    {
        using var preflight = await Preflight(path);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        using var client = api.Client(token: null);
        using var response = await client.GetAsync(path, Cancel);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task An_answer_and_an_error_show_their_headers_to_other_origins()
    {
        using var client = api.Client();
        foreach (var path in (string[])["/api/v1/timelines/home", "/api/v1/statuses/404"])
        {
            using var response = await client.GetAsync(path, Cancel);
            Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Equal("Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Mastodon-Async-Refresh", string.Join(", ", response.Headers.GetValues("Access-Control-Expose-Headers")));
        }
    }

    private async Task<HttpResponseMessage> Preflight(string path)
    {
        using var client = api.Client(token: null);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://elk.test");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key");
        return await client.SendAsync(preflight, Cancel);
    }
}
