using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calf.Accounts;
using Calf.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Calf.Tests.Mastodon;

/// <summary>
/// Calls every route with no token, with all scopes but the right one, with the right one alone and with an app's own token, and holds
/// what comes of it against Mastodon's API description. Where the description is silent or wrong, its controllers are right.
/// </summary>
public sealed partial class ScopeTests : IAsyncLifetime
{
    private const string OutOfScope = "This action is outside the authorized scopes";
    private const string NeedsUser = "This method requires an authenticated user";

    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    /// <summary>Answers strangers too; the description names a scope, which a token that is brought along needs (<c>authorize_if_got_token!</c>).</summary>
    private static readonly HashSet<string> OpenToStrangers =
    [
        "GET /api/v1/accounts/{account_id}/collections", "GET /api/v1/accounts/{id}/statuses", "GET /api/v1/accounts/lookup", "GET /api/v1/collections/{id}",
        "GET /api/v1/polls/{id}", "GET /api/v1/statuses", "GET /api/v1/statuses/{id}", "GET /api/v1/statuses/{id}/context", "GET /api/v1/statuses/{id}/favourited_by",
        "GET /api/v1/statuses/{id}/history", "GET /api/v1/statuses/{id}/reblogged_by", "GET /api/v1/timelines/public",
        "GET /api/v1/timelines/tag/{hashtag}", "GET /api/v2/search", "GET /api/v1/tags/{name}", "GET /api/v1/instance/domain_blocks",
    ];

    /// <summary>
    /// Mastodon lets its administrator close these to strangers, and here they are closed: what one person's server has seen tells whom
    /// that person reads.
    /// </summary>
    private static readonly HashSet<string> Closed =
        ["GET /api/v1/timelines/link", "GET /api/v1/trends/links", "GET /api/v1/trends/statuses", "GET /api/v1/trends/tags"];

    /// <summary>An app's own token is enough.</summary>
    private static readonly HashSet<string> OpenToApps = ["POST /api/v1/accounts", "GET /api/v1/apps/verify_credentials", "POST /api/v1/emails/confirmations"];

    /// <summary>They ask for an app's id and secret, not for a token.</summary>
    private static readonly HashSet<string> ForClients = ["POST /oauth/token", "POST /oauth/revoke"];

    /// <summary>Without it they refuse for another reason, or stand for what strangers may not see (<c>timelines_access</c>).</summary>
    private static readonly Dictionary<string, string> Queries = new()
    {
        ["GET /api/v1/streaming"] = "?stream=user",
        ["GET /api/v1/streaming/hashtag"] = "?tag=cows",
        ["GET /api/v1/streaming/hashtag/local"] = "?tag=cows",
        ["GET /api/v1/streaming/list"] = "?list=7",
        ["GET /api/v1/timelines/public"] = "?local=true",
        ["GET /api/v1/timelines/tag/{hashtag}"] = "?local=true",
    };

    /// <summary>Where the controllers ask for another scope than the description.</summary>
    private static readonly Dictionary<string, string[]> Corrected = new()
    {
        ["GET /api/v1/accounts"] = ["read:accounts"],
        ["GET /api/v1/accounts/{id}"] = ["read:accounts"],
        ["GET /api/v1/accounts/{id}/endorsements"] = ["read:accounts"],
        ["GET /api/v1/accounts/{id}/followers"] = ["read:accounts"],
        ["GET /api/v1/accounts/{id}/following"] = ["read:accounts"],
        ["GET /api/v1/statuses/{id}/favourited_by"] = ["read:accounts"],
        ["GET /api/v1/statuses/{id}/reblogged_by"] = ["read:accounts"],
        ["GET /api/v2/notifications/{group_key}/accounts"] = ["read:notifications"],
        ["GET /api/v1/suggestions"] = ["read:accounts"],
        ["GET /api/v2/suggestions"] = ["read:accounts"],
        ["DELETE /api/v1/suggestions/{account_id}"] = ["write:accounts"],
        ["GET /api/v1/streaming/user"] = ["read:statuses"],
        ["GET /api/v1/streaming/user/notification"] = ["read:notifications"],
        ["POST /api/v1/emails/confirmations"] = ["write:accounts"],
    };

