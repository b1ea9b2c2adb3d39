using Calf.Store;

namespace Calf.Federation;

/// <summary>Which list of an account's. The numbers are stored.</summary>
public enum PeopleKind
{
    Followers = 0,
    Following = 1,
}

/// <summary>How far a list was read at its server.</summary>
/// <param name="NextPage">The page after the last one read; null at the end.</param>
public sealed record PeopleWalk(DateTimeOffset BeganAt, string? NextPage, DateTimeOffset? FailedAt);

/// <summary>One on such a list. <paramref name="AccountId"/>: null while it is not known here. <paramref name="Tried"/>: it was fetched in vain.</summary>
public sealed record ListedPerson(int Position, string Uri, bool Tried, long? AccountId);

/// <summary>Who follows accounts elsewhere and whom they follow, in the order in which their servers list them.</summary>
public static class RemotePeopleStore
{
    /// <summary>How long a list is kept that nobody looks at.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Lists removed at a time, with all that is on them.</summary>
    private const int RemovedAtOnce = 5;

    public static PeopleWalk? Walk(Connection c, long accountId, PeopleKind kind) =>
        c.Find($"SELECT began_at, next_page, failed_at FROM people_walks WHERE account_id = {accountId} AND kind = {kind}",
            r => new PeopleWalk(r.Time(), r.TextOrNull(), r.TimeOrNull()));

    /// <summary>Begins to read a list anew.</summary>
    /// <param name="address">Null for one that cannot be read.</param>
    public static void Begin(Connection c, long accountId, PeopleKind kind, string? address, DateTimeOffset now)
    {
        c.Execute($"DELETE FROM people_walks WHERE account_id = {accountId} AND kind = {kind}");
        c.Execute($"INSERT INTO people_walks (account_id, kind, began_at, next_page) VALUES ({accountId}, {kind}, {now}, {address})");
    }

    public static void Fail(Connection c, long accountId, PeopleKind kind, DateTimeOffset now) =>
        c.Execute($"UPDATE people_walks SET failed_at = {now} WHERE account_id = {accountId} AND kind = {kind}");

    /// <summary>Adds a page below what there is; who is listed twice stays where they were.</summary>
    public static void Add(Connection c, long accountId, PeopleKind kind, IEnumerable<string> uris, string? nextPage)
    {
        var position = Count(c, accountId, kind);
        foreach (var uri in uris)
            position += c.Execute($"INSERT OR IGNORE INTO people (account_id, kind, position, uri) VALUES ({accountId}, {kind}, {position + 1}, {uri})");
        c.Execute($"UPDATE people_walks SET next_page = {nextPage}, failed_at = NULL WHERE account_id = {accountId} AND kind = {kind}");
    }

    public static long Count(Connection c, long accountId, PeopleKind kind) =>
        c.Count($"SELECT max(position) FROM people WHERE account_id = {accountId} AND kind = {kind}");

    public static List<ListedPerson> Page(Connection c, long accountId, PeopleKind kind, long after, int limit) => c.Query($"""
        SELECT p.position, p.uri, p.tried, a.id FROM people p LEFT JOIN accounts a ON a.uri = p.uri
        WHERE p.account_id = {accountId} AND p.kind = {kind} AND p.position > {after} ORDER BY p.position LIMIT {(long)limit}
        """, r => new ListedPerson(r.Int(), r.Text(), r.Bool(), r.LongOrNull()));

    public static void Tried(Connection c, long accountId, PeopleKind kind, int position) =>
        c.Execute($"UPDATE people SET tried = 1 WHERE account_id = {accountId} AND kind = {kind} AND position = {(long)position}");

    /// <summary>Returns how many lists went.</summary>
    public static int RemoveOld(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM people_walks WHERE (account_id, kind) IN (SELECT account_id, kind FROM people_walks WHERE began_at < {before} ORDER BY began_at LIMIT {(long)RemovedAtOnce})
        """);
}
