using System.Text.RegularExpressions;
using Calf.Follows;
using Calf.Interactions;
using Calf.Lists;
using Calf.Notifications;
using Calf.Statuses;
using Microsoft.Data.Sqlite;

namespace Calf.Tests.Mastodon;

/// <summary>
/// What every list of the API asks SQLite for: no table that grows is read from end to end, and a longer page asks no more questions.
/// </summary>
public sealed partial class QueryPlanTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    /// <summary>A line of a plan that reads a table or an index from end to end, and why that does no harm.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["SCAN filters"] = "The owner's own, which are all needed to mark what they match.",
        ["SCAN conversation_mutes EXISTS"] = "Asks only whether the owner muted any.",
        ["SCAN up"] = "What the statement itself found on its way up the threads.",
        ["SCAN n USING INDEX notifications_filtered"] = "Groups by account what waits for the owner to let it in: read whole, but nothing else is.",
        ["SCAN home"] = "The newest thousand, in order.",
        ["SCAN h"] = "The same thousand.",
    };

    /// <summary>Rows of kinds that are on the page already, and few enough that those stay on it.</summary>
    private const int More = 20;

    public async ValueTask InitializeAsync()
    {
        api = await Furnished.Start();
        await api.Database.Write(c => c.Execute($"UPDATE accounts SET discoverable = 1, last_status_at = 1"));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/timelines/home")]
    [InlineData("/api/v1/timelines/public")]
    [InlineData("/api/v1/timelines/public?local=true&only_media=true")]
    [InlineData("/api/v1/timelines/tag/cows?any[]=hay&all[]=cows&none[]=barn")]
    [InlineData("/api/v1/timelines/list/1")]
    [InlineData("/api/v1/accounts/11/statuses?exclude_reblogs=true")]
    [InlineData("/api/v1/accounts/11/statuses?tagged=cows")]
    [InlineData("/api/v1/accounts/1/followers")]
    [InlineData("/api/v1/accounts/1/following")]
    [InlineData("/api/v1/favourites")]
    [InlineData("/api/v1/bookmarks")]
    [InlineData("/api/v1/blocks")]
    [InlineData("/api/v1/mutes")]
    [InlineData("/api/v1/follow_requests")]
    [InlineData("/api/v1/domain_blocks")]
    [InlineData("/api/v1/conversations")]
    [InlineData("/api/v1/followed_tags")]
    [InlineData("/api/v1/endorsements")]
    [InlineData("/api/v1/scheduled_statuses")]
    [InlineData("/api/v1/notifications")]
    [InlineData("/api/v1/notifications?types[]=mention")]
    [InlineData("/api/v2/notifications")]
    [InlineData("/api/v1/notifications/requests")]
    [InlineData("/api/v1/statuses/200/favourited_by")]
    [InlineData("/api/v1/statuses/200/reblogged_by")]
    [InlineData("/api/v1/statuses/200/quotes")]
    [InlineData("/api/v1/lists/1/accounts")]
    [InlineData("/api/v1/trends/tags")]
    [InlineData("/api/v1/trends/links")]
    [InlineData("/api/v1/trends/statuses")]
    [InlineData("/api/v1/directory")]
    [InlineData("/api/v2/suggestions")]
    public async Task A_list_reads_no_table_from_end_to_end_and_asks_no_more_for_a_longer_page(string list)
    {
        var address = list + (list.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=";
        await Asked(address + 40);
        var few = await Asked(address + 40);
        for (var i = 0; i < More; i++) await AddMore(i);

        var many = await Asked(address + 40);

        Assert.NotEmpty(many);
        Assert.Equal(few.Count, many.Count);
        Assert.Empty(many.Distinct().SelectMany(sql => Plan(sql).Where(step => Scan().IsMatch(step) && !Allowed.ContainsKey(step)).Select(step => $"{step}: {sql}")));
    }

    private async Task AddMore(int i)
    {
        var (person, post) = (2000L + i, 1000L + i);
        await api.AddPerson(person, $"m{i}");
        await api.AddStatus(post, 11);
        await api.Database.Write(c =>
        {
            var now = api.Clock.GetUtcNow().AddHours(1 + i);
            StatusParts.AddTags(c, post, ["cows"]);
            FavouriteStore.Add(c, post, ApiFixture.OwnerId, $"https://calf.test/likes/m{i}", now);
            FavouriteStore.Add(c, Furnished.OwnPost, person, $"https://far.test/likes/m{i}", now);
            BookmarkStore.Add(c, post, now);
            FollowStore.Save(c, new Follow(ApiFixture.OwnerId, person, $"https://calf.test/follows/m{i}", true, true, false, now));
            FollowStore.Save(c, new Follow(person, ApiFixture.OwnerId, $"https://far.test/follows/m{i}", true, true, false, now));
            ListStore.AddMember(c, 1, person);
            NotificationStore.Add(c, NotificationTypes.Mention, 11, post, now);
        });
    }

    private async Task<List<string>> Asked(string address)
    {
        var asked = new List<string>();
        api.Database.Watch = asked.Add;
        await api.Get(address);
        api.Database.Watch = null;
        return asked;
    }

    private List<string> Plan(string sql) => api.Database.Read(c =>
    {
        using var command = c.Sqlite.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Hole().Matches(sql).Select(m => m.Value).Distinct()) command.Parameters.Add(new SqliteParameter(name, 1L));
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return steps;
    });

    /// <summary>Not of a list that came as a parameter, nor of what an inner statement found.</summary>
    [GeneratedRegex(@"^SCAN (?!json_each|CONSTANT ROW|\()(?!.* VIRTUAL TABLE)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Hole();
}
