using Calf.Moderation;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>A status within its conversation.</summary>
public static class ThreadStore
{
    /// <summary>Mastodon's limits for a signed-in reader.</summary>
    public const int MaxAncestors = 4096;

    public const int MaxDescendants = 4096;

    /// <summary>How far up a thread is looked for its beginning.</summary>
    public const int MaxAbove = 200;

    /// <summary>The ids of the status and of all that it answers and is here, the nearest first.</summary>
    public static List<long> Above(Connection c, long statusId) => c.Query($"""
        WITH RECURSIVE up (id, depth) AS (
          SELECT {statusId}, 0 UNION SELECT s.in_reply_to_id, depth + 1 FROM statuses s JOIN up ON s.id = up.id
          WHERE s.in_reply_to_id IS NOT NULL AND depth < {(long)MaxAbove})
        SELECT id FROM up ORDER BY depth
        """, r => r.Long());

    /// <summary>What it answers, the beginning of the thread first; the nearest ones when there are more.</summary>
    public static List<Status> Ancestors(Connection c, Status status, int limit = MaxAncestors) => c.Query($"""
        WITH RECURSIVE up (id, parent, depth) AS (
          SELECT id, in_reply_to_id, 0 FROM statuses WHERE id = {status.InReplyToId ?? 0}
          UNION SELECT s.id, s.in_reply_to_id, depth + 1 FROM statuses s JOIN up ON s.id = up.parent WHERE depth < {limit - 1L})
        SELECT {StatusStore.Columns:raw} FROM statuses JOIN (SELECT id AS up_id, min(depth) AS depth FROM up GROUP BY id) ON up_id = id
        WHERE id != {status.Id} ORDER BY depth DESC
        """, StatusStore.Read);

    /// <summary>The replies below it, each branch in the order it was written.</summary>
    /// <param name="depth">How many steps down.</param>
    public static List<Status> Descendants(Connection c, Status status, int limit = MaxDescendants, int depth = MaxDescendants)
    {
        var below = c.Query($"""
            WITH RECURSIVE down (id, parent, depth) AS (
              SELECT id, in_reply_to_id, 1 FROM statuses WHERE in_reply_to_id = {status.Id}
              UNION SELECT s.id, s.in_reply_to_id, depth + 1 FROM statuses s JOIN down ON s.in_reply_to_id = down.id WHERE depth < {(long)depth} LIMIT {(long)MaxDescendants})
            SELECT id, parent FROM down
            """, r => (Id: r.Long(), Parent: r.Long()));
        return StatusStore.FindInOrder(c, InBranches(status.Id, below.ToLookup(b => b.Parent, b => b.Id), limit));
    }

    /// <summary>Two posts can each claim to answer the other, so what was seen is not seen again.</summary>
    private static List<long> InBranches(long root, ILookup<long, long> replies, int limit)
    {
        var order = new List<long>();
        HashSet<long> seen = [root];
        var next = new Stack<long>(replies[root].OrderDescending());
        while (order.Count < limit && next.TryPop(out var id))
        {
            if (!seen.Add(id)) continue;
            order.Add(id);
            foreach (var reply in replies[id].OrderDescending()) next.Push(reply);
        }
        return order;
    }

    /// <summary>The groups that somebody follows and that passed on this post or one that it answers, however far up (FEP-1b12).</summary>
    public static List<long> GroupsOf(Connection c, Status status, long followerId)
    {
        var thread = Ancestors(c, status).Select(s => s.Id).Append(status.Id);
        return c.Query($"""
            SELECT DISTINCT a.id FROM statuses b CROSS JOIN accounts a ON a.id = b.account_id AND a.type = 'Group'
            CROSS JOIN follows f ON f.account_id = {followerId} AND f.target_id = a.id AND f.accepted = 1
            WHERE b.boost_of_id IN {thread} ORDER BY a.id
            """, r => r.Long());
    }

    /// <summary>Direct replies in the order they were written; for the replies collection, where the blocked and the silenced have no place.</summary>
    public static List<Status> Replies(Connection c, long statusId, Paging page) =>
        c.Query($"SELECT {StatusStore.Columns:raw} FROM statuses WHERE in_reply_to_id = {statusId} AND visibility <= 1 AND {Hidden.NotBlocked("statuses.account_id")} AND {Hidden.NotSilenced("statuses.account_id")} AND {page.On("id")}", StatusStore.Read);
}
