using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calf.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Calf.Tests.Mastodon;

/// <summary>Holds the table of src/Mastodon/README.md against Mastodon's API description and against the routes that there are.</summary>
public sealed partial class CoverageTests
{
    private const string RewriteVariable = "CALF_REWRITE";

    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    private static readonly string TablePath = Path.Combine(Repository.Folder, "src", "Mastodon", "README.md");

    private static readonly string Table = File.ReadAllText(TablePath);

    private static readonly List<(string Operation, string State)> Lines =
        [.. TableLine().Matches(Table).Select(m => ($"{m.Groups[1].Value} {m.Groups[2].Value}", m.Groups[3].Value.Trim()))];

    private static readonly List<string> Described = [.. Describe()];

    public static TheoryData<string, int> AnsweredOtherwise() => new(
        from line in Lines
        let answer = Otherwise().Match(line.State)
        where answer.Success
        select (line.Operation, int.Parse(answer.Groups[1].Value, CultureInfo.InvariantCulture)));

    [Fact]
    public void The_table_has_each_operation_once() => Assert.Equal(Described.Order(StringComparer.Ordinal), Lines.Select(l => l.Operation).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_line_says_built_or_what_is_answered_and_why() =>
        Assert.DoesNotContain(Lines, l => l.State is not ("built" or "not yet") && !Otherwise().IsMatch(l.State));

    [Fact]
    public void The_count_above_the_table_is_right() => Assert.Contains(
        $"{Lines.Count(l => l.State == "built")} built, {Lines.Count(l => Otherwise().IsMatch(l.State))} answered otherwise, {Lines.Count} in all.", Table, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_built_has_a_route_and_what_is_not_has_none()
    {
        await using var api = await ApiFixture.Start();
        var routes = Routes(api);
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1") Rewrite(routes);
        Report(Lines.Where(l => l.State == "built" && !routes.Contains(Bare(l.Operation))).Select(l => $"{l.Operation} is called built and has no route"));
        Report(Lines.Where(l => l.State == "not yet" && routes.Contains(Bare(l.Operation))).Select(l => $"{l.Operation} has a route"));
    }

    [Theory]
    [MemberData(nameof(AnsweredOtherwise))]
    public async Task What_is_answered_otherwise_is_answered_so(string operation, int status)
    {
        await using var api = await ApiFixture.Start();
        var (method, path) = (operation.Split(' ')[0], Parameter().Replace(operation.Split(' ')[1], "1"));
        using var client = api.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
    }

    private static void Report(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, $"{string.Join('\n', all)}\nRun this test with {RewriteVariable}=1 to correct the table, and commit it.");
    }

    private static void Rewrite(HashSet<string> routes)
    {
        var table = TableLine().Replace(Table, line => Otherwise().IsMatch(line.Groups[3].Value.Trim()) ? line.Value
            : $"| {line.Groups[1].Value} | `{line.Groups[2].Value}` | {(routes.Contains(Bare($"{line.Groups[1].Value} {line.Groups[2].Value}")) ? "built" : "not yet")} |");
        var states = TableLine().Matches(table).Select(m => m.Groups[3].Value.Trim()).ToList();
        var count = $"{states.Count(s => s == "built")} built, {states.Count(s => Otherwise().IsMatch(s))} answered otherwise, {states.Count} in all.";
        File.WriteAllText(TablePath, Counted().Replace(table, count));
    }

    private static IEnumerable<string> Describe()
    {
        using var description = JsonDocument.Parse(Corpus.Bytes("mastodon-openapi/dist/schema.json"));
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject().Where(o => Verbs.Contains(o.Name)))
                yield return $"{operation.Name.ToUpperInvariant()} {path.Name}";
    }

    private static HashSet<string> Routes(ApiFixture api) =>
        [.. from endpoint in api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            select Bare($"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}")];

    /// <summary>Without the names of parameters, which Mastodon's description and our routes choose freely.</summary>
    private static string Bare(string operation) => Parameter().Replace(operation, "{}");

    [GeneratedRegex(@"^\| (GET|POST|PUT|PATCH|DELETE) \| `([^`]+)` \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^answers (\d{3}): .{10,}$")]
    private static partial Regex Otherwise();

    [GeneratedRegex(@"\d+ built, \d+ answered otherwise, \d+ in all\.")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
