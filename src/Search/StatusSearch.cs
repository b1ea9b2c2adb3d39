using Calf.Moderation;
using Calf.Store;

namespace Calf.Search;

/// <summary>Finds statuses by a query, the newest first.</summary>
public static class StatusSearch
{
    /// <summary>
    /// A page of ids. What is found is the owner's to see; posts of accounts that are blocked, muted or, not being followed, silenced are
    /// left out.
    /// </summary>
    /// <remarks>
    /// FTS5 walks the list of a word from the highest id down and stops when the page is full, so that a frequent word costs no more than a
    /// rare one. CROSS JOIN keeps it outside.
    /// </remarks>
    public static List<long> Find(Connection c, StatusQuery query, Paging page, int offset, DateTimeOffset now)
    {
        if (query.Expression is not { } expression) return [];
        var (above, below) = (Math.Max(query.From - 1, page.MinId ?? page.SinceId ?? -1), Math.Min(query.To, page.MaxId ?? long.MaxValue));
        var left = $"[{string.Join(',', query.Left.Select(stretch => $"[{stretch.From},{stretch.To}]"))}]";
        return c.Query($"""
            SELECT s.id FROM status_search CROSS JOIN statuses s ON s.id = status_search.rowid
            WHERE status_search MATCH {expression} AND status_search.rowid > {above} AND status_search.rowid < {below}
              AND NOT EXISTS (SELECT 1 FROM json_each({left}) x WHERE s.id >= x.value ->> 0 AND s.id < x.value ->> 1)
              AND (s.account_id = (SELECT id FROM accounts WHERE domain = '')
                OR ({Hidden.NotBlocked("s.account_id")} AND {Hidden.NotMuted("s.account_id", now)} AND {Hidden.NotSilenced("s.account_id")}))
            ORDER BY status_search.rowid DESC LIMIT {(long)page.Limit} OFFSET {(long)offset}
            """, r => r.Long());
    }
}
