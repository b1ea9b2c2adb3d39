using Calf.Store;

namespace Calf.Statuses;

/// <summary>What hangs on statuses: mentions, hashtags and attachments. Everything is asked for many statuses at once.</summary>
public static class StatusParts
{
    /// <summary>Takes away whom and what an earlier text named, before those of the new one are added.</summary>
    public static void ClearMentionsAndTags(Connection c, long statusId)
    {
        c.Execute($"DELETE FROM mentions WHERE status_id = {statusId}");
        c.Execute($"DELETE FROM status_tags WHERE status_id = {statusId}");
    }

    public static void ClearAttachments(Connection c, long statusId) => c.Execute($"DELETE FROM attachments WHERE status_id = {statusId}");

    public static void AddMentions(Connection c, long statusId, IEnumerable<(long AccountId, bool Silent)> mentions)
    {
        foreach (var (account, silent) in mentions)
            c.Execute($"INSERT OR IGNORE INTO mentions (status_id, account_id, silent) VALUES ({statusId}, {account}, {silent})");
    }

    public static List<Mention> Mentions(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT status_id, account_id, silent FROM mentions WHERE status_id IN {statusIds}", r => new Mention(r.Long(), r.Long(), r.Bool()));

    public static bool IsMentioned(Connection c, long statusId, long accountId) =>
        c.Exists($"SELECT 1 FROM mentions WHERE status_id = {statusId} AND account_id = {accountId}");

    /// <summary>Names without <c>#</c>; a known tag keeps the spelling that it first had.</summary>
    public static void AddTags(Connection c, long statusId, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            c.Execute($"INSERT OR IGNORE INTO tags (name) VALUES ({name})");
            c.Execute($"INSERT OR IGNORE INTO status_tags (tag_id, status_id) SELECT id, {statusId} FROM tags WHERE name = {name}");
        }
    }

    public static ILookup<long, string> Tags(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT st.status_id, t.name FROM status_tags st JOIN tags t ON t.id = st.tag_id WHERE st.status_id IN {statusIds} ORDER BY t.id",
            r => (Status: r.Long(), Name: r.Text())).ToLookup(t => t.Status, t => t.Name);

    /// <summary>Hashtags that begin with the text; it has no <c>#</c>. The tag itself comes first.</summary>
    /// <param name="onlyPublic">Leaves out those that no public post has.</param>
    public static List<(long Id, string Name)> SearchTags(Connection c, string prefix, int limit, int offset, bool onlyPublic = false) => c.Query($"""
        SELECT id, name FROM tags WHERE name >= {prefix} AND name < {prefix + "\uffff"}
          AND (NOT {onlyPublic} OR EXISTS (SELECT 1 FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id WHERE st.tag_id = tags.id AND s.visibility = 0))
        ORDER BY name LIMIT {(long)limit} OFFSET {(long)offset}
        """, r => (r.Long(), r.Text()));

    public static void AddAttachments(Connection c, long statusId, IReadOnlyList<Attachment> attachments)
    {
        for (var i = 0; i < attachments.Count; i++)
        {
            var a = attachments[i];
            c.Execute($"""
                INSERT INTO attachments (id, status_id, position, type, media_type, url, description, blurhash, width, height, focus_x, focus_y, preview_url, duration, frame_rate, bitrate)
                VALUES ({a.Id}, {statusId}, {(long)i}, {a.Type}, {a.MediaType}, {a.Url}, {a.Description}, {a.Blurhash}, {a.Width}, {a.Height}, {a.FocusX}, {a.FocusY}, {a.PreviewUrl}, {a.Duration}, {a.FrameRate}, {a.Bitrate})
                """);
        }
    }

    public static ILookup<long, Attachment> Attachments(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"""
            SELECT status_id, id, type, media_type, url, description, blurhash, width, height, focus_x, focus_y, preview_url, duration, frame_rate, bitrate
            FROM attachments WHERE status_id IN {statusIds} ORDER BY status_id, position
            """,
            r => (Status: r.Long(), Attachment: new Attachment(
                r.Long(), r.Text(), r.Text(), r.Text(), r.Text(), r.TextOrNull(), r.IntOrNull(), r.IntOrNull(), r.DoubleOrNull(), r.DoubleOrNull(), r.TextOrNull())
            {
                Duration = r.DoubleOrNull(),
                FrameRate = r.TextOrNull(),
                Bitrate = r.LongOrNull(),
            }))
        .ToLookup(t => t.Status, t => t.Attachment);
}
