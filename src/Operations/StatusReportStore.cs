using Calf.Federation.Delivery;
using Calf.Federation.Inbox;
using Calf.Store;

namespace Calf.Operations;

/// <summary>The counts of <see cref="StatusReport"/>.</summary>
internal static class StatusReportStore
{
    public static QueueReport Queue(Connection c)
    {
        var deliveries = DeliveryLedger.Totals(c);
        return new(InboxQueue.Count(c), deliveries.Waiting, deliveries.Delivered, deliveries.Refused, deliveries.ParkedHosts);
    }

    public static long Followers(Connection c, long ownerId, bool accepted) =>
        c.Count($"SELECT count(*) FROM follows WHERE target_id = {ownerId} AND accepted = {accepted}");

    public static long Following(Connection c, long ownerId) =>
        c.Count($"SELECT count(*) FROM follows WHERE account_id = {ownerId} AND accepted = 1");

    public static long Statuses(Connection c, long ownerId) => c.Count($"SELECT count(*) FROM statuses WHERE account_id = {ownerId}");
}
