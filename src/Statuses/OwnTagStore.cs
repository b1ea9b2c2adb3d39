using Calf.Store;

namespace Calf.Statuses;

/// <summary>The hashtags that the owner follows and those on the profile.</summary>
public static class OwnTagStore
{
    public static void Follow(Connection c, long tagId, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO followed_tags (id, tag_id) VALUES ({Ids.At(now)}, {tagId})");

    public static void Unfollow(Connection c, long tagId) => c.Execute($"DELETE FROM followed_tags WHERE tag_id = {tagId}");

    /// <summary>The followed ones, newest follow first; the cursor is the follow's id.</summary>
    public static List<(long Cursor, long TagId)> Followed(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT id, tag_id FROM followed_tags WHERE {page.On("id")}", r => (r.Long(), r.Long())));

    public static HashSet<long> FollowedAmong(Connection c, IEnumerable<long> tagIds) =>
        [.. c.Query($"SELECT tag_id FROM followed_tags WHERE tag_id IN {tagIds}", r => r.Long())];

    /// <summary>The newest posts with a hashtag that anybody may see in lists.</summary>
    public static List<long> NewestPublic(Connection c, long tagId, int limit) => c.Query($"""
        SELECT st.status_id FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id
        WHERE st.tag_id = {tagId} AND s.visibility = 0 ORDER BY st.status_id DESC LIMIT {(long)limit}
        """, r => r.Long());

    /// <summary>Its id; null when the profile has it already.</summary>
    public static long? Feature(Connection c, long tagId, DateTimeOffset now)
    {
        var id = Ids.At(now);
        return c.Execute($"INSERT OR IGNORE INTO featured_tags (id, tag_id) VALUES ({id}, {tagId})") > 0 ? id : null;
    }

    public static void Unfeature(Connection c, long tagId) => c.Execute($"DELETE FROM featured_tags WHERE tag_id = {tagId}");

    public static List<(long Id, long TagId)> Featured(Connection c) => c.Query($"SELECT id, tag_id FROM featured_tags ORDER BY id DESC", r => (r.Long(), r.Long()));

    public static HashSet<long> FeaturedAmong(Connection c, IEnumerable<long> tagIds) =>
        [.. c.Query($"SELECT tag_id FROM featured_tags WHERE tag_id IN {tagIds}", r => r.Long())];
}
