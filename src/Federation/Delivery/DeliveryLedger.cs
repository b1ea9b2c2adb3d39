using Calf.Events;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>How a post fares on one server.</summary>
/// <param name="State">Waiting if anything of the post (itself, an edit) still waits; else refused if anything was refused.</param>
/// <param name="Error">Why the last attempt failed, such as <c>answered 503</c>; null when all is well.</param>
/// <param name="NextAt">While waiting: when it is tried next; a time past means now.</param>
public sealed record HostDelivery(
    string Host, DeliveryState State, int Attempts, string? Error, DateTimeOffset? LastAt, DateTimeOffset? NextAt);

/// <summary>How many servers have a post, and what of the others.</summary>
public sealed record StatusDeliveries(int Delivered, int Waiting, int Refused, IReadOnlyList<HostDelivery> Hosts);

/// <param name="ParkedHosts">Servers that have been failing for a week.</param>
public sealed record QueueTotals(long Delivered, long Waiting, long Refused, long ParkedHosts);

/// <summary>The table of deliveries as the author of a post reads it: who has received it, who has not, and why.</summary>
public sealed class DeliveryLedger(EventHub events, TimeProvider time)
{
    /// <summary>Of a post with its edits, or a boost; servers with trouble first.</summary>
    public static StatusDeliveries Of(Connection c, long statusId) => Sum(c, statusId, Sql.Of($"TRUE"));

    /// <summary>Of the word that a post or boost is gone.</summary>
    public static StatusDeliveries OfDeletion(Connection c, long statusId) => Sum(c, statusId, Sql.Of($"o.type IN ('Delete', 'Undo')"));

    private static StatusDeliveries Sum(Connection c, long statusId, Sql which)
    {
        var hosts = c.Query($"""
            SELECT d.host, d.state, d.attempts, d.last_error, d.last_at, l.due_at
            FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id
            LEFT JOIN lanes l ON d.state = {DeliveryState.Waiting} AND l.inbox = d.inbox
            WHERE o.status_id = {statusId} AND {which} ORDER BY d.id
            """, Read).GroupBy(d => d.Host).Select(Sum).ToList();
        return new StatusDeliveries(
            hosts.Count(h => h.State == DeliveryState.Delivered),
            hosts.Count(h => h.State == DeliveryState.Waiting),
            hosts.Count(h => h.State == DeliveryState.Refused),
            [.. hosts.OrderBy(h => h.State switch { DeliveryState.Refused => 0, DeliveryState.Waiting => 1, _ => 2 }).ThenBy(h => h.Host, StringComparer.Ordinal)]);
    }

    /// <summary>Whether it is a post or boost of the owner's, or was one that others have been told of.</summary>
    public static bool IsOwn(Connection c, long statusId) => c.Exists($"SELECT 1 FROM statuses s JOIN accounts a ON a.id = s.account_id WHERE s.id = {statusId} AND a.domain = ''")
        || (c.Exists($"SELECT 1 FROM outgoing WHERE status_id = {statusId}") && !c.Exists($"SELECT 1 FROM statuses WHERE id = {statusId}"));

    public static QueueTotals Totals(Connection c)
    {
        var states = c.Query($"SELECT state, count(*) FROM deliveries GROUP BY state", r => (State: (DeliveryState)r.Int(), Count: r.Long()))
            .ToDictionary(s => s.State, s => s.Count);
        return new QueueTotals(
            states.GetValueOrDefault(DeliveryState.Delivered), states.GetValueOrDefault(DeliveryState.Waiting),
            states.GetValueOrDefault(DeliveryState.Refused), c.Count($"SELECT count(*) FROM hosts WHERE parked_at IS NOT NULL"));
    }

    /// <summary>Tries again now what a server has not got of the post, with all tries before it.</summary>
    /// <param name="host">Null: all servers.</param>
    /// <returns>How many deliveries are put back; 0 when there is nothing to send again.</returns>
    public int Retry(Connection c, long statusId, string? host)
    {
        var now = time.GetUtcNow();
        var open = c.Query($"""
            SELECT d.id FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id
            WHERE o.status_id = {statusId} AND ({host is null} OR d.host = {host}) AND d.state != {DeliveryState.Delivered}
            """, r => r.Long());
        if (open.Count == 0) return 0;
        c.Execute($"UPDATE deliveries SET state = {DeliveryState.Waiting}, attempts = 0 WHERE id IN {open}");
        c.Execute($"""
            INSERT INTO lanes (inbox, host, due_at) SELECT DISTINCT inbox, host, {now} FROM deliveries WHERE id IN {open}
            ON CONFLICT (inbox) DO UPDATE SET due_at = excluded.due_at
            """);
        c.AfterCommit(() =>
        {
            events.Publish(new DeliveryChanged(statusId));
            events.Publish(new DeliveriesQueued());
        });
        return open.Count;
    }

    private static HostDelivery Read(Row r) =>
        new(r.Text(), (DeliveryState)r.Int(), r.Int(), r.TextOrNull(), r.TimeOrNull(), r.TimeOrNull());

    private static HostDelivery Sum(IGrouping<string, HostDelivery> rows)
    {
        var state = rows.Any(d => d.State == DeliveryState.Waiting) ? DeliveryState.Waiting
            : rows.Any(d => d.State == DeliveryState.Refused) ? DeliveryState.Refused
            : DeliveryState.Delivered;
        return new HostDelivery(
            rows.Key, state, rows.Max(d => d.Attempts), rows.LastOrDefault(d => d.State == state && d.Error is not null)?.Error,
            rows.Max(d => d.LastAt), rows.Min(d => d.NextAt));
    }
}
