using Calf.Store;

namespace Calf.Timelines;

/// <summary>How far the owner has read. <paramref name="Timeline"/> is <c>home</c> or <c>notifications</c>.</summary>
public sealed record Marker(string Timeline, long LastReadId, int Version, DateTimeOffset UpdatedAt);

public static class MarkerStore
{
    public static List<Marker> Find(Connection c, IReadOnlyCollection<string> timelines) =>
        c.Query($"SELECT timeline, last_read_id, version, updated_at FROM markers WHERE timeline IN {timelines}",
            r => new Marker(r.Text(), r.Long(), r.Int(), r.Time()));

    /// <summary>The version counts the changes; to say the same again is none.</summary>
    public static void Save(Connection c, string timeline, long lastReadId, DateTimeOffset now) => c.Execute($"""
        INSERT INTO markers (timeline, last_read_id, version, updated_at) VALUES ({timeline}, {lastReadId}, 1, {now})
        ON CONFLICT (timeline) DO UPDATE SET last_read_id = excluded.last_read_id, version = version + 1, updated_at = excluded.updated_at
          WHERE last_read_id != excluded.last_read_id
        """);
}
