using System.Text.Json;
using System.Text.RegularExpressions;

namespace Calf.Tests.Mastodon;

/// <summary>
/// Every list of the API is walked by its Link headers alone, down and up again:
/// https://docs.joinmastodon.org/api/guidelines/#pagination.
/// </summary>
public sealed partial class PagingTests : IAsyncLifetime
{
    private const int Few = 3;

    private ApiFixture api = null!;
    private string token = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await Furnished.Start();
        token = await api.TokenWith("read admin:read");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    public static TheoryData<string> Paged => [.. ListRoutes.Paged];

    public static TheoryData<string> ByOffset => [.. ListRoutes.ByOffset];

    [Theory]
    [MemberData(nameof(Paged))]
    public async Task A_list_is_walked_down_and_up_again(string list)
    {
        await Newcomers.Come(api, 0, Few);
        var whole = (await Page(With(list, "limit=80"))).Rows;
        Assert.True(whole.Count >= Few, $"{list} has {whole.Count} rows");

        var down = new List<ListPage> { await Page(With(list, "limit=2")) };
        while (down[^1].Next is { } next) down.Add(await Page(next));
        Assert.Equal(whole, down.SelectMany(page => page.Rows));
        // Some lists have a next page as long as there was anything, as at Mastodon; then the last one is empty.
        Assert.All(down.Where(page => page.Rows.Count > 0).SkipLast(1), page => Assert.Equal(2, page.Rows.Count));

        // min_id gives the page next to it, newest first.
        var up = new List<ListPage> { down.Last(page => page.Rows.Count > 0) };
        while (up[^1].Previous is { } previous && await Page(previous) is { Rows.Count: > 0 } page) up.Add(page);
        Assert.Equal(whole, Enumerable.Reverse(up).SelectMany(page => page.Rows));

        // since_id gives the newest.
        var newest = await Page(up[0].Previous!.Replace("min_id", "since_id", StringComparison.Ordinal));
        Assert.Equal(whole.Take(2), newest.Rows);
    }

    [Theory]
    [MemberData(nameof(ByOffset))]
    public async Task A_list_by_offset_is_walked_to_its_end(string list)
    {
        await Newcomers.Come(api, 0, Few);
        var whole = (await Page(With(list, "limit=40"))).Rows;
        Assert.True(whole.Count >= Few, $"{list} has {whole.Count} rows");
        var walked = new List<string>();
        for (var offset = 0; offset < whole.Count; offset += 2)
        {
            var page = await Page(With(list, $"limit=2&offset={offset}"));
            Assert.Equal(Math.Min(2, whole.Count - offset), page.Rows.Count);
            walked.AddRange(page.Rows);
        }
        Assert.Equal(whole, walked);
        Assert.Empty((await Page(With(list, $"limit=2&offset={whole.Count}"))).Rows);
    }

    [Theory]
    [InlineData("/api/v1/timelines/home")]
    [InlineData("/api/v1/blocks")]
    [InlineData("/api/v1/bookmarks")]
    [InlineData("/api/v1/notifications")]
    [InlineData("/api/v1/domain_blocks")]
    [InlineData("/api/v1/accounts/1/followers")]
    public async Task Cursors_and_limits_that_make_no_sense_do_no_harm(string list)
    {
        var whole = (await Page(list)).Rows;
        Assert.Equal(whole, (await Page(list + "?max_id=nonsense&since_id=%00&min_id=")).Rows);
        Assert.Equal(whole, (await Page(list + "?limit=many")).Rows);
        Assert.Equal(whole, (await Page(list + "?limit=99999999999999999999")).Rows);
        Assert.Equal(whole, (await Page(list + "?limit=9223372036854775807&max_id=99999999999999999999999")).Rows);
        Assert.Equal(whole.Take(2), (await Page(list + "?limit=-2")).Rows);
        Assert.Empty((await Page(list + "?max_id=0")).Rows);
        Assert.Null((await Page(list + "?max_id=0")).Next);
        Assert.Null((await Page(list + "?max_id=0")).Previous);
    }

    [Fact]
    public async Task Links_keep_the_question_and_not_the_token()
    {
        using var client = api.Client(token: null);
        using var response = await client.GetAsync($"/api/v1/notifications?types[]=mention&types[]=favourite&limit=2&access_token={ApiFixture.Token}", Cancel);
        var link = response.Headers.GetValues("Link").Single();
        Assert.Matches("""^<https://calf\.test/api/v1/notifications\?types%5B%5D=mention&types%5B%5D=favourite&limit=2&max_id=\d+>; rel="next", <[^>]*&min_id=\d+>; rel="prev"$""", link);
        Assert.DoesNotContain(ApiFixture.Token, link);
    }

    private static string With(string list, string query) => list + (list.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;

    private async Task<ListPage> Page(string address)
    {
        using var client = api.Client(token);
        using var response = await client.GetAsync(address, Cancel);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(response.IsSuccessStatusCode, $"{address}: {document.RootElement}");
        var links = response.Headers.TryGetValues("Link", out var values) ? values.Single() : "";
        return new ListPage([.. RowsOf(document.RootElement).Select(Key)], LinkTo(links, "next"), LinkTo(links, "prev"));
    }

    /// <summary>Of an answer with several lists those of the kind that was asked for, which come under different names.</summary>
    private static IEnumerable<JsonElement> RowsOf(JsonElement answer) => answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray()
        : answer.TryGetProperty("notification_groups", out var groups) ? groups.EnumerateArray()
        : answer.EnumerateObject().SelectMany(list => list.Value.EnumerateArray());

    private static string Key(JsonElement row) => row.ValueKind == JsonValueKind.String ? row.GetString()!
        : row.TryGetProperty("report", out var report) && !row.TryGetProperty("type", out _) ? report.GetProperty("id").GetString()!
        : ((string[])["id", "group_key", "url"]).Where(name => row.TryGetProperty(name, out _)).Select(name => row.GetProperty(name).GetString()!).First();

    private static string? LinkTo(string links, string relation) =>
        Link().Matches(links).FirstOrDefault(m => m.Groups[2].Value == relation) is { } found ? new Uri(found.Groups[1].Value).PathAndQuery : null;

    [GeneratedRegex("<([^>]*)>; rel=\"(\\w+)\"")]
    private static partial Regex Link();

    private sealed record ListPage(List<string> Rows, string? Next, string? Previous);
}
