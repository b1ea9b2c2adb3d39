using Calf.Moderation;
using Calf.Store;

namespace Calf.Interactions;

/// <summary>Statuses pinned to a profile, the owner's and those of others alike.</summary>
public static class PinStore
{
    public static void Add(Connection c, long statusId, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO pins (status_id, created_at) VALUES ({statusId}, {now})");

    public static bool Remove(Connection c, long statusId) => c.Execute($"DELETE FROM pins WHERE status_id = {statusId}") > 0;

    /// <summary>These and no others, the first one first.</summary>
    public static void Replace(Connection c, long accountId, IReadOnlyList<long> statusIds, DateTimeOffset now)
    {
        c.Execute($"DELETE FROM pins WHERE status_id IN (SELECT id FROM statuses WHERE account_id = {accountId})");
        for (var i = 0; i < statusIds.Count; i++) Add(c, statusIds[i], now.AddMilliseconds(-i));
    }

    /// <summary>Latest pin first.</summary>
    public static List<long> Of(Connection c, long accountId) =>
        c.Query($"SELECT p.status_id FROM pins p JOIN statuses s ON s.id = p.status_id WHERE s.account_id = {accountId} AND {Hidden.NotBlocked("s.account_id")} ORDER BY p.created_at DESC", r => r.Long());
}
