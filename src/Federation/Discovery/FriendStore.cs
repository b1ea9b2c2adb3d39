using Calf.Store;

namespace Calf.Federation.Discovery;

/// <summary>Somebody whom those follow whom the owner follows. <paramref name="FollowedBy"/>: by how many of them.</summary>
public sealed record Friend(string Uri, int FollowedBy);

/// <summary>Whom those follow whom the owner follows, as far as their servers show it.</summary>
public static class FriendStore
{
    /// <summary>Of these many the accounts are fetched and suggested.</summary>
    public const int Max = 100;

    /// <summary>One follow alone says little.</summary>
    private const int Least = 2;

    /// <summary>Whom the owner follows and whose list was not read since then, the longest unread first; null when all were.</summary>
    public static long? NextToRead(Connection c, long ownerId, DateTimeOffset since) => c.FindValue($"""
        SELECT f.target_id FROM follows f LEFT JOIN people_walks w ON w.account_id = f.target_id AND w.kind = {PeopleKind.Following}
        WHERE f.account_id = {ownerId} AND f.accepted = 1 AND coalesce(w.began_at, 0) < {since} ORDER BY coalesce(w.began_at, 0), f.target_id LIMIT 1
        """, r => r.Long());

    /// <summary>Counts anew.</summary>
    public static List<Friend> Count(Connection c, long ownerId) => c.Query($"""
        SELECT p.uri, count(*) AS n FROM follows f CROSS JOIN people p ON p.account_id = f.target_id AND p.kind = {PeopleKind.Following}
        WHERE f.account_id = {ownerId} AND f.accepted = 1
          AND NOT EXISTS (SELECT 1 FROM accounts a JOIN follows o ON o.target_id = a.id AND o.account_id = {ownerId} WHERE a.uri = p.uri)
        GROUP BY p.uri HAVING n >= {(long)Least} ORDER BY n DESC, p.uri LIMIT {(long)Max}
        """, r => new Friend(r.Text(), r.Int()));

    public static void Replace(Connection c, IReadOnlyCollection<Friend> friends)
    {
        c.Execute($"DELETE FROM friends WHERE uri NOT IN {friends.Select(f => f.Uri)}");
        foreach (var f in friends)
            c.Execute($"INSERT INTO friends (uri, followed_by) VALUES ({f.Uri}, {f.FollowedBy}) ON CONFLICT (uri) DO UPDATE SET followed_by = excluded.followed_by");
    }

    /// <summary>Those of whom there is no account here and who were not fetched in vain since then.</summary>
    public static List<string> Unknown(Connection c, DateTimeOffset since, int limit) => c.Query($"""
        SELECT uri FROM friends t WHERE tried_at < {since} AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.uri = t.uri) ORDER BY followed_by DESC, uri LIMIT {(long)limit}
        """, r => r.Text());

    public static void Tried(Connection c, string uri, DateTimeOffset now) => c.Execute($"UPDATE friends SET tried_at = {now} WHERE uri = {uri}");
}
