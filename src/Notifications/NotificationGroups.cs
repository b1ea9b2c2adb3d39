using System.Globalization;
using Calf.Store;

namespace Calf.Notifications;

/// <summary>Notifications of one kind about one thing, shown as one: "Ann and 12 others favourited your post".</summary>
/// <param name="Newest">The one that stands for them on the page.</param>
/// <param name="Count">How many there are up to the page's upper end, also below the page.</param>
/// <param name="MostRecentId">The id of the newest up to the page's upper end.</param>
/// <param name="LatestAt">When that was.</param>
/// <param name="PageMinId">The id of the oldest on the page.</param>
/// <param name="Sample">Those who did it last, each notification's account.</param>
public sealed record NotificationGroup(
    string Key, Notification Newest, long Count, long MostRecentId, DateTimeOffset LatestAt, long PageMinId, IReadOnlyList<long> Sample);

/// <summary>
/// Groups as Mastodon makes them: the key is given to a notification when it comes, and stays the same for twelve hours from the first.
/// A page has so many groups, not notifications, and a group may go on on the next page.
/// </summary>
public static class NotificationGroups
{
    /// <summary>What Mastodon groups as well.</summary>
    public static readonly IReadOnlyList<string> GroupedTypes = [NotificationTypes.Favourite, NotificationTypes.Boost, NotificationTypes.Follow];

    public const int SampleSize = 8;

    private const int SpanHours = 12;
    private const string Alone = "ungrouped-";

    /// <summary>How many notifications are looked at for one page, when a post is a great success.</summary>
    private const int MaxLookedAt = 5000;

    public static string KeyOf(Notification n) => n.GroupKey ?? AloneKey(n);

    /// <summary>The key for a new notification: that of its group, if it is still young, or of a new one. Null for what stands alone.</summary>
    internal static string? NewKey(Connection c, string type, long? statusId, DateTimeOffset now)
    {
        if (!GroupedTypes.Contains(type)) return null;
        var prefix = statusId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{type}-{id}") : type;
        var hour = now.ToUnixTimeSeconds() / 3600;
        // A dot is next after a hyphen, so that these are all that begin with the prefix.
        var last = c.Find($"SELECT group_key FROM notifications WHERE group_key > {prefix + "-"} AND group_key < {prefix + "."} ORDER BY group_key DESC LIMIT 1", r => r.Text());
        if (last is not null && ParseNumber(last[(prefix.Length + 1)..]) is { } begun && hour < begun + SpanHours) hour = begun;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{hour}");
    }

    /// <summary>A page of groups, newest first.</summary>
    /// <param name="grouped">The types to be grouped.</param>
    public static List<NotificationGroup> Page(Connection c, NotificationFilter filter, Paging page, IReadOnlyCollection<string> grouped)
    {
        var seen = new HashSet<string>();
        List<Notification> newest = [];
        c.QueryWhile(
            filter.Rows(NotificationStore.Columns, page with { Limit = MaxLookedAt }), NotificationStore.Read, n =>
            {
                if (seen.Add(KeyAmong(n, grouped))) newest.Add(n);
                return newest.Count < page.Limit;
            });
        page.NewestFirst(newest);
        if (newest.Count == 0) return [];
        // The last page reaches as far as it was asked for.
        var whole = newest.Count >= page.Limit;
        var from = whole || page.MinId is not null ? newest[^1].Id : (page.SinceId ?? -1) + 1;
        var to = whole || page.MinId is null ? newest[0].Id : (page.MaxId ?? long.MaxValue) - 1;
        return Complete(c, newest, from, to, grouped);
    }

    /// <summary>How many groups there are above an id, counted up to a limit.</summary>
    public static long CountAfter(Connection c, long id, NotificationFilter filter, int limit, IReadOnlyCollection<string> grouped) => c.Count($"""
        SELECT count(*) FROM (SELECT DISTINCT coalesce(CASE WHEN type IN {grouped} THEN group_key END, {Alone} || id) FROM notifications
          WHERE id > {id} AND {filter.Condition} LIMIT {(long)limit})
        """);

    /// <summary>The group that a key names, whole; null for a key that is none.</summary>
    public static NotificationGroup? Find(Connection c, string key) =>
        Members(c, key, new Paging(1)) is [var newest] ? Complete(c, [newest], 0, long.MaxValue, GroupedTypes)[0] : null;

    /// <summary>Notifications under a key, newest first; none for a key that is none.</summary>
    public static List<Notification> Members(Connection c, string key, Paging page) =>
        key.StartsWith(Alone, StringComparison.Ordinal)
            ? ParseNumber(key[Alone.Length..]) is { } id && NotificationStore.Find(c, id) is { } found ? [found] : []
            : page.NewestFirst(c.Query($"SELECT {NotificationStore.Columns:raw} FROM notifications WHERE group_key = {key} AND {page.On("id")}", NotificationStore.Read));

    public static void Remove(Connection c, string key)
    {
        if (key.StartsWith(Alone, StringComparison.Ordinal)) NotificationStore.Remove(c, ParseNumber(key[Alone.Length..]) ?? 0);
        else c.Execute($"DELETE FROM notifications WHERE group_key = {key}");
    }

    /// <summary>The rest of each group, by one statement.</summary>
    private static List<NotificationGroup> Complete(Connection c, IReadOnlyList<Notification> newest, long from, long to, IReadOnlyCollection<string> grouped)
    {
        var keys = newest.Where(n => KeyAmong(n, grouped) == n.GroupKey).Select(n => n.GroupKey!);
        var rows = c.Query($"""
            SELECT * FROM (
              SELECT group_key, id, account_id, created_at, count(*) OVER whole, min(CASE WHEN id >= {from} THEN id END) OVER whole,
                     row_number() OVER (PARTITION BY group_key ORDER BY id DESC) AS place
              FROM notifications WHERE group_key IN {keys} AND id <= {to} WINDOW whole AS (PARTITION BY group_key))
            WHERE place <= {(long)SampleSize} ORDER BY group_key, place
            """, r => (Key: r.Text(), Id: r.Long(), AccountId: r.Long(), At: r.Time(), Count: r.Long(), PageMin: r.LongOrNull())).ToLookup(r => r.Key);
        return [.. newest.Select(n => rows[KeyAmong(n, grouped)].ToList() is [var first, ..] members
            ? new NotificationGroup(first.Key, n, first.Count, first.Id, first.At, first.PageMin ?? n.Id, [.. members.Select(m => m.AccountId)])
            : new NotificationGroup(AloneKey(n), n, 1, n.Id, n.CreatedAt, n.Id, [n.AccountId]))];
    }

    private static string KeyAmong(Notification n, IReadOnlyCollection<string> grouped) => grouped.Contains(n.Type) ? KeyOf(n) : AloneKey(n);

    private static string AloneKey(Notification n) => string.Create(CultureInfo.InvariantCulture, $"{Alone}{n.Id}");

    private static long? ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
