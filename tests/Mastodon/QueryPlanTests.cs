using System.Text.Json;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>
/// What every list of the API asks SQLite for: no table that grows is read from end to end, and a longer page asks no more questions.
/// </summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private ApiFixture api = null!;
    private string token = "";

    private const int Few = 2;
    private const int More = 20;

    public async ValueTask InitializeAsync()
    {
        api = await Furnished.Start();
        await Newcomers.Come(api, 0, Few);
        token = await api.TokenWith("read admin:read browser");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    public static TheoryData<string> Lists => [.. ListRoutes.Paged, .. ListRoutes.ByOffset, .. ListRoutes.Whole];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_reads_no_table_from_end_to_end_and_asks_no_more_for_a_longer_page(string list)
    {
        var address = list + (list.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=40";
        var (before, few) = await Asked(address);
        await Newcomers.Come(api, Few, More);

        var (after, many) = await Asked(address);

        Assert.InRange(before, 1, after - 1);
        Assert.NotEmpty(many);
        Assert.Empty(many.GroupBy(sql => sql).Where(g => g.Count() > few.Count(sql => sql == g.Key)).Select(g => $"{few.Count(sql => sql == g.Key)} became {g.Count()}: {g.Key}"));
        Assert.Equal(few.Count, many.Count);
        Assert.Empty(Scans(many));
    }

    [Fact]
    public async Task Trends_are_worked_out_from_the_newest_posts_alone()
    {
        var asked = new List<string>();
        api.Database.Watch = asked.Add;
        await api.Get<Calf.Operations.TrendsWorker>().Step();
        api.Database.Watch = null;
        Assert.True(asked.Count >= 3);
        Assert.Empty(Scans(asked));
    }

    private static IEnumerable<string> Scans(IEnumerable<string> statements) => statements.Distinct().SelectMany(Plans.Scans);

    /// <summary>How many rows came, and the statements that they took.</summary>
    private async Task<(int Rows, List<string> Statements)> Asked(string address)
    {
        // The first time, what only waited for somebody to ask is done as well.
        await api.Get(address, token);
        var asked = new List<string>();
        api.Database.Watch = asked.Add;
        var answer = await api.Get(address, token);
        api.Database.Watch = null;
        return (Rows(answer), asked);
    }

    private static int Rows(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => answer.GetArrayLength() + answer.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("accounts", out var accounts) && accounts.ValueKind == JsonValueKind.Array)
            .Sum(row => row.GetProperty("accounts").GetArrayLength()),
        JsonValueKind.Object => answer.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array).Sum(member => member.Value.GetArrayLength()),
        _ => 0,
    };
}
