using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>Puts activities into the queue, inside the transaction of the action that they tell about (design decision 8).</summary>
public sealed class DeliveryQueue(EventHub events, Site site)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    public const string GoneReason = "the server has said that it is gone for good";
    public const string TooOldReason = "given up: it could not be delivered for a month";
    public const string BlockedReason = "you blocked the server";

    /// <summary>
    /// Queues the activity for every inbox once: not for our own server, not for blocked domains, not for addresses that are no http
    /// URLs. A shared inbox in place of personal ones is the caller's choice (wire 111).
    /// </summary>
    /// <returns>How many inboxes it goes to.</returns>
    public int Enqueue(Connection c, OutgoingActivity activity, IEnumerable<string> inboxes, DateTimeOffset now)
    {
        var (recipients, count) = Recipients(c, inboxes);
        if (count == 0) return 0;

        var digest = SHA256.HashData(activity.Body);
        var id = c.FindValue($"""
            INSERT INTO outgoing (status_id, type, body, digest, created_at, by_instance, to_followers)
            VALUES ({activity.StatusId}, {activity.Type}, {activity.Body}, {digest}, {now}, {activity.ByInstance}, {activity.ToFollowers}) RETURNING id
            """, r => r.Long())!.Value;
        c.Execute($"""
            INSERT INTO deliveries (outgoing_id, inbox, host, state, last_error)
            SELECT {id}, value ->> 0, value ->> 1,
              iif(h.gone_at IS NULL, {DeliveryState.Waiting}, {DeliveryState.Refused}), iif(h.gone_at IS NULL, NULL, {GoneReason})
            FROM json_each({recipients}) LEFT JOIN hosts h ON h.host = value ->> 1 ORDER BY key
            """);
        c.Execute($"""
            INSERT INTO lanes (inbox, host, due_at)
            SELECT value ->> 0, value ->> 1, max({now}, coalesce(h.next_at, 0))
            FROM json_each({recipients}) LEFT JOIN hosts h ON h.host = value ->> 1 WHERE h.gone_at IS NULL
            ON CONFLICT (inbox) DO NOTHING
            """);
        c.AfterCommit(() => events.Publish(new DeliveriesQueued()));
        return count;
    }

    /// <summary>Refuses what waits for a domain that the owner has just blocked, and for its subdomains.</summary>
    public static void RefuseBlocked(Connection c)
    {
        var hosts = c.Query($"SELECT DISTINCT host FROM lanes", r => r.Text());
        foreach (var host in hosts.Where(host => DomainBlockStore.Covers(c, host))) LaneStore.RefuseHost(c, host, BlockedReason);
    }

    /// <summary>Gives up what has waited for <see cref="LongestWait"/>, for servers long dead; for the housekeeping.</summary>
    /// <returns>How many deliveries were given up.</returns>
    public static int GiveUp(Connection c, DateTimeOffset now) => LaneStore.RefuseOld(c, now - LongestWait, TooOldReason);

    /// <summary>JSON <c>[[inbox, host], …]</c>, so that a post to thousands of servers takes three statements.</summary>
    private (string Json, int Count) Recipients(Connection c, IEnumerable<string> inboxes)
    {
        var hosts = new Dictionary<string, bool>(StringComparer.Ordinal);
        var count = 0;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            foreach (var inbox in inboxes.Distinct(StringComparer.Ordinal))
            {
                if (Origin.HostOf(inbox) is not { } host || site.IsOwn(inbox)) continue;
                if (!hosts.TryGetValue(host, out var wanted))
                {
                    wanted = host != site.WebDomain && host != site.Domain && !DomainBlockStore.Covers(c, host);
                    hosts.Add(host, wanted);
                }
                if (!wanted) continue;
                writer.WriteStartArray();
                writer.WriteStringValue(inbox);
                writer.WriteStringValue(host);
                writer.WriteEndArray();
                count++;
            }
            writer.WriteEndArray();
        }
        return (Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length), count);
    }
}
