using System.Globalization;
using Calf.Store;

namespace Calf.Notifications;

/// <summary>Notifications of one kind about one thing within one half day, shown as one: "Ann and 12 others favourited your post".</summary>
/// <param name="Notifications">Those on the page, newest first.</param>
/// <param name="Count">How many there are in all, also beyond the page.</param>
public sealed record NotificationGroup(string Key, IReadOnlyList<Notification> Notifications, long Count);

/// <summary>Groups are not stored: the key of a notification says which it belongs to.</summary>
public static class NotificationGroups
{
    private const long BucketMilliseconds = 12 * 3600 * 1000;

    /// <summary>What Mastodon groups as well.</summary>
    public static readonly IReadOnlyList<string> GroupedTypes = [NotificationTypes.Favourite, NotificationTypes.Boost, NotificationTypes.Follow];

    public static string KeyOf(Notification n) => KeyOf(n, GroupedTypes);

    private static string KeyOf(Notification n, IReadOnlyCollection<string> grouped)
    {
        if (!grouped.Contains(n.Type)) return string.Create(CultureInfo.InvariantCulture, $"ungrouped-{n.Id}");
        var bucket = n.CreatedAt.ToUnixTimeMilliseconds() / BucketMilliseconds;
        return n.StatusId is { } status
            ? string.Create(CultureInfo.InvariantCulture, $"{n.Type}-{status}-{bucket}")
            : string.Create(CultureInfo.InvariantCulture, $"{n.Type}-{bucket}");
    }

    /// <summary>Groups a page in its order, with the whole size of each group by one statement.</summary>
    public static List<NotificationGroup> Of(Connection c, IReadOnlyList<Notification> page, IReadOnlyCollection<string> grouped)
    {
        if (page.Count == 0) return [];
        List<string> types = [.. grouped.Intersect(GroupedTypes)];
        var from = page.Min(n => n.CreatedAt.ToUnixTimeMilliseconds()) / BucketMilliseconds * BucketMilliseconds;
        var sizes = c.Query($"""
            SELECT type, status_id, created_at / {BucketMilliseconds}, count(*) FROM notifications
            WHERE id >= {Ids.FloorOf(DateTimeOffset.FromUnixTimeMilliseconds(from))} AND type IN {types} AND filtered = 0 GROUP BY 1, 2, 3
            """, r => (Type: r.Text(), Status: r.LongOrNull(), Bucket: r.Long(), Count: r.Long()))
            .ToDictionary(row => (row.Type, row.Status, row.Bucket), row => row.Count);
        return [.. page.GroupBy(n => KeyOf(n, types)).Select(group =>
        {
            var newest = group.First();
            var bucket = newest.CreatedAt.ToUnixTimeMilliseconds() / BucketMilliseconds;
            return new NotificationGroup(group.Key, [.. group], sizes.GetValueOrDefault((newest.Type, newest.StatusId, bucket), 1));
        })];
    }

    /// <summary>All notifications under a key, newest first; empty for a key that is none.</summary>
    public static List<Notification> Find(Connection c, string key, int limit)
    {
        var parts = key.Split('-');
        if (parts is ["ungrouped", var id] && ParseNumber(id) is { } single)
            return NotificationStore.Find(c, single) is { } found ? [found] : [];
        if (!GroupedTypes.Contains(parts[0]) || parts.Length is < 2 or > 3 || ParseNumber(parts[^1]) is not { } bucket || bucket > int.MaxValue) return [];
        long? status = parts.Length == 3 ? ParseNumber(parts[1]) ?? -1 : null;
        return NotificationStore.Between(c, parts[0], status, bucket * BucketMilliseconds, (bucket + 1) * BucketMilliseconds, limit);
    }

    private static long? ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
