using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>An inbox whose oldest waiting delivery may go out.</summary>
/// <param name="HostFailing">Its host failed before: this one is the probe.</param>
internal sealed record Lane(string Inbox, string Host, bool HostFailing, long DeliveryId, long OutgoingId, int Attempts);

internal static class LaneStore
{
    /// <summary>Lanes that are due, each with its oldest delivery; of a failing host only the first (wire 113).</summary>
    public static List<Lane> Due(Connection c, DateTimeOffset now, int limit) =>
        c.Query($"""
            SELECT l.inbox, l.host, coalesce(h.failures, 0) > 0, d.id, d.outgoing_id, d.attempts
            FROM lanes l LEFT JOIN hosts h ON h.host = l.host
            JOIN deliveries d ON d.id = (SELECT min(id) FROM deliveries WHERE inbox = l.inbox AND state = 0)
            WHERE l.due_at <= {now} AND (coalesce(h.failures, 0) = 0
              OR l.inbox = (SELECT inbox FROM lanes WHERE host = l.host AND due_at <= {now} ORDER BY due_at, inbox LIMIT 1))
            ORDER BY l.due_at LIMIT {limit}
            """, r => new Lane(r.Text(), r.Text(), r.Bool(), r.Long(), r.Long(), r.Int()));

    /// <summary>When the next lane becomes due that is not due yet.</summary>
    public static DateTimeOffset? NextDue(Connection c, DateTimeOffset now) =>
        c.Count($"SELECT min(due_at) FROM lanes WHERE due_at > {now}") is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Writes the result of an attempt; one that was taken out of the queue meanwhile stays as it is.</summary>
    public static void Finish(Connection c, Lane lane, DeliveryState state, string? error, DateTimeOffset now) =>
        c.Execute($"""
            UPDATE deliveries SET state = {state}, attempts = attempts + 1, last_at = {now}, last_error = {error}
            WHERE id = {lane.DeliveryId} AND state = 0
            """);

    /// <summary>The lane with its next delivery; null, and the lane is gone, when nothing waits in it.</summary>
    public static Lane? Advance(Connection c, Lane lane, DateTimeOffset due)
    {
        var next = c.Find(
            $"SELECT id, outgoing_id, attempts FROM deliveries WHERE inbox = {lane.Inbox} AND state = 0 ORDER BY id LIMIT 1",
            r => lane with { DeliveryId = r.Long(), OutgoingId = r.Long(), Attempts = r.Int(), HostFailing = false });
        if (next is null) c.Execute($"DELETE FROM lanes WHERE inbox = {lane.Inbox}");
        else Hold(c, lane.Inbox, due);
        return next;
    }

    public static void Hold(Connection c, string inbox, DateTimeOffset due) =>
        c.Execute($"UPDATE lanes SET due_at = {due} WHERE inbox = {inbox}");

    public static void RefuseInbox(Connection c, string inbox, string reason)
    {
        c.Execute($"UPDATE deliveries SET state = {DeliveryState.Refused}, last_error = {reason} WHERE inbox = {inbox} AND state = 0");
        c.Execute($"DELETE FROM lanes WHERE inbox = {inbox}");
    }

    public static void RefuseHost(Connection c, string host, string reason)
    {
        c.Execute($"""
            UPDATE deliveries SET state = {DeliveryState.Refused}, last_error = {reason}
            WHERE inbox IN (SELECT inbox FROM lanes WHERE host = {host}) AND state = 0
            """);
        c.Execute($"DELETE FROM lanes WHERE host = {host}");
    }

    public static int RefuseOld(Connection c, DateTimeOffset before, string reason)
    {
        var refused = c.Execute($"""
            UPDATE deliveries SET state = {DeliveryState.Refused}, last_error = {reason}
            WHERE state = 0 AND outgoing_id IN (SELECT id FROM outgoing WHERE created_at < {before})
            """);
        if (refused > 0)
            c.Execute($"DELETE FROM lanes WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.inbox = lanes.inbox AND d.state = 0)");
        return refused;
    }
}
