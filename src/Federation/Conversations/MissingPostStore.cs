using Calf.ActivityPub;
using Calf.Store;

namespace Calf.Federation.Conversations;

/// <summary>A post of a thread that a server named and that is not here.</summary>
/// <param name="Above">The first post of the thread that is here answers it.</param>
/// <param name="DueAt">When it is asked for again; null when that is of no use.</param>
public sealed record MissingPost(string Uri, bool Above, Absence Absence, string Reason, int Tries, DateTimeOffset? DueAt)
{
    public string Host => Origin.HostOf(Uri) ?? "";
}

public static class MissingPostStore
{
    private const string Columns = "uri, above, absence, reason, tries, due_at";

    /// <summary>Those that have not come by another way meanwhile.</summary>
    public static List<MissingPost> All(Connection c, long rootId) => c.Query($"""
        SELECT {Columns:raw} FROM missing_posts m WHERE root_id = {rootId} AND NOT EXISTS (SELECT 1 FROM statuses s WHERE s.uri = m.uri) ORDER BY uri
        """, Read);

    /// <summary>Notes a post that is to be asked for, unless it is known to be missing already.</summary>
    public static void Add(Connection c, long rootId, string uri, DateTimeOffset now) => c.Execute($"""
        INSERT INTO missing_posts (root_id, uri, above, absence, due_at) VALUES ({rootId}, {uri}, 0, {Absence.Waiting}, {now}) ON CONFLICT DO NOTHING
        """);

    public static void Save(Connection c, long rootId, MissingPost m) => c.Execute($"""
        INSERT INTO missing_posts (root_id, {Columns:raw}) VALUES ({rootId}, {m.Uri}, {m.Above}, {m.Absence}, {m.Reason}, {(long)m.Tries}, {m.DueAt})
        ON CONFLICT DO UPDATE SET above = excluded.above, absence = excluded.absence, reason = excluded.reason, tries = excluded.tries, due_at = excluded.due_at
        """);

    public static void Remove(Connection c, long rootId, string uri) => c.Execute($"DELETE FROM missing_posts WHERE root_id = {rootId} AND uri = {uri}");

    /// <summary>Forgets those that have come by another way.</summary>
    public static void RemoveArrived(Connection c, long rootId) => c.Execute($"""
        DELETE FROM missing_posts WHERE root_id = {rootId} AND EXISTS (SELECT 1 FROM statuses s WHERE s.uri = missing_posts.uri)
        """);

    private static MissingPost Read(Row r) => new(r.Text(), r.Bool(), (Absence)r.Int(), r.Text(), r.Int(), r.TimeOrNull());
}
