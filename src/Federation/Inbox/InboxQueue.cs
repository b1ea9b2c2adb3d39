using Calf.ActivityPub;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>An accepted activity that waits to be applied.</summary>
public sealed record QueuedActivity(
    long Id, string ActivityId, string ActorUri, bool Personal, bool Trusted, byte[] Body, DateTimeOffset ReceivedAt, int Attempts,
    bool Relayed = false)
{
    /// <summary>The host of the actor.</summary>
    public string Host => Origin.HostOf(ActorUri) ?? "";
}

/// <summary>The durable queue between the ladder, which answers 202, and the worker, which applies.</summary>
public static class InboxQueue
{
    private const string Columns = "id, activity_id, actor_uri, personal, trusted, body, received_at, attempts, relayed";

    /// <summary>False when the activity was seen before; then nothing is queued (wire 90).</summary>
    public static bool Add(Connection c, QueuedActivity a)
    {
        // What came without its actor's signature has a name of its own: nobody may use up the id of what the actor is about to send.
        var name = a.Trusted ? SeenAs(a.ActivityId, a.Personal) : $"forwarded {a.ActivityId}";
        if (c.Execute($"INSERT OR IGNORE INTO seen_activities (activity_id, seen_at) VALUES ({name}, {a.ReceivedAt})") == 0) return false;
        c.Execute($"""
            INSERT INTO inbox_queue (activity_id, actor_uri, host, personal, trusted, body, received_at, due_at, relayed)
            VALUES ({a.ActivityId}, {a.ActorUri}, {a.Host}, {a.Personal}, {a.Trusted}, {a.Body}, {a.ReceivedAt}, {a.ReceivedAt}, {a.Relayed})
            """);
        return true;
    }

    /// <summary>Each inbox counts for itself: what the shared one could do nothing with may come again to the owner's own (wire 90, 95).</summary>
    public static string SeenAs(string activityId, bool personal) => personal ? $"personal {activityId}" : activityId;

    /// <summary>What is due, in the order of arrival, without that of the hosts that are <paramref name="busy"/>.</summary>
    public static List<QueuedActivity> Due(Connection c, DateTimeOffset now, IEnumerable<string> busy, int limit) => c.Query($"""
        SELECT {Columns:raw} FROM inbox_queue WHERE due_at <= {now} AND host NOT IN {busy} ORDER BY due_at, id LIMIT {(long)limit}
        """, Read);

    public static DateTimeOffset? NextDue(Connection c) =>
        c.FindValue($"SELECT min(due_at) FROM inbox_queue HAVING min(due_at) IS NOT NULL", r => r.Time());

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM inbox_queue WHERE id = {id}");

    public static void Postpone(Connection c, long id, DateTimeOffset until) =>
        c.Execute($"UPDATE inbox_queue SET attempts = attempts + 1, due_at = {until} WHERE id = {id}");

    public static long Count(Connection c) => c.Count($"SELECT count(*) FROM inbox_queue");

    private static QueuedActivity Read(Row r) => new(r.Long(), r.Text(), r.Text(), r.Bool(), r.Bool(), r.Bytes(), r.Time(), r.Int(), r.Bool());
}
