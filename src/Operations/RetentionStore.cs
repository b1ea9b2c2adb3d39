using Calf.Store;

namespace Calf.Operations;

/// <summary>Which posts of others the owner has nothing to do with.</summary>
internal static class RetentionStore
{
    /// <summary>As much of a thread as is looked through for the owner.</summary>
    private const int MaxThread = 5000;

    /// <summary>The next ids after one, of posts before a time, the first ones first.</summary>
    public static List<long> Next(Connection c, long after, DateTimeOffset before, int limit) =>
        c.Query($"SELECT id FROM statuses WHERE id > {after} AND id < {Ids.FloorOf(before)} ORDER BY id LIMIT {(long)limit}", r => r.Long());

    /// <summary>
    /// Of these, the ones that may go. Kept is what came lately, however old it is; what the owner wrote, bookmarked, favourited, boosted,
    /// quoted or voted in; what mentions the owner or is in a thread with the owner or in one that the owner follows; what somebody boosted
    /// lately; what those whom the owner follows have pinned.
    /// </summary>
    public static List<long> Expendable(Connection c, long ownerId, IReadOnlyCollection<long> ids, DateTimeOffset before)
    {
        var untouched = c.Query($"""
            SELECT s.id FROM statuses s
            WHERE s.id IN {ids} AND s.account_id != {ownerId} AND s.stored_at < {before}
              AND NOT EXISTS (SELECT 1 FROM bookmarks b WHERE b.status_id = s.id)
              AND NOT EXISTS (SELECT 1 FROM favourites f WHERE f.status_id = s.id AND f.account_id = {ownerId})
              AND NOT EXISTS (SELECT 1 FROM poll_votes v WHERE v.status_id = s.id AND v.account_id = {ownerId})
              AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = {ownerId})
              AND NOT EXISTS (SELECT 1 FROM statuses b WHERE b.boost_of_id = s.id AND (b.account_id = {ownerId} OR b.created_at >= {before} OR b.stored_at >= {before}))
              AND NOT EXISTS (SELECT 1 FROM statuses o WHERE o.id = s.boost_of_id AND o.account_id = {ownerId})
              AND NOT EXISTS (SELECT 1 FROM quotes q JOIN statuses o ON o.id = q.status_id WHERE q.quoted_id = s.id AND o.account_id = {ownerId})
              AND NOT EXISTS (SELECT 1 FROM pins p JOIN follows f ON f.account_id = {ownerId} AND f.target_id = s.account_id WHERE p.status_id = s.id)
            """, r => r.Long());
        untouched.RemoveAll(id => InThreadWith(c, ownerId, id));
        return untouched;
    }

    private static bool InThreadWith(Connection c, long ownerId, long id) => c.Exists($"""
        WITH RECURSIVE up (id, parent, depth) AS (
            SELECT id, in_reply_to_id, 0 FROM statuses WHERE id = {id}
            UNION SELECT s.id, s.in_reply_to_id, depth + 1 FROM up JOIN statuses s ON s.id = up.parent LIMIT {(long)MaxThread}),
          down (id) AS (
            SELECT id FROM (SELECT id FROM up ORDER BY depth DESC LIMIT 1)
            UNION SELECT s.id FROM down JOIN statuses s ON s.in_reply_to_id = down.id LIMIT {(long)MaxThread})
        SELECT 1 FROM down JOIN statuses s ON s.id = down.id
        WHERE s.account_id = {ownerId} OR EXISTS (SELECT 1 FROM thread_follows f WHERE f.status_id = s.id)
        """);
}
