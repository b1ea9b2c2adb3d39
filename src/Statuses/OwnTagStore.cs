using Calf.Store;

namespace Calf.Statuses;

/// <summary>The hashtags that the owner follows and those on the profile.</summary>
public static class OwnTagStore
{
    public static readonly ChoiceTable Followed = new("followed_tags", "tag_id");

    public static readonly ChoiceTable Featured = new("featured_tags", "tag_id");

    /// <summary>The newest posts with a hashtag that anybody may see in lists.</summary>
    public static List<long> NewestPublic(Connection c, long tagId, int limit) => c.Query($"""
        SELECT st.status_id FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id
        WHERE st.tag_id = {tagId} AND s.visibility = 0 ORDER BY st.status_id DESC LIMIT {(long)limit}
        """, r => r.Long());
}