    /// <summary>Routes that the description does not have, with the scope that each has to ask for.</summary>
    private static readonly Dictionary<string, string> Undescribed = new()
    {
        ["GET /api/calf/v1/drafts"] = "read:statuses",
        ["GET /api/calf/v1/drafts/{}"] = "read:statuses",
        ["PUT /api/calf/v1/drafts/{}"] = "write:statuses",
        ["DELETE /api/calf/v1/drafts/{}"] = "write:statuses",
        ["POST /api/calf/v1/push/test"] = "push",
        ["GET /api/calf/v1/look"] = "read:accounts",
        ["PUT /api/calf/v1/look"] = "write:accounts",
        ["GET /api/calf/v1/domain_check"] = "admin:read",
        ["GET /api/calf/v1/health"] = "admin:read",
        ["GET /api/calf/v1/qr.svg"] = "read:accounts",
        ["POST /api/calf/v1/preview"] = "read:statuses",
        ["GET /api/calf/v1/why"] = "read:statuses",
        ["GET /api/calf/v1/tag_sources"] = "read:follows",
        ["POST /api/calf/v1/tag_sources"] = "write:follows",
        ["PUT /api/calf/v1/tag_sources"] = "write:follows",
        ["DELETE /api/calf/v1/tag_sources/{}"] = "write:follows",
        ["GET /api/calf/v1/follow_lists"] = "read:follows",
        ["POST /api/calf/v1/follow_lists"] = "write:follows",
        ["DELETE /api/calf/v1/follow_lists"] = "write:follows",
        ["POST /api/calf/v1/follow_lists/preview"] = "read:search",
        ["GET /api/calf/v1/statuses/{}/completeness"] = "read:statuses",
        ["GET /api/calf/v1/gaps"] = "read:statuses",
        ["POST /api/calf/v1/why/fetch"] = "read:search",
        ["GET /api/calf/v1/verdicts"] = "read:statuses",
        ["GET /api/calf/v1/statuses/{}/delivery"] = "read:statuses",
        ["POST /api/calf/v1/statuses/{}/delivery/retry"] = "write:statuses",
        ["POST /api/calf/v1/statuses/{}/follow_thread"] = "write:follows",
        ["POST /api/calf/v1/statuses/{}/unfollow_thread"] = "write:follows",
        ["GET /api/calf/v1/reports"] = "read:notifications",
        ["GET /api/calf/v1/disk"] = "admin:read",
        ["GET /api/calf/v1/machine"] = "read:accounts",
        ["POST /api/calf/v1/emojis"] = "admin:write",
        ["POST /api/calf/v1/emojis/import"] = "admin:write",
        ["DELETE /api/calf/v1/emojis/{}"] = "admin:write",
        ["PUT /api/v1/collections/{}"] = "write:collections",
        ["POST /api/v1/conversations/{}/unread"] = "write:conversations",
        ["GET /api/v1/notifications/policy"] = "read:notifications",
        ["PUT /api/v1/notifications/policy"] = "write:notifications",
        ["PATCH /api/v1/notifications/policy"] = "write:notifications",
        ["POST /api/v2/notifications/clear"] = "write:notifications",
        ["PUT /api/v1/profile"] = "write:accounts",
        ["PUT /api/v2/notifications/policy"] = "write:notifications",
        ["GET /api/v1/streaming"] = "read:statuses",
        ["POST /oauth/userinfo"] = "profile",
    };

    /// <summary>Open ones that the description does not have: the consent page, and what nothing else matches.</summary>
    private static readonly HashSet<string> UndescribedAndOpen = ["POST /oauth/authorize", "GET /oauth/authorize/native", "GET /api/v1/streaming/{}", "GET /api/v1/trends", "* /api/{}", "* /oauth/{}"];

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.Database.Write(c => Calf.Lists.ListStore.Save(c, new(7, "Farm", Calf.Lists.RepliesPolicies.List, Exclusive: false)));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Without_a_token_only_what_Mastodon_opens_is_answered() => await Check(async (call, wrong) =>
    {
        var (status, _) = await Send(call, null);
        if (call.Open != status is not HttpStatusCode.Unauthorized) wrong($"answers {(int)status} without a token");
    });

    [Fact]
    public async Task A_token_with_every_other_scope_is_refused() => await Check(async (call, wrong) =>
    {
        if (call.Scopes.Count == 0) return;
        var others = Scopes.Known.Append("follow").Where(scope => !call.Scopes.Any(wanted => Scopes.Allow(scope, wanted)));
        var (status, error) = await Send(call, await api.TokenWith(string.Join(' ', others)));
        var expected = IsStream(call) ? (HttpStatusCode.Unauthorized, "Access token does not have the required scopes") : (HttpStatusCode.Forbidden, OutOfScope);
        if ((status, error) != expected) wrong($"answers {(int)status} to a token without {string.Join(" or ", call.Scopes)}");
    });

    [Fact]
    public async Task One_scope_alone_suffices() => await Check(async (call, wrong) =>
    {
        foreach (var scope in call.Scopes.DefaultIfEmpty("push"))
        {
            var (status, error) = await Send(call, await api.TokenWith(scope));
            if (status == HttpStatusCode.Unauthorized || error is OutOfScope or NeedsUser) wrong($"answers {(int)status} to a token with {scope}");
        }
    });

    [Fact]
    public async Task An_app_without_a_user_is_told_so_where_one_is_needed() => await Check(async (call, wrong) =>
    {
        var (status, error) = await Send(call, await api.TokenWith(call.Scopes is [var first, ..] ? first : "read", byOwner: false));
        var refused = status == HttpStatusCode.UnprocessableEntity && error == NeedsUser;
        // For what is closed to strangers an app without a user is one, and for streams it is nobody.
        if ((Closed.Contains(call.Operation) || IsStream(call)) && status == HttpStatusCode.Unauthorized) return;
        if (refused == (call.Open || OpenToApps.Contains(call.Operation))) wrong($"answers {(int)status} to an app's own token");
    });

