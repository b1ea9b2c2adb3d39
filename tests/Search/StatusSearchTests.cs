using Calf.Accounts;
using Calf.Operations;
using Calf.Search;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Calf.Tests.Search;

/// <summary>The index and its queries on a database of their own: what a page costs, and that no input breaks it.</summary>
public sealed class StatusSearchTests : IDisposable
{
    private const long Owner = 1;
    private const long Bob = 2;
    private const int Few = 300;
    private const int Many = 6000;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly Database database;

    public StatusSearchTests() => database = new Database(folder.Path, TimeProvider.System);

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void SQLite_has_full_text_search() =>
        Assert.Contains("ENABLE_FTS5", database.Read(c => c.Query($"PRAGMA compile_options", r => r.Text())));

    [Theory]
    [InlineData("milk")]
    [InlineData("milk from:bob@x.test in:public -goats")]
    [InlineData("-goats")]
    public async Task A_page_costs_the_same_however_much_is_stored(string query)
    {
        await Seed(0, Few);
        var few = Steps(query);
        await Seed(Few, Many);
        Assert.InRange(Steps(query), 1, few * 2);
        Assert.Equal(20, Find(query).Count);
        Assert.Equal(Find(query).OrderDescending(), Find(query));
    }

    [Fact]
    public async Task Nobody_can_write_a_query_that_fails()
    {
        await Seed(0, 50);
        var random = new Random(20261124);
        string[] parts =
        [
            "milk", "\"", "*", "(", ")", "-", "+", ":", "^", "NEAR", "NEAR(a b, 2)", "AND", "OR", "NOT", "{", "}", "words:", "'", "''", ";", "\\", "%", "\0",
            "from:", "from:me", "from:@", "from:a@b@c", "has:", "is:reply", "in:all", "before:2026-01-01", "after:9999-12-31", "during:0001-01-01", "language:",
            "\ud800", "\udfff", "\u200d", "\ufeff", "\uE003library", "\uE000", "東", "東京", "ﷺ", "İ", "ß", "e\u0301", "\u0301", "🐄", "𠮷", "𠮷野家", "#", "#a", "@", "@@", "@a@b",
            " ", " ", "\t", "\u3000", "\u2028", "“", "»", "18446744073709551616", "$0", "?1", "rank", "rowid", "--", "/*",
        ];
        for (var n = 0; n < 3000; n++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => random.Next(8) == 0
                ? ((char)random.Next(0x10000)).ToString()
                : parts[random.Next(parts.Length)]));
            Find(query);
            database.Read(c => AccountSearch.Find(c, query, AccountReader.Owner, 40, 0));
        }
        Find(string.Join(' ', Enumerable.Range(0, 1000)));
        Find(string.Join(' ', Enumerable.Range(0, 1000).Select(n => "-" + n)));
        Find(string.Join('-', Enumerable.Range(0, 1000)));
        Find(string.Concat(Enumerable.Repeat("-during:2026-01-01 -from:me has:media ", 1000)));
        Find(new string('東', 2000));
        Find(new string('"', 2000));
        Assert.Equal(20, Find("milk").Count);
    }

    [Fact]
    public async Task What_is_removed_is_forgotten_at_once()
    {
        await Seed(0, 3);
        await database.Write(c => StatusStore.Remove(c, StatusStore.Find(c, 1001)!));
        Assert.Equal([1002, 1000], Find("milk"));
        await database.Write(c => AccountStore.Delete(c, Bob));
        Assert.Empty(Find("milk"));
        Assert.Equal(0, database.Read(c => c.Count($"SELECT count(*) FROM status_search_docsize")));
        Assert.Equal([Owner], database.Read(c => c.Query($"SELECT id FROM account_search_docsize", r => r.Long())));
        // What waits is of statuses that are gone, and does no harm.
        await database.Write(c => StatusIndex.Step(c, 100));
        Assert.Equal(0, database.Read(c => c.Count($"SELECT count(*) FROM status_search_docsize")));
    }

    [Fact]
    public async Task A_backlog_is_indexed_in_batches_the_newest_first()
    {
        await Seed(0, 250, index: false);
        Assert.Empty(Find("milk"));
        Assert.True(await Searching.CatchUp(database));
        Assert.Equal(100, database.Read(c => c.Count($"SELECT count(*) FROM status_search WHERE status_search MATCH 'milk'")));
        Assert.Equal(1249, Find("milk")[0]);
        using var worker = new SearchWorker(database, TimeProvider.System, NullLogger<SearchWorker>.Instance);
        await worker.Step(TestContext.Current.CancellationToken);
        Assert.Equal(250, database.Read(c => c.Count($"SELECT count(*) FROM status_search WHERE status_search MATCH 'milk'")));
        Assert.False(database.Read(StatusIndex.HasWaiting));
    }

    private List<long> Find(string query) =>
        database.Read(c => StatusSearch.Find(c, StatusQuery.Of(c, query, Owner, "calf.test"), new Paging(20), 0, Now));

    private long Steps(string query) => database.Read(c =>
    {
        var steps = 0L;
        var read = StatusQuery.Of(c, query, Owner, "calf.test");
        raw.sqlite3_progress_handler(c.Sqlite.Handle, 1, _ => steps++ < 0 ? 1 : 0, null);
        StatusSearch.Find(c, read, new Paging(20), 0, Now);
        raw.sqlite3_progress_handler(c.Sqlite.Handle, 0, null, null);
        return steps;
    });

    private async Task Seed(int from, int to, bool index = true)
    {
        await database.Write(c =>
        {
            if (from == 0)
                c.Execute($"""
                    INSERT INTO accounts (id, uri, url, username, domain, type, inbox, indexable, created_at, fetched_at)
                    VALUES ({Owner}, 'https://calf.test/u', '', 'ann', '', 'Person', '', 0, 0, 0), ({Bob}, 'https://x.test/b', '', 'bob', 'x.test', 'Person', '', 1, 0, 0)
                    """);
            for (var n = from; n < to; n++)
                StatusStore.Add(c, new Status { Id = 1000 + n, Uri = "https://x.test/" + n, Url = "", AccountId = Bob, Content = $"<p>Milk number {n}</p>", CreatedAt = Now });
        });
        if (index)
            while (await Searching.CatchUp(database)) continue;
    }
}
