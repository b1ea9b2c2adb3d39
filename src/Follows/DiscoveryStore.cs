using Calf.Moderation;
using Calf.Store;

namespace Calf.Follows;

/// <summary>Accounts that the owner may want to know, from what this server has seen.</summary>
public static class DiscoveryStore
{
    /// <summary>How much of home is looked at for who is boosted there.</summary>
    private const int LookedAt = 1000;

    /// <summary>Whom those boost whom the owner follows, most of them first; without the followed, asked, hidden and dismissed.</summary>
    public static List<long> BoostedByFollowed(Connection c, long ownerId, int limit, DateTimeOffset now) => c.Query($"""
        SELECT b.account_id FROM (SELECT status_id FROM home ORDER BY status_id DESC LIMIT {(long)LookedAt}) h
        CROSS JOIN statuses s ON s.id = h.status_id CROSS JOIN statuses b ON b.id = s.boost_of_id CROSS JOIN accounts a ON a.id = b.account_id
        WHERE s.account_id != {ownerId} AND {Wanted("a.id", ownerId, now)}
        GROUP BY b.account_id ORDER BY count(DISTINCT s.account_id) DESC, b.account_id DESC LIMIT {(long)limit}
        """, r => r.Long());

    /// <summary>Whom those follow whom the owner follows, the most followed first; without the followed, asked, hidden and dismissed.</summary>
    public static List<long> FollowedByFollowed(Connection c, long ownerId, int limit, DateTimeOffset now) => c.Query($"""
        SELECT a.id FROM friends t CROSS JOIN accounts a ON a.uri = t.uri
        WHERE {Wanted("a.id", ownerId, now)} ORDER BY t.followed_by DESC, a.id DESC LIMIT {(long)limit}
        """, r => r.Long());

    /// <summary>Who follows the owner without being followed, the newest first.</summary>
    public static List<long> FollowersNotFollowed(Connection c, long ownerId, int limit, DateTimeOffset now) => c.Query($"""
        SELECT a.id FROM follows f CROSS JOIN accounts a ON a.id = f.account_id
        WHERE f.target_id = {ownerId} AND f.accepted = 1 AND {Wanted("a.id", ownerId, now)} ORDER BY f.created_at DESC LIMIT {(long)limit}
        """, r => r.Long());

    public static void Dismiss(Connection c, long accountId) => c.Execute($"INSERT OR IGNORE INTO dismissed_suggestions (account_id) VALUES ({accountId})");

    /// <summary>Accounts that want to be found, by their last post or by when they came to be known here.</summary>
    public static List<long> Directory(Connection c, bool byNewest, bool local, int limit, int offset, DateTimeOffset now) => byNewest
        ? c.Query($"""
            SELECT a.id FROM accounts a WHERE a.discoverable = 1 AND a.moved_to_uri IS NULL AND (NOT {local} OR a.domain = '') AND {Shown("a.id", now)}
            ORDER BY a.id DESC LIMIT {(long)limit} OFFSET {(long)offset}
            """, r => r.Long())
        : c.Query($"""
            SELECT a.id FROM accounts a WHERE a.discoverable = 1 AND a.last_status_at > 0 AND a.moved_to_uri IS NULL AND (NOT {local} OR a.domain = '') AND {Shown("a.id", now)}
            ORDER BY a.last_status_at DESC LIMIT {(long)limit} OFFSET {(long)offset}
            """, r => r.Long());

    /// <summary>By account, those whom the owner follows and who are known to follow it.</summary>
    public static ILookup<long, long> FamiliarFollowers(Connection c, long ownerId, IReadOnlyCollection<long> accountIds) => c.Query($"""
        SELECT f.target_id, f.account_id FROM follows f WHERE f.target_id IN {accountIds} AND f.accepted = 1
          AND EXISTS (SELECT 1 FROM follows o WHERE o.account_id = {ownerId} AND o.target_id = f.account_id AND o.accepted = 1)
        ORDER BY f.account_id DESC
        """, r => (Target: r.Long(), Account: r.Long())).ToLookup(f => f.Target, f => f.Account);

    private static Sql Wanted(string account, long ownerId, DateTimeOffset now) => Sql.Of($"""
        a.discoverable = 1 AND a.moved_to_uri IS NULL AND a.id != {ownerId} AND {Shown(account, now)}
        AND NOT EXISTS (SELECT 1 FROM follows o WHERE o.account_id = {ownerId} AND o.target_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM dismissed_suggestions d WHERE d.account_id = a.id)
        """);

    private static Sql Shown(string account, DateTimeOffset now) =>
        Sql.Of($"a.gone_at IS NULL AND {Hidden.NotBlocked(account)} AND {Hidden.NotMuted(account, now)} AND {Hidden.NotLimited(account)}");
}
