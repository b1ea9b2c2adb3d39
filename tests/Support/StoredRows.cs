using Calf.Store;

namespace Calf.Tests.Support;

/// <summary>Everything in a database as text, so that a test can say that nothing changed.</summary>
public static class StoredRows
{
    /// <summary>When somebody last used them changes by asking.</summary>
    private static readonly string[] Touched = ["access_tokens.last_used_at", "sessions.last_used_at"];

    public static string Of(Database database) => database.Read(c => string.Join('\n',
        c.Query($"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name", r => r.Text())
            .Select(table => $"{table}: {Rows(c, table)}")));

    private static string Rows(Connection c, string table)
    {
        var columns = c.Query($"SELECT name FROM pragma_table_info({table})", r => r.Text()).Where(column => !Touched.Contains($"{table}.{column}"));
        var row = string.Join(" || ',' || ", columns.Select(column => $"quote(\"{column}\")"));
        return string.Join("; ", c.Query($"SELECT {row:raw} AS line FROM \"{table:raw}\" ORDER BY line", r => r.Text()));
    }
}
