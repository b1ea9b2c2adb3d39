using Calf.ActivityPub;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>An accepted activity that waits to be applied.</summary>
/// <param name="Carrier">The host that delivered it; another than the actor's when it was forwarded.</param>
/// <param name="Fetches">How many fetches it has caused so far.</param>
public sealed record QueuedActivity(
    long Id, string ActivityId, string ActorUri, bool Personal, bool Trusted, byte[] Body, DateTimeOffset ReceivedAt, int Attempts,
    bool Relayed, string Carrier, int Fetches)
{
    /// <summary>The host of the actor.</summary>
    public string Host => Origin.HostOf(ActorUri) ?? "";
}

/// <summary>What became of an activity that was to be queued.</summary>
public enum Queued
{
    Added,

    /// <summary>It was seen before; nothing is queued (wire 90).</summary>
    Known,

    /// <summary>Its carrier has as much waiting as it may.</summary>
    Full,
}

/// <summary>The durable queue between the ladder, which answers 202, and the worker, which applies.</summary>
public static class InboxQueue
{
    private const string Columns = "id, activity_id, actor_uri, personal, trusted, body, received_at, attempts, relayed, carrier, fetches";

    /// <summary>What may wait of one host: several times what the busiest sends while a burst is taken in (wire 119).</summary>
    public const int MaxPerHost = 50_000;

    private const string Personal = "personal ", Forwarded = "forwarded ";

    public const long MaxBytesPerHost = 64L << 20;

    /// <summary>When a host that was refused may come again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(10);

    public static Queued Add(Connection c, QueuedActivity a)
    {
        if (IsFull(c, a.Carrier, a.Body.Length)) return Queued.Full;
        if (c.Execute($"INSERT OR IGNORE INTO seen_activities (activity_id, seen_at) VALUES ({NameOf(a)}, {a.ReceivedAt})") == 0) return Queued.Known;
        c.Execute($"""
            INSERT INTO inbox_queue (activity_id, actor_uri, host, personal, trusted, body, received_at, due_at, relayed, carrier, fetches)
            VALUES ({a.ActivityId}, {a.ActorUri}, {a.Host}, {a.Personal}, {a.Trusted}, {a.Body}, {a.ReceivedAt}, {a.ReceivedAt}, {a.Relayed}, {a.Carrier}, {(long)a.Fetches})
            """);
        return Queued.Added;
    }

    /// <summary>Whether so many bytes more would be too much of this host.</summary>
    public static bool IsFull(Connection c, string carrier, int bytes) => c.Exists($"""
        SELECT 1 FROM inbox_held WHERE carrier = {carrier} AND (activities >= {(long)MaxPerHost} OR bytes + {(long)bytes} > {MaxBytesPerHost})
        """);

    /// <summary>Each inbox counts for itself: what the shared one could do nothing with may come again to the owner's own (wire 90, 95).</summary>
    public static string SeenAs(string activityId, bool personal) => personal ? Personal + activityId : activityId;

    /// <summary>What is due, in the order of arrival, without what the <paramref name="busy"/> hosts delivered.</summary>
    public static List<QueuedActivity> Due(Connection c, DateTimeOffset now, IEnumerable<string> busy, int limit) => c.Query($"""
        SELECT {Columns:raw} FROM inbox_queue WHERE due_at <= {now} AND carrier NOT IN {busy} ORDER BY due_at, id LIMIT {(long)limit}
        """, Read);

    public static DateTimeOffset? NextDue(Connection c) =>
        c.FindValue($"SELECT min(due_at) FROM inbox_queue HAVING min(due_at) IS NOT NULL", r => r.Time());

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM inbox_queue WHERE id = {id}");

    /// <param name="fetches">Made for it by now, which the next try has to count in.</param>
    public static void Postpone(Connection c, long id, DateTimeOffset until, int fetches) =>
        c.Execute($"UPDATE inbox_queue SET attempts = attempts + 1, due_at = {until}, fetches = {(long)fetches} WHERE id = {id}");

    /// <summary>What had no effect leaves nothing behind but its verdict: should it come again, it has none again.</summary>
    public static void Forget(Connection c, QueuedActivity a) => c.Execute($"DELETE FROM seen_activities WHERE activity_id = {NameOf(a)}");

    public static long Count(Connection c) => c.Count($"SELECT count(*) FROM inbox_queue");

    /// <summary>When something came in the last time; null when nothing did as far back as is remembered.</summary>
    public static DateTimeOffset? LastReceived(Connection c) =>
        c.FindValue($"SELECT seen_at FROM seen_activities ORDER BY seen_at DESC LIMIT 1", r => r.Time());

    /// <summary>The newest activities that came with their actors' signatures, in their order, each with when it came.</summary>
    public static IEnumerable<(string ActivityId, DateTimeOffset At)> Latest(Connection c, int limit) =>
        c.Query($"SELECT activity_id, seen_at FROM seen_activities ORDER BY seen_at DESC LIMIT {(long)limit}", r => (Name: r.Text(), At: r.Time()))
            .Where(seen => !seen.Name.StartsWith(Forwarded, StringComparison.Ordinal))
            .Select(seen => (seen.Name.StartsWith(Personal, StringComparison.Ordinal) ? seen.Name[Personal.Length..] : seen.Name, seen.At));

    /// <summary>What came without its actor's signature has a name of its own: nobody may use up the id of what the actor is about to send.</summary>
    private static string NameOf(QueuedActivity a) => a.Trusted ? SeenAs(a.ActivityId, a.Personal) : Forwarded + a.ActivityId;

    private static QueuedActivity Read(Row r) => new(r.Long(), r.Text(), r.Text(), r.Bool(), r.Bool(), r.Bytes(), r.Time(), r.Int(), r.Bool(), r.Text(), r.Int());
}
