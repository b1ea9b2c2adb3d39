using Calf.Store;

namespace Calf.Follows;

/// <summary>A server whose public timelines of followed hashtags are read.</summary>
/// <param name="Error">What went wrong at the last try; empty when nothing did.</param>
public sealed record TagSource(string Host, DateTimeOffset AddedAt, string Error);

/// <summary>A hashtag that is to be looked for at a server.</summary>
/// <param name="Newest">The server's own id of the newest post that is known; empty for none.</param>
public sealed record DueTag(string Host, long TagId, string Name, string Newest);

public static class TagSourceStore
{
    public static List<TagSource> All(Connection c) => c.Query($"SELECT host, added_at, error FROM tag_sources ORDER BY host", r => new TagSource(r.Text(), r.Time(), r.Text()));

    public static void Add(Connection c, string host, DateTimeOffset now) =>
        c.Execute($"INSERT INTO tag_sources (host, added_at) VALUES ({host}, {now}) ON CONFLICT DO NOTHING");

    public static bool Remove(Connection c, string host) => c.Execute($"DELETE FROM tag_sources WHERE host = {host}") > 0;

    /// <summary>What was not looked for since a time, one hashtag of each server, the longest waiting first.</summary>
    public static List<DueTag> Due(Connection c, DateTimeOffset before) => [.. c.Query($"""
        SELECT s.host, t.id, t.name, coalesce(f.newest, ''), coalesce(f.asked_at, 0)
        FROM tag_sources s CROSS JOIN followed_tags ft CROSS JOIN tags t ON t.id = ft.tag_id
        LEFT JOIN tag_feeds f ON f.host = s.host AND f.tag_id = t.id
        WHERE f.asked_at IS NULL OR f.asked_at <= {before}
        ORDER BY 5, t.id
        """, r => new DueTag(r.Text(), r.Long(), r.Text(), r.Text())).DistinctBy(d => d.Host)];

    /// <summary>Notes how far a hashtag was read at a server; does nothing when the server was taken off the list meanwhile.</summary>
    public static void Read(Connection c, DueTag tag, string newest, string error, DateTimeOffset now)
    {
        if (c.Execute($"UPDATE tag_sources SET error = {error} WHERE host = {tag.Host}") == 0) return;
        c.Execute($"""
            INSERT INTO tag_feeds (host, tag_id, asked_at, newest) VALUES ({tag.Host}, {tag.TagId}, {now}, {newest})
            ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, newest = excluded.newest
            """);
    }
}
