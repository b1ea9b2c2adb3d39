namespace Calf.Store;

/// <summary>
/// A table of what the owner chose, each thing once: its columns are <c>id</c>, larger the later it was chosen, and one for the id of the thing.
/// </summary>
public sealed class ChoiceTable(string table, string column)
{
    /// <summary>The id of the choice; null when it was made before.</summary>
    public long? Add(Connection c, long thing, DateTimeOffset now)
    {
        var id = Ids.At(now);
        return c.Execute($"INSERT OR IGNORE INTO {table:raw} (id, {column:raw}) VALUES ({id}, {thing})") > 0 ? id : null;
    }

    public void Remove(Connection c, long thing) => c.Execute($"DELETE FROM {table:raw} WHERE {column:raw} = {thing}");

    /// <summary>The last choice first; the cursor is the id of the choice.</summary>
    public List<(long Id, long Thing)> Page(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT id, {column:raw} FROM {table:raw} WHERE {page.On("id")}", r => (r.Long(), r.Long())));

    /// <summary>Which of these are chosen.</summary>
    public HashSet<long> Among(Connection c, IEnumerable<long> things) =>
        [.. c.Query($"SELECT {column:raw} FROM {table:raw} WHERE {column:raw} IN {things}", r => r.Long())];
}
