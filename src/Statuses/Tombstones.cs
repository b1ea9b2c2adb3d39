using Calf.Store;

namespace Calf.Statuses;

/// <summary>URIs of what was deleted or undone, so that a copy which arrives later changes nothing (wire 91, 98).</summary>
public static class Tombstones
{
    public static void Add(Connection c, string uri, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO tombstones (uri, created_at) VALUES ({uri}, {now})");

    public static DateTimeOffset? Find(Connection c, string uri) =>
        c.FindValue($"SELECT created_at FROM tombstones WHERE uri = {uri}", r => r.Time());
}