    [Fact]
    public void Every_route_is_described_or_listed_here_with_its_scope()
    {
        var known = Described().Select(call => Bare(call.Operation)).Concat(Undescribed.Keys).Concat(UndescribedAndOpen).ToHashSet();
        Assert.DoesNotContain(Routes(), route => !known.Contains(route) && AdminScope(route) is null && !IsForBrowsers(route));
        Assert.Empty(Undescribed.Keys.Concat(UndescribedAndOpen).Except(Routes()));
        Assert.Empty(OpenToStrangers.Concat(OpenToApps).Concat(Corrected.Keys).Except(Described().Select(call => call.Operation)));
    }

    /// <summary>No app can have this scope, so that none can sign out browsers or other apps.</summary>
    [Fact]
    public async Task What_is_for_the_own_page_alone_is_refused_to_every_token()
    {
        var routes = Routes().Where(IsForBrowsers).ToList();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            var (status, error) = await Send(new Call(route, [Scopes.Browser], Open: false), await api.TokenWith(string.Join(' ', Scopes.Known)));
            Assert.True(status == HttpStatusCode.Forbidden && error == OutOfScope, route);
        }
    }

    private async Task Check(Func<Call, Action<string>, Task> look)
    {
        var calls = Described().Concat(Others()).Where(call => Routes().Contains(Bare(call.Operation)) && !ForClients.Contains(call.Operation)).ToList();
        Assert.InRange(calls.Count, 210, 400);
        List<string> wrong = [];
        foreach (var call in calls) await look(call, problem => wrong.Add($"{call.Operation} {problem}"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<Call> Described()
    {
        using var description = JsonDocument.Parse(Corpus.Bytes("mastodon-openapi/dist/schema.json"));
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
            foreach (var one in path.Value.EnumerateObject().Where(o => Verbs.Contains(o.Name)))
            {
                var operation = $"{one.Name.ToUpperInvariant()} {path.Name}";
                var named = one.Value.TryGetProperty("security", out var security);
                List<string> scopes = named ? [.. security[0].GetProperty("OAuth2").EnumerateArray().Select(scope => scope.GetString()!)] : [];
                yield return new Call(operation, Corrected.GetValueOrDefault(operation) ?? [.. scopes], (!named || OpenToStrangers.Contains(operation)) && !Closed.Contains(operation));
            }
    }

    private IEnumerable<Call> Others() =>
        Undescribed.Select(pair => new Call(pair.Key, [pair.Value], Open: false))
            .Concat(Routes().Where(route => AdminScope(route) is not null).Select(route => new Call(route, [AdminScope(route)!], Open: false)));

    /// <summary>What an administrator does with domains, accounts and reports needs the scope of its kind, lists of domains that of domains.</summary>
    private static string? AdminScope(string route)
    {
        var kind = route.Contains("/admin/", StringComparison.Ordinal) ? route.Split("/admin/")[1].Split('/')[0]
            : route.Contains("/calf/v1/blocklists", StringComparison.Ordinal) ? "domain_blocks" : null;
        var reads = route.StartsWith("GET ", StringComparison.Ordinal) || route.EndsWith("/preview", StringComparison.Ordinal);
        return kind is null ? null : $"admin:{(reads ? "read" : "write")}:{kind}";
    }

    private static bool IsForBrowsers(string route) => Regex.IsMatch(route, "^[A-Z]+ /api/calf/v1/(apps|sessions)(/|$)");

    private HashSet<string> Routes() =>
        [.. from endpoint in api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
            where path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/oauth", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
            select Bare($"{method} {path}")];

    private async Task<(HttpStatusCode Status, string? Error)> Send(Call call, string? token)
    {
        using var client = api.Client(token);
        using var request = new HttpRequestMessage(new HttpMethod(call.Operation.Split(' ')[0]), Parameter().Replace(call.Operation.Split(' ')[1], "1") + Queries.GetValueOrDefault(call.Operation));
        // A stream goes on and on; its head tells enough.
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "application/json") return (response.StatusCode, null);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, answer.RootElement.GetProperty("error") is { ValueKind: JsonValueKind.String } error ? error.GetString() : null);
    }

    /// <summary>Mastodon's streaming is a program of its own, with its own words.</summary>
    private static bool IsStream(Call call) => !call.Open && call.Operation.StartsWith("GET /api/v1/streaming", StringComparison.Ordinal);

    private static string Bare(string operation) => Parameter().Replace(operation, "{}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    /// <param name="Scopes">One of them is needed; with none any token will do.</param>
    /// <param name="Open">Strangers are answered.</param>
    private sealed record Call(string Operation, IReadOnlyList<string> Scopes, bool Open);
}
