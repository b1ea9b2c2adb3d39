using Calf.Store;
using Calf.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Calf.Tests.Store;

public sealed class DatabaseTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Database database;

    public DatabaseTests() => database = new Database(folder.Path, TimeProvider.System);

    [Fact]
    public async Task What_was_written_is_read()
    {
        await database.Write(c => Meta.Set(c, "colour", "clay"));
        Assert.Equal("clay", database.Read(c => Meta.Get(c, "colour")));
    }

    [Fact]
    public async Task A_failing_job_leaves_nothing_and_takes_no_other_with_it()
    {
        var good = database.Write(c => Meta.Set(c, "good", "1"));
        var bad = database.Write(c =>
        {
            Meta.Set(c, "bad", "1");
            throw new InvalidOperationException("no");
        });
        var after = database.Write(c => Meta.Set(c, "after", "1"));

        await good;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await after;
        Assert.Equal("1", database.Read(c => Meta.Get(c, "good")));
        Assert.Null(database.Read(c => Meta.Get(c, "bad")));
        Assert.Equal("1", database.Read(c => Meta.Get(c, "after")));
    }

    [Fact]
    public async Task Only_work_that_can_be_repeated_is_committed_without_waiting_for_the_disk()
    {
        const long Normal = 1, Full = 2;
        Assert.Equal(Normal, await database.WriteRepeatable(c => c.Count($"PRAGMA synchronous")));
        Assert.Equal(Full, await database.Write(c => c.Count($"PRAGMA synchronous")));

        using var hold = new ManualResetEventSlim();
        var first = database.Write(_ => hold.Wait(TestContext.Current.CancellationToken));
        var repeatable = database.WriteRepeatable(c => c.Count($"PRAGMA synchronous"));
        var durable = database.Write(c => c.Count($"PRAGMA synchronous"));
        hold.Set();
        await first;
        Assert.Equal(Full, await durable);
        Assert.Equal(Full, await repeatable);
    }

    [Fact]
    public async Task Actions_run_after_the_commit_and_not_after_a_rollback()
    {
        var told = new List<string>();
        await database.Write(c => c.AfterCommit(() => told.Add("kept")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Write(c =>
        {
            c.AfterCommit(() => told.Add("lost"));
            throw new InvalidOperationException("no");
        }));
        Assert.Equal(["kept"], told);
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        await database.Write(c => Meta.Set(c, "a", "1"));
        Assert.Throws<SqliteException>(() => database.Read(c => c.Execute($"DELETE FROM meta")));
        Assert.Equal("1", database.Read(c => Meta.Get(c, "a")));
    }

    [Fact]
    public async Task A_value_is_never_read_as_SQL()
    {
        const string hostile = "x'); DROP TABLE meta; --";
        await database.Write(c => Meta.Set(c, hostile, hostile));
        Assert.Equal(hostile, database.Read(c => Meta.Get(c, hostile)));
    }

    [Fact]
    public void Lists_and_fragments_become_parameters()
    {
        long[] ids = [3, 5];
        var fragment = Sql.Of($"id = {7L}");
        var sql = Sql.Of($"SELECT 1 WHERE id IN {ids} AND {fragment} AND x = {"y"}");
        Assert.Equal("SELECT 1 WHERE id IN (SELECT value FROM json_each($0)) AND id = $1 AND x = $2", sql.Text);
        Assert.Equal(["[3,5]", 7L, "y"], sql.Values);
    }

    [Fact]
    public void Ids_of_one_moment_differ_and_sort_by_time()
    {
        var noon = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
        var ids = Enumerable.Range(0, 1000).Select(_ => Ids.At(noon)).ToList();
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id < Ids.FloorOf(noon.AddMilliseconds(1))));
        Assert.All(ids, id => Assert.Equal(noon, Ids.TimeOf(id)));
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
