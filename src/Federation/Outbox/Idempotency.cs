using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>
/// Remembers the <c>Idempotency-Key</c> of posts, so that an app that repeats a request does not post twice.
/// https://docs.joinmastodon.org/methods/statuses/#headers
/// </summary>
internal static class Idempotency
{
    /// <summary>How long the same key means the same post: Mastodon's hour.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public static Status? Find(Connection c, string key, DateTimeOffset now) => IdOf(c, key, now) is { } id ? StatusStore.Find(c, id) : null;

    /// <summary>The post for later that came with the key; null when none did, or when it is not waiting any more.</summary>
    public static ScheduledStatus? FindScheduled(Connection c, string key, DateTimeOffset now) =>
        IdOf(c, ForLater(key), now) is { } id ? ScheduledStore.Find(c, id) : null;

    public static void RememberScheduled(Connection c, string key, long scheduledId, DateTimeOffset now) => Remember(c, ForLater(key), scheduledId, now);

    public static void Remember(Connection c, string key, long statusId, DateTimeOffset now) => c.Execute($"""
        INSERT INTO idempotency_keys (key, status_id, created_at) VALUES ({key}, {statusId}, {now})
        ON CONFLICT (key) DO UPDATE SET status_id = excluded.status_id, created_at = excluded.created_at
        """);

    private static long? IdOf(Connection c, string key, DateTimeOffset now) =>
        c.FindValue($"SELECT status_id FROM idempotency_keys WHERE key = {key} AND created_at > {now - Kept}", r => r.Long());

    private static string ForLater(string key) => $"later:{key}";
}
