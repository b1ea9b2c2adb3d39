using Calf.Store;

namespace Calf.Moderation;

/// <summary>A muted account. <paramref name="Notifications"/>: its notifications are dropped as well.</summary>
public sealed record Mute(long TargetId, bool Notifications, DateTimeOffset? ExpiresAt);

/// <summary>Accounts that the owner does not want to see. They do not learn of it.</summary>
public static class MuteStore
{
    public static void Save(Connection c, Mute mute, DateTimeOffset now) => c.Execute($"""
        INSERT INTO mutes (target_id, notifications, expires_at, created_at)
        VALUES ({mute.TargetId}, {mute.Notifications}, {mute.ExpiresAt}, {now})
        ON CONFLICT (target_id) DO UPDATE SET notifications = excluded.notifications, expires_at = excluded.expires_at
        """);

    public static void Remove(Connection c, long targetId) => c.Execute($"DELETE FROM mutes WHERE target_id = {targetId}");

    /// <summary>The mute that is in force now.</summary>
    public static Mute? Find(Connection c, long targetId, DateTimeOffset now) =>
        c.Find($"SELECT target_id, notifications, expires_at FROM mutes WHERE target_id = {targetId} AND coalesce(expires_at, {long.MaxValue}) > {now}", Read);

    public static Dictionary<long, Mute> Among(Connection c, IEnumerable<long> targetIds, DateTimeOffset now) =>
        c.Query($"SELECT target_id, notifications, expires_at FROM mutes WHERE target_id IN {targetIds} AND coalesce(expires_at, {long.MaxValue}) > {now}", Read)
            .ToDictionary(m => m.TargetId);

    public static List<long> All(Connection c, Paging page, DateTimeOffset now) =>
        page.NewestFirst(c.Query($"SELECT target_id FROM mutes WHERE coalesce(expires_at, {long.MaxValue}) > {now} AND {page.On("target_id")}", r => r.Long()));

    private static Mute Read(Row r) => new(r.Long(), r.Bool(), r.TimeOrNull());
}
