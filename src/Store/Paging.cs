namespace Calf.Store;

/// <summary>
/// Mastodon's cursors: <c>max_id</c> and <c>since_id</c> bound a page from the newest down, <c>min_id</c> asks for the page just
/// above an id. Results of a <c>min_id</c> page come oldest first from SQL and are turned by <see cref="NewestFirst{T}"/>.
/// </summary>
public sealed record Paging(int Limit, long? MaxId = null, long? SinceId = null, long? MinId = null)
{
    /// <summary>The condition, order and limit on one id column, to stand last in a statement.</summary>
    public Sql On(string column) => Sql.Of($"{Within(column)} {Order(column)}");

    /// <summary>The condition alone.</summary>
    public Sql Within(string column) => Sql.Of($"{column:raw} < {MaxId ?? long.MaxValue} AND {column:raw} > {MinId ?? SinceId ?? -1}");

    /// <summary>Order and limit alone.</summary>
    public Sql Order(string column) => Sql.Of($"ORDER BY {column:raw} {(MinId is null ? "DESC" : "ASC"):raw} LIMIT {(long)Limit}");

    public List<T> NewestFirst<T>(List<T> rows)
    {
        if (MinId is not null) rows.Reverse();
        return rows;
    }
}
