using System.Globalization;
using System.Net;
using Calf.Mastodon;
using Microsoft.AspNetCore.Http;

namespace Calf.Tests.Mastodon;

public sealed class RateLimitTests : IAsyncLifetime
{
    private static readonly IPAddress Somebody = IPAddress.Parse("203.0.113.7");

    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RateLimits Limits => api.Get<RateLimits>();

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Each_answer_says_what_is_left_and_until_when()
    {
        api.Clock.Advance(TimeSpan.FromSeconds(61));
        for (var left = RateLimits.ForOwner - 1; left >= RateLimits.ForOwner - 3; left--)
        {
            using var client = api.Client();
            using var response = await client.GetAsync("/api/v1/timelines/home", Cancel);
            Assert.Equal($"{RateLimits.ForOwner}", response.Headers.GetValues("X-RateLimit-Limit").Single());
            Assert.Equal($"{left}", response.Headers.GetValues("X-RateLimit-Remaining").Single());
            Assert.Equal("2026-11-01T12:05:00.000000Z", response.Headers.GetValues("X-RateLimit-Reset").Single());
        }
    }

    [Fact]
    public async Task A_stranger_who_asks_too_often_is_refused_until_the_next_five_minutes()
    {
        for (var i = 0; i < RateLimits.ForStranger; i++) Limits.Spend(From(null), null);
        using var client = api.Client(token: null);
        using var refused = await client.GetAsync("/api/v2/instance", Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("""{"error":"Too many requests"}""", await refused.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("0", refused.Headers.GetValues("X-RateLimit-Remaining").Single());
        Assert.Equal(TimeSpan.FromMinutes(5), refused.Headers.RetryAfter?.Delta);
        // The owner's app is not in it, and a token that is none buys nothing.
        await api.Get("/api/v1/timelines/home");
        await api.Get("/api/v1/timelines/home", token: "guess", status: 429);
        await api.Post("/oauth/token", new[] { ("grant_type", "client_credentials") }, token: null, status: 429);
        api.Clock.Advance(RateLimits.Period);
        await api.Get("/api/v2/instance", token: null);
    }

    [Fact]
    public async Task App_creation_is_limited_by_address_and_a_refused_one_is_not_stored()
    {
        var app = new[] { ("client_name", "X"), ("redirect_uris", "https://x.test/back") };
        for (var i = 0; i < RateLimits.ForAppCreation; i++) await api.Post("/api/v1/apps", app, token: null);
        await api.Post("/api/v1/apps", app, token: null, status: 429);
        Assert.Equal(RateLimits.ForAppCreation + 1, api.Database.Read(c => c.Count($"SELECT count(*) FROM apps")));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Addresses_count_alone_and_those_of_IPv6_with_their_network(string one, string other, bool together)
    {
        Limits.Spend(From(IPAddress.Parse(one)), null);
        var http = From(IPAddress.Parse(other));
        Limits.Spend(http, null);
        Assert.Equal(RateLimits.ForStranger - (together ? 2 : 1), int.Parse(http.Response.Headers["X-RateLimit-Remaining"].Single()!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void This_machine_is_counted_and_never_refused()
    {
        for (var i = 0; i < RateLimits.ForStranger + 10; i++) Limits.Spend(From(IPAddress.IPv6Loopback), null);
        for (var i = 0; i < RateLimits.ForStranger; i++) Limits.Spend(From(Somebody), null);
        Assert.Equal(429, Assert.Throws<ApiException>(() => Limits.Spend(From(Somebody), null)).Status);
    }

    [Fact]
    public void A_flood_of_addresses_takes_no_more_memory()
    {
        var window = new RateWindow(limit: 5);
        for (var i = 0; i < RateWindow.MaxKeys; i++) Assert.Equal(1, window.Count(1, (UInt128)i));
        Assert.Equal([1, 2, 3], [window.Count(1, 1_000_001), window.Count(1, 1_000_002), window.Count(1, 1_000_003)]);
        Assert.Equal(2, window.Count(1, 7));
        Assert.Equal(1, window.Count(2, 1_000_001));
    }

    private static DefaultHttpContext From(IPAddress? address) => new() { Connection = { RemoteIpAddress = address } };
}
