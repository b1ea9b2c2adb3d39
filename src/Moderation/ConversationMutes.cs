using Calf.Statuses;
using Calf.Store;

namespace Calf.Moderation;

/// <summary>Threads of which the owner wants to hear no more. They are remembered by one post and cover what it answers and what answers it.</summary>
public static class ConversationMutes
{
    public static void Add(Connection c, long statusId, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO conversation_mutes (status_id, created_at) VALUES ({ThreadStore.Above(c, statusId)[^1]}, {now})");

    public static void Remove(Connection c, long statusId) => c.Execute($"DELETE FROM conversation_mutes WHERE status_id IN {ThreadStore.Above(c, statusId)}");

    public static bool Covers(Connection c, long statusId) =>
        c.Exists($"SELECT 1 FROM conversation_mutes WHERE status_id IN {ThreadStore.Above(c, statusId)}");

    /// <summary>Which of these statuses are in a muted thread.</summary>
    public static HashSet<long> Among(Connection c, IEnumerable<long> statusIds) => [.. c.Query($"""
        WITH RECURSIVE up (origin, id, depth) AS (
          SELECT value, value, 0 FROM {statusIds} WHERE EXISTS (SELECT 1 FROM conversation_mutes)
          UNION SELECT up.origin, s.in_reply_to_id, depth + 1 FROM statuses s JOIN up ON s.id = up.id
          WHERE s.in_reply_to_id IS NOT NULL AND depth < {(long)ThreadStore.MaxAbove})
        SELECT DISTINCT up.origin FROM up JOIN conversation_mutes m ON m.status_id = up.id
        """, r => r.Long())];
}
