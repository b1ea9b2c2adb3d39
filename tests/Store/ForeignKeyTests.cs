using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Store;

/// <summary>SQLite makes no index for a foreign key. Without one, each row that is deleted reads the whole table that refers to it.</summary>
public sealed class ForeignKeyTests
{
    [Fact]
    public void Every_foreign_key_is_found_by_an_index()
    {
        using var folder = new TempFolder();
        using var database = new Database(folder.Path, TimeProvider.System);
        var (keys, missing) = database.Read(c =>
        {
            var all = KeysOf(c).ToList();
            return (all.Count, all.Where(key => !IsIndexed(c, key)).Select(key => $"{key.Table} ({string.Join(", ", key.Columns)})").ToList());
        });
        Assert.True(keys > 20, $"Only {keys} foreign keys were found.");
        Assert.True(missing.Count == 0, $"Without an index: {string.Join("; ", missing)}");
    }

    [Fact]
    public void Deleting_an_account_searches_every_table_that_refers_to_it()
    {
        using var folder = new TempFolder();
        using var database = new Database(folder.Path, TimeProvider.System);
        var scans = database.Read(c => KeysOf(c).Where(key => key.Columns.Count == 1).SelectMany(key => c.Query(
            $"EXPLAIN QUERY PLAN SELECT {key.Columns[0]:raw} FROM {key.Table:raw} WHERE {key.Columns[0]:raw} = {1}", r =>
            {
                _ = (r.Long(), r.Long(), r.Long());
                return r.Text();
            })).Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)).ToList());
        Assert.Empty(scans);
    }

    private static IEnumerable<(string Table, List<string> Columns)> KeysOf(Connection c) =>
        c.Query($"SELECT t.name, k.id, k.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY t.name, k.id, k.seq",
            r => (Table: r.Text(), Id: r.Long(), Column: r.Text()))
        .GroupBy(k => (k.Table, k.Id)).Select(key => (key.Key.Table, key.Select(k => k.Column).ToList()));

    /// <summary>By the row's own id, or by an index that begins with the columns; a partial one only leaves out rows that refer to nothing.</summary>
    private static bool IsIndexed(Connection c, (string Table, List<string> Columns) key)
    {
        if (c.Query($"SELECT name FROM pragma_table_info({key.Table}) WHERE pk = 1", r => r.Text()) is [var id] && key.Columns is [var only] && id == only) return true;
        return c.Query($"SELECT l.name, coalesce(s.sql, '') FROM pragma_index_list({key.Table}) l LEFT JOIN sqlite_schema s ON s.name = l.name", r => (Name: r.Text(), Text: r.Text()))
            .Any(index =>
            {
                var condition = index.Text.LastIndexOf(" WHERE ", StringComparison.Ordinal) is > 0 and var at ? index.Text[(at + 7)..].Trim() : "";
                var columns = c.Query($"SELECT name FROM pragma_index_info({index.Name}) WHERE name IS NOT NULL ORDER BY seqno", r => r.Text());
                return (condition.Length == 0 || condition == $"{key.Columns[0]} IS NOT NULL") && columns.Take(key.Columns.Count).ToHashSet().SetEquals(key.Columns);
            });
    }
}
