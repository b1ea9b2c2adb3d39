using Calf.Lists;
using Calf.Notifications;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;
using SQLitePCL;

namespace Calf.Tests.Timelines;

/// <summary>
/// A page costs the same however much is stored. Steps of SQLite's machine are counted, not time; and its statistics are those of a
/// database in use, since they may turn a plan around.
/// </summary>
public sealed class PageCostTests : IDisposable
{
    private const long Owner = 1;
    private const int Authors = 50;
    private const long RareAuthor = Owner + Authors + 1;
    private const int Rare = 30;
    private const int Few = 300;
    private const int Many = 6000;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Action<Connection>> Pages = new()
    {
        ["home"] = c => TimelineStore.Home(c, new Paging(20), Now),
        ["home, further down"] = c => TimelineStore.Home(c, new Paging(20, MaxId: 1250), Now),
        ["public"] = c => TimelineStore.Public(c, new PublicFeed(Remote: true), new Paging(20), Now),
        ["tagged"] = c => TimelineStore.Tagged(c, "cows", new PublicFeed(), new Paging(20), Now),
        ["list"] = c => TimelineStore.List(c, 1, new Paging(20), Now),
        ["list, further down"] = c => TimelineStore.List(c, 1, new Paging(20, MaxId: 1250), Now),
        ["notifications of rare types"] = c => NotificationStore.All(c, new([NotificationTypes.Report, NotificationTypes.Poll], []), new Paging(20)),
        ["notifications without the common type"] = c => NotificationStore.All(c, new([], [NotificationTypes.Mention]), new Paging(20)),
        ["notifications of one account"] = c => NotificationStore.All(c, new([], [], RareAuthor), new Paging(20)),
        ["groups of rare types"] = c => NotificationGroups.Page(c, new([NotificationTypes.Report, NotificationTypes.Poll], []), new Paging(20), []),
        ["notifications"] = c => NotificationStore.All(c, NotificationFilter.All, new Paging(20)),
    };

    private readonly TempFolder folder = new();
    private readonly Database database;

    public PageCostTests() => database = new Database(folder.Path, TimeProvider.System);

    public static TheoryData<string> Names => [.. Pages.Keys];

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_costs_the_same_however_much_is_stored(string page)
    {
        await Seed(0, Few);
        // Home is left out, as SQLite's own bounded analysis was seen to do.
        await database.Write(c => c.Script("ANALYZE statuses; ANALYZE accounts; ANALYZE status_tags; ANALYZE notifications"));
        var few = Steps(page);
        await Seed(Few, Many);
        Assert.InRange(Steps(page), 1, few * 2);
    }

    private long Steps(string page) => database.Read(c =>
    {
        var steps = 0L;
        raw.sqlite3_progress_handler(c.Sqlite.Handle, 1, _ => steps++ < 0 ? 1 : 0, null);
        Pages[page](c);
        raw.sqlite3_progress_handler(c.Sqlite.Handle, 0, null, null);
        return steps;
    });

    private Task Seed(int from, int to) => database.Write(c =>
    {
        if (from == 0)
        {
            for (var n = 0; n <= Authors + 1; n++)
                c.Execute($"""
                    INSERT INTO accounts (id, uri, url, username, domain, type, inbox, created_at, fetched_at)
                    VALUES ({Owner + n}, {"https://x.test/" + n}, '', {"u" + n}, {(n == 0 ? "" : "x.test")}, 'Person', '', 0, 0)
                    """);
            c.Execute($"INSERT INTO tags (id, name) VALUES (1, 'cows')");
            ListStore.Save(c, new AccountList(1, "Some", RepliesPolicies.List, false));
            for (var n = 1; n <= Authors; n += 5) ListStore.AddMember(c, 1, Owner + n);
        }
        for (var n = from; n < to; n++)
        {
            var (id, author) = (1000L + n, Owner + 1 + (n % Authors));
            c.Execute($"INSERT INTO statuses (id, uri, url, account_id, type, visibility, created_at) VALUES ({id}, {"https://x.test/s/" + n}, '', {author}, 'Note', 0, {n})");
            TimelineStore.AddToHome(c, id);
            c.Execute($"INSERT INTO status_tags (tag_id, status_id) VALUES (1, {id})");
            c.Execute($"INSERT INTO notifications (id, type, account_id, status_id, created_at) VALUES ({id}, {(n < Rare ? NotificationTypes.Poll : NotificationTypes.Mention)}, {(n < Rare ? RareAuthor : author)}, {id}, {n})");
        }
    });
}
