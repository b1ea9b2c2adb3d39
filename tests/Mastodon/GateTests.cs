using Calf.Mastodon;
using Microsoft.AspNetCore.Routing;

namespace Calf.Tests.Mastodon;

public sealed class GateTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public void Every_route_of_the_API_says_who_may_call_it() => Assert.Empty(
        from endpoint in api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText is { } path && (path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/oauth", StringComparison.Ordinal))
        where endpoint.Metadata.GetMetadata<AccessRule>() is null
        select endpoint.RoutePattern.RawText);

    [Fact]
    public async Task Errors_are_JSON_whatever_is_wrong()
    {
        await api.Get("/api/v1/timelines/home", token: null, status: 401);
        await api.Get("/api/v1/timelines/home", token: "unknown", status: 401);
        await api.Get("/api/v1/timelines/home", token: await api.TokenWith("read:accounts"), status: 403);
        await api.Get("/api/v1/statuses/999", status: 404);
        await api.Get("/api/v1/statuses/not-an-id", status: 404);
        await api.Get("/api/v1/no/such/thing", status: 404);
        await api.Send(HttpMethod.Patch, "/api/v1/timelines/home", null, status: 404);
        await api.Post("/api/v1/markers", "{", status: 400);
    }

    [Fact]
    public async Task A_bad_token_is_refused_also_where_none_is_needed()
    {
        await api.AddStatus(200, ApiFixture.OwnerId);
        await api.Get("/api/v1/statuses/200", token: null);
        await api.Get("/api/v1/statuses/200", token: "unknown", status: 401);
        await api.Get("/api/v1/statuses/200", token: await api.TokenWith("write"), status: 403);
    }

    [Fact]
    public async Task The_token_may_stand_in_the_query()
    {
        await api.Get($"/api/v1/timelines/home?access_token={ApiFixture.Token}", token: null);
        using var client = api.Client(token: null);
        await api.AddStatus(200, ApiFixture.OwnerId);
        using var response = await client.GetAsync($"/api/v1/timelines/home?access_token={ApiFixture.Token}", Cancel);
        Assert.DoesNotContain(ApiFixture.Token, response.Headers.GetValues("Link").Single());
    }
}
