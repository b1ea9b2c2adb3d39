using System.Globalization;
using Calf.ActivityPub;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Gaps;

/// <summary>A time in which this server was away.</summary>
/// <param name="ThreadsAt">When the owner's threads were asked for; null before.</param>
/// <param name="FinishedAt">Null while what was missed is still looked for.</param>
public sealed record Gap(long Id, DateTimeOffset From, DateTimeOffset To, DateTimeOffset? ThreadsAt, DateTimeOffset? FinishedAt);

/// <summary>The numbers are stored.</summary>
public enum GapWalkState
{
    Waiting = 0,
    Done = 1,
    Unanswered = 2,
    Refused = 3,

    /// <summary>There was more than is fetched.</summary>
    Cut = 4,
}

/// <summary>How far the outbox of one account was read for a gap.</summary>
public sealed record GapWalk(long AccountId, string Host, string? NextPage, int Pages, int Posts, int Tries, DateTimeOffset TriedAt);

/// <summary>The tables of what was missed.</summary>
public static class GapStore
{
    /// <summary>Gaps removed at a time, with all their rows.</summary>
    private const int RemovedAtOnce = 5;

    private const string Columns = "id, from_at, to_at, threads_at, finished_at";

    /// <summary>Begins one, with every account that the owner follows.</summary>
    public static void Add(Connection c, long id, DateTimeOffset from, DateTimeOffset to, long ownerId)
    {
        c.Execute($"INSERT INTO gaps (id, from_at, to_at) VALUES ({id}, {from}, {to})");
        var followed = c.Query($"""
            SELECT a.id, a.uri FROM follows f CROSS JOIN accounts a ON a.id = f.target_id
            WHERE f.account_id = {ownerId} AND f.accepted = 1 AND a.domain != '' AND a.gone_at IS NULL AND a.domain_severity != {DomainSeverity.Block}
            """, r => (Id: r.Long(), Uri: r.Text()));
        foreach (var (account, uri) in followed)
            c.Execute($"INSERT INTO gap_walks (gap_id, account_id, host) VALUES ({id}, {account}, {Origin.HostOf(uri) ?? ""})");
    }

    /// <summary>The first one that is not finished.</summary>
    public static Gap? Open(Connection c) => c.Find($"SELECT {Columns:raw} FROM gaps WHERE finished_at IS NULL ORDER BY id LIMIT 1", Read);

    public static Gap? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM gaps WHERE id = {id}", Read);

    public static List<Gap> Latest(Connection c, int limit) => c.Query($"SELECT {Columns:raw} FROM gaps ORDER BY id DESC LIMIT {(long)limit}", Read);

    public static void AskedThreads(Connection c, long id, DateTimeOffset now) => c.Execute($"UPDATE gaps SET threads_at = {now} WHERE id = {id}");

    public static void Finish(Connection c, long id, DateTimeOffset now) => c.Execute($"UPDATE gaps SET finished_at = {now} WHERE id = {id}");

    /// <summary>Of each host that has something due the account that was longest not asked for.</summary>
    public static List<GapWalk> Due(Connection c, long gapId, DateTimeOffset now) => c.Query($"""
        SELECT account_id, host, next_page, pages, posts, tries, min(tried_at) FROM gap_walks
        WHERE gap_id = {gapId} AND state = {GapWalkState.Waiting} AND due_at <= {now} GROUP BY host
        """, r => new GapWalk(r.Long(), r.Text(), r.TextOrNull(), r.Int(), r.Int(), r.Int(), r.Time()));

    public static bool Waits(Connection c, long gapId) => c.Exists($"SELECT 1 FROM gap_walks WHERE gap_id = {gapId} AND state = {GapWalkState.Waiting} LIMIT 1");

    /// <summary>A page was read.</summary>
    public static void Went(Connection c, long gapId, long accountId, GapWalkState state, string? nextPage, int posts, int missed, string? reason, DateTimeOffset now) => c.Execute($"""
        UPDATE gap_walks SET state = {state}, next_page = {nextPage}, pages = pages + 1, posts = posts + {(long)posts}, missed = missed + {(long)missed},
          tries = 0, tried_at = {now}, reason = {reason}
        WHERE gap_id = {gapId} AND account_id = {accountId}
        """);

