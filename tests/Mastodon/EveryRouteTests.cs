using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calf.Accounts;
using Calf.Mastodon;
using Calf.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Calf.Tests.Mastodon;

/// <summary>What holds for every route of the client API, asked of the table of routes itself.</summary>
public sealed partial class EveryRouteTests : IAsyncLifetime
{
    private const string Huge = "99999999999999999999999999";

    private const string AllScopes = "read write follow push profile admin:read admin:write";

    /// <summary>What a route asks for before it looks for the thing in its address.</summary>
    private const string Sensible = """{"status":"x","choices":["0"],"comment":"x","quote_approval_policy":"public","account_id":"10","host":"far.test"}""";

    /// <summary>Below what one address or token may ask in its five minutes.</summary>
    private const int RequestsAWindow = 100;

    private ApiFixture api = null!;
    private int requests;

    public async ValueTask InitializeAsync() => api = await Furnished.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_token_that_is_none_or_not_enough_does_nothing_anywhere()
    {
        var (profile, push) = (await api.TokenWith("profile"), await api.TokenWith("push"));
        var before = StoredRows.Of(api.Database);
        List<string> wrong = [];
        foreach (var (method, path, rule) in Routes(withBrowsers: true).Where(r => !ReferenceEquals(r.Rule, AccessRules.Unasked)))
        {
            var address = Hole().Replace(path, "100");
            var (unknown, _) = await Send(method, address, Sensible, "revoked");
            if (unknown != HttpStatusCode.Unauthorized) wrong.Add($"{method} {path}: {(int)unknown} to a token that is none");
            if (rule.Scopes.Count == 0) continue;
            var (outside, _) = await Send(method, address, Sensible, rule.Scopes.Any(s => Scopes.Allow("profile", s)) ? push : profile);
            if (outside != HttpStatusCode.Forbidden) wrong.Add($"{method} {path}: {(int)outside} to a token without its scope");
        }
        Report(wrong);
        Assert.Equal(before, StoredRows.Of(api.Database));
    }

    [Fact]
    public async Task An_unknown_thing_is_not_found_and_nothing_changes()
    {
        var all = await api.TokenWith(AllScopes);
        var before = StoredRows.Of(api.Database);
        List<string> wrong = [];
        foreach (var (method, path, _) in Routes().Where(r => r.Path.Contains("{id", StringComparison.Ordinal)))
            foreach (var id in (string[])["9999", "nobody", "-1", Huge])
            {
                var (answered, text) = await Send(method, Hole().Replace(path, id), Sensible, all);
                if (answered != HttpStatusCode.NotFound || (path.StartsWith("/api/v", StringComparison.Ordinal) && !text.Contains("ot found", StringComparison.Ordinal))) wrong.Add($"{method} {path} with {id}: {(int)answered} {text}");
            }
        Report(wrong);
        Assert.Equal(before, StoredRows.Of(api.Database));
    }

    public static TheoryData<string> Oddities() => new(["[]", "[[1]]", "{\"a\":{\"b\":[1]}}", "1e400", "-1", "99999999999999999999999999", "true", "null", "\"\\u0000\"", "\"\"", "\"nonsense\"", "LONG"]);

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task Whatever_the_parameters_are_it_does_not_fail(string value)
    {
        if (value == "LONG") value = $"\"{new string('x', 100_000)}\"";
        var all = await api.TokenWith(AllScopes);
        List<string> wrong = [];
        foreach (var (method, path, _) in Routes())
        {
            var names = ParametersOf(method, path);
            if (names.Count == 0) continue;
            var address = Hole().Replace(path, "200");
            // Each alone, since the first that is wrong is all that is answered, and all at once.
            foreach (var given in names.Select(name => new[] { name }).Append([.. names]))
            {
                var query = method == "GET" && value.Length < 1000 ? "?" + string.Join('&', given.Select(name => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value.Trim('"'))}")) : "";
                var (answered, text) = await Send(method, address + query, $"{{{string.Join(',', given.Select(name => $"\"{name}\":{value}"))}}}", all);
                if (answered >= HttpStatusCode.InternalServerError) wrong.Add($"{method} {address} {string.Join(", ", given)}: {(int)answered} {text}");
            }
        }
        Report(wrong);
    }

    /// <summary>What no app may do, whatever it was granted.</summary>
    private static bool IsForBrowsers(AccessRule rule) => rule.Scopes is ["browser"];

    private static void Report(List<string> wrong) => Assert.True(wrong.Count == 0, string.Join('\n', wrong));

    private async Task<(HttpStatusCode Status, string Text)> Send(string method, string path, string body, string? token)
    {
        if (++requests % RequestsAWindow == 0) api.Clock.Advance(TimeSpan.FromMinutes(5));
        using var client = api.Client(token);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : ApiFixture.Content(body) };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length > 200 ? text[..200] : text);
    }

    /// <summary>Without the streams, which do not end, and the pages of OAuth.</summary>
    private IEnumerable<(string Method, string Path, AccessRule Rule)> Routes(bool withBrowsers = false) =>
        from endpoint in api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where path.StartsWith("/api/", StringComparison.Ordinal) && !path.StartsWith("/api/v1/streaming", StringComparison.Ordinal)
        let rule = endpoint.Metadata.GetMetadata<AccessRule>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where rule is not null && (withBrowsers || !IsForBrowsers(rule))
        select (method, path, rule);

    /// <summary>Every parameter that Mastodon's description knows for the route, of query and body.</summary>
    private static List<string> ParametersOf(string method, string path) => Described.GetValueOrDefault($"{method} {Hole().Replace(path, "{}")}") ?? [];

    private static readonly Dictionary<string, List<string>> Described = Describe();

    private static Dictionary<string, List<string>> Describe()
    {
        using var description = JsonDocument.Parse(Corpus.Bytes("mastodon-openapi/dist/schema.json"));
        var found = new Dictionary<string, List<string>>();
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Value.ValueKind == JsonValueKind.Object))
            {
                List<string> names = [];
                if (operation.Value.TryGetProperty("parameters", out var parameters))
                    names.AddRange(parameters.EnumerateArray().Where(p => p.TryGetProperty("in", out var at) && at.GetString() == "query").Select(p => p.GetProperty("name").GetString()!));
                if (operation.Value.TryGetProperty("requestBody", out var body))
                    foreach (var content in body.GetProperty("content").EnumerateObject())
                        if (content.Value.GetProperty("schema").TryGetProperty("properties", out var properties))
                            names.AddRange(properties.EnumerateObject().Select(p => p.Name));
                found[$"{operation.Name.ToUpperInvariant()} {Hole().Replace(path.Name, "{}")}"] = [.. names.Distinct()];
            }
        return found;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
