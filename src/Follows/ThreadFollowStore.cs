using Calf.Statuses;
using Calf.Store;

namespace Calf.Follows;

/// <summary>
/// Threads of whose new replies the owner wants to be told. They are remembered by their first post that is here, and by the conversation
/// that it names, so that a reply counts whose parent has not come.
/// </summary>
public static class ThreadFollowStore
{
    public static void Add(Connection c, long statusId, DateTimeOffset now)
    {
        var root = ThreadStore.Above(c, statusId)[^1];
        c.Execute($"""
            INSERT OR IGNORE INTO thread_follows (status_id, conversation, created_at)
            SELECT id, coalesce(conversation, uri), {now} FROM statuses WHERE id = {root}
            """);
    }

    public static void Remove(Connection c, long statusId)
    {
        var above = ThreadStore.Above(c, statusId);
        c.Execute($"DELETE FROM thread_follows WHERE status_id IN {above}");
        c.Execute($"DELETE FROM thread_follows WHERE conversation IN (SELECT conversation FROM statuses WHERE id IN {above})");
    }

    /// <summary>Since when the owner follows the thread that a stored post is in; null when they do not.</summary>
    public static DateTimeOffset? Since(Connection c, Status status) =>
        c.FindValue($"SELECT created_at FROM thread_follows WHERE conversation = {status.Conversation} ORDER BY created_at LIMIT 1", r => r.Time())
        ?? c.FindValue($"SELECT created_at FROM thread_follows WHERE status_id IN {ThreadStore.Above(c, status.Id)} ORDER BY created_at LIMIT 1", r => r.Time());

    /// <summary>Which of these statuses are in a followed thread.</summary>
    public static HashSet<long> Among(Connection c, IEnumerable<long> statusIds) => [.. c.Query($"""
        WITH RECURSIVE up (origin, id, depth) AS (
          SELECT value, value, 0 FROM {statusIds} WHERE EXISTS (SELECT 1 FROM thread_follows)
          UNION SELECT up.origin, s.in_reply_to_id, depth + 1 FROM statuses s JOIN up ON s.id = up.id
          WHERE s.in_reply_to_id IS NOT NULL AND depth < {(long)ThreadStore.MaxAbove})
        SELECT DISTINCT up.origin FROM up CROSS JOIN statuses s ON s.id = up.id
        WHERE EXISTS (SELECT 1 FROM thread_follows f WHERE f.status_id = up.id)
           OR EXISTS (SELECT 1 FROM thread_follows f WHERE f.conversation = s.conversation)
        """, r => r.Long())];
}