    public static void End(Connection c, long gapId, long accountId, GapWalkState state, string? reason) =>
        c.Execute($"UPDATE gap_walks SET state = {state}, reason = {reason} WHERE gap_id = {gapId} AND account_id = {accountId}");

    /// <summary>Ends everything that waits.</summary>
    public static void EndAll(Connection c, long gapId, GapWalkState state, string reason) =>
        c.Execute($"UPDATE gap_walks SET state = {state}, reason = {reason} WHERE gap_id = {gapId} AND state = {GapWalkState.Waiting}");

    /// <summary>
    /// Its server gave no answer. When it never gave one, the other accounts there wait as well, and the next try is another's; else only this one does.
    /// </summary>
    /// <param name="again">When to try again; null to give up.</param>
    public static void Failed(Connection c, long gapId, GapWalk walk, string reason, DateTimeOffset now, DateTimeOffset? again)
    {
        c.Execute($"UPDATE gap_walks SET tried_at = {now} WHERE gap_id = {gapId} AND account_id = {walk.AccountId}");
        var answered = c.Exists($"SELECT 1 FROM gap_walks WHERE gap_id = {gapId} AND host = {walk.Host} AND pages > 0 AND state IN (0, 1, 2, 3, 4)");
        var state = again is null ? GapWalkState.Unanswered : GapWalkState.Waiting;
        c.Execute($"""
            UPDATE gap_walks SET state = {state}, tries = tries + 1, due_at = {again ?? now}, reason = {reason}
            WHERE gap_id = {gapId} AND state = {GapWalkState.Waiting} AND host = {walk.Host} AND (NOT {answered} OR account_id = {walk.AccountId})
            """);
    }

    /// <summary>What waits to be put home, the first ones first.</summary>
    public static List<(long StatusId, bool Known)> Pending(Connection c, long gapId, int limit) =>
        c.Query($"SELECT status_id, known FROM gap_posts WHERE gap_id = {gapId} ORDER BY status_id LIMIT {(long)limit}", r => (r.Long(), r.Bool()));

    public static void AddPending(Connection c, long gapId, long statusId, bool known) =>
        c.Execute($"INSERT OR IGNORE INTO gap_posts (status_id, gap_id, known) VALUES ({statusId}, {gapId}, {known})");

    public static void RemovePending(Connection c, long statusId) => c.Execute($"DELETE FROM gap_posts WHERE status_id = {statusId}");

    public static void Recovered(Connection c, long gapId, long accountId) =>
        c.Execute($"UPDATE gap_walks SET posts = posts + 1 WHERE gap_id = {gapId} AND account_id = {accountId}");

    /// <summary>Posts in the gap that name the owner, came here since it ended, and of which the owner was not told.</summary>
    public static List<long> Untold(Connection c, Gap gap, long ownerId) => c.Query($"""
        SELECT m.status_id FROM mentions m CROSS JOIN statuses s ON s.id = m.status_id
        WHERE m.account_id = {ownerId} AND m.silent = 0 AND m.status_id >= {Ids.FloorOf(gap.From)} AND m.status_id < {Ids.FloorOf(gap.To)}
          AND s.stored_at >= {gap.To} AND s.account_id != {ownerId} AND s.boost_of_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.status_id = m.status_id AND n.type = 'mention')
        ORDER BY m.status_id
        """, r => r.Long());

    /// <summary>What the owner answered since a time, the newest first.</summary>
    public static List<long> OwnAnswers(Connection c, long ownerId, DateTimeOffset since, int limit) => c.Query($"""
        SELECT id FROM statuses WHERE account_id = {ownerId} AND id >= {Ids.FloorOf(since)} AND in_reply_to_id IS NOT NULL ORDER BY id DESC LIMIT {(long)limit}
        """, r => r.Long());

    /// <summary>Returns how many went.</summary>
    public static int RemoveOld(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM gaps WHERE id IN (SELECT id FROM gaps WHERE id < {Ids.FloorOf(before)} ORDER BY id LIMIT {(long)RemovedAtOnce})
        """);

    public static DateTimeOffset? LastAlive(Connection c) =>
        long.TryParse(Meta.Get(c, Meta.AliveAt), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public static void SetAlive(Connection c, DateTimeOffset now) =>
        Meta.Set(c, Meta.AliveAt, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    private static Gap Read(Row r) => new(r.Long(), r.Time(), r.Time(), r.TimeOrNull(), r.TimeOrNull());
}
