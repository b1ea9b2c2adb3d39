using Calf.Store;

namespace Calf.Federation;

/// <summary>How far the outbox of an account was read for its profile.</summary>
/// <param name="LookedAt">When its newest pages were last asked for.</param>
/// <param name="NextPage">The page after the last one read; null at the end.</param>
/// <param name="NewestAt">From here back to <paramref name="OldestAt"/> every page was read; null before any was.</param>
/// <param name="FailedAt">When its server last gave no page.</param>
public sealed record OutboxWalk(
    long AccountId, DateTimeOffset LookedAt, string? NextPage, DateTimeOffset? NewestAt, DateTimeOffset? OldestAt, DateTimeOffset? FailedAt);

public static class OutboxWalkStore
{
    private const string Columns = "account_id, looked_at, next_page, newest_at, oldest_at, failed_at";

    public static OutboxWalk? Find(Connection c, long accountId) =>
        c.Find($"SELECT {Columns:raw} FROM outbox_walks WHERE account_id = {accountId}",
            r => new OutboxWalk(r.Long(), r.Time(), r.TextOrNull(), r.TimeOrNull(), r.TimeOrNull(), r.TimeOrNull()));

    public static void Save(Connection c, OutboxWalk w) => c.Execute($"""
        INSERT OR REPLACE INTO outbox_walks ({Columns:raw}) VALUES ({w.AccountId}, {w.LookedAt}, {w.NextPage}, {w.NewestAt}, {w.OldestAt}, {w.FailedAt})
        """);
}
