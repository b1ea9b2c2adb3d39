using Calf.Store;

namespace Calf.Interactions;

/// <summary>The owner's bookmarks. Nobody else learns of them.</summary>
public static class BookmarkStore
{
    public static void Add(Connection c, long statusId, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO bookmarks (status_id, created_at) VALUES ({statusId}, {now})");

    public static void Remove(Connection c, long statusId) => c.Execute($"DELETE FROM bookmarks WHERE status_id = {statusId}");

    public static List<long> All(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT status_id FROM bookmarks WHERE {page.On("status_id")}", r => r.Long()));
}
