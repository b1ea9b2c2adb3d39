using Calf.Store;

namespace Calf.Notifications;

/// <summary>Something the owner is told of. <paramref name="Type"/> is Mastodon's word: see <see cref="NotificationTypes"/>.</summary>
public sealed record Notification(long Id, string Type, long AccountId, long? StatusId, DateTimeOffset CreatedAt, long? ReportId = null)
{
    /// <summary>Null for what is shown on its own.</summary>
    public string? GroupKey { get; init; }

    /// <summary>The collection of accounts that it is about.</summary>
    public long? CollectionId { get; init; }

    /// <summary>It waits in the requests tray.</summary>
    public bool Filtered { get; init; }
}

/// <summary>https://docs.joinmastodon.org/entities/Notification/#type</summary>
public static class NotificationTypes
{
    public const string Mention = "mention";
    public const string Status = "status";
    public const string Boost = "reblog";
    public const string Follow = "follow";
    public const string FollowRequest = "follow_request";
    public const string Favourite = "favourite";
    public const string Poll = "poll";
    public const string Update = "update";

    /// <summary>Somebody quoted a post of the owner's; it is about the quoting post.</summary>
    public const string Quote = "quote";

    /// <summary>A post that the owner quoted was edited; it is about the owner's.</summary>
    public const string QuotedUpdate = "quoted_update";
    public const string Report = "admin.report";

    /// <summary>Somebody put the owner into a collection of accounts.</summary>
    public const string AddedToCollection = "added_to_collection";

    /// <summary>A collection that the owner is in was changed.</summary>
    public const string CollectionUpdate = "collection_update";

    public static readonly IReadOnlyList<string> All =
        [Mention, Status, Boost, Follow, FollowRequest, Favourite, Poll, Update, Quote, QuotedUpdate, Report, AddedToCollection, CollectionUpdate];
}

public static class NotificationStore
{
    /// <summary>What of one account waits in the requests tray; older things go.</summary>
    public const int MaxWaiting = 100;

    internal const string Columns = "id, type, account_id, status_id, created_at, report_id, group_key, filtered, collection_id";

    /// <summary>Adds it unless the same was told before; the id, or null.</summary>
    public static long? Add(Connection c, string type, long accountId, long? statusId, DateTimeOffset now, long? reportId = null, bool filtered = false, long? collectionId = null)
    {
        var id = Ids.At(now);
        var key = filtered ? null : NotificationGroups.NewKey(c, type, statusId, now);
        var added = c.Execute($"""
            INSERT OR IGNORE INTO notifications ({Columns:raw}) VALUES ({id}, {type}, {accountId}, {statusId}, {now}, {reportId}, {key}, {filtered}, {collectionId})
            """);
        if (filtered) c.Execute($"""
            DELETE FROM notifications WHERE account_id = {accountId} AND filtered = 1
              AND id <= (SELECT id FROM notifications WHERE account_id = {accountId} AND filtered = 1 ORDER BY id DESC LIMIT 1 OFFSET {(long)MaxWaiting})
            """);
        return added > 0 ? id : null;
    }

    public static Notification? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM notifications WHERE id = {id}", Read);

    /// <summary>Whether the owner was told of this about a status, whoever it is from.</summary>
    public static bool Exists(Connection c, string type, long statusId) =>
        c.Exists($"SELECT 1 FROM notifications WHERE status_id = {statusId} AND type = {type}");

    /// <summary>Newest first.</summary>
    public static List<Notification> All(Connection c, NotificationFilter filter, Paging page) =>
        page.NewestFirst(c.Query(filter.Rows(Columns, page), Read));

    /// <summary>How many came after an id, counted up to a limit.</summary>
    public static long CountAfter(Connection c, long id, NotificationFilter filter, int limit) =>
        c.Count($"SELECT count(*) FROM ({filter.Rows("id", new Paging(limit, MinId: id))})");

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM notifications WHERE id = {id}");

    /// <summary>What an account did to a status, or to the owner when null, is undone.</summary>
    public static void Remove(Connection c, string type, long accountId, long? statusId) =>
        c.Execute($"DELETE FROM notifications WHERE account_id = {accountId} AND type = {type} AND coalesce(status_id, 0) = {statusId ?? 0}");

    /// <summary>What was told of a collection before gives way to what is new.</summary>
    public static void RemoveAbout(Connection c, string type, long collectionId) =>
        c.Execute($"DELETE FROM notifications WHERE collection_id = {collectionId} AND type = {type}");

    public static void RemoveFrom(Connection c, long accountId) => c.Execute($"DELETE FROM notifications WHERE account_id = {accountId}");

    public static void Clear(Connection c) => c.Execute($"DELETE FROM notifications");

    internal static Notification Read(Row r) => new(r.Long(), r.Text(), r.Long(), r.LongOrNull(), r.Time(), r.LongOrNull()) { GroupKey = r.TextOrNull(), Filtered = r.Bool(), CollectionId = r.LongOrNull() };
}
