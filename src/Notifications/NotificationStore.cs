using Calf.Store;

namespace Calf.Notifications;

/// <summary>Something the owner is told of. <paramref name="Type"/> is Mastodon's word: see <see cref="NotificationTypes"/>.</summary>
public sealed record Notification(long Id, string Type, long AccountId, long? StatusId, DateTimeOffset CreatedAt, long? ReportId = null);

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
}

public static class NotificationStore
{
    private const string Columns = "id, type, account_id, status_id, created_at, report_id";

    /// <summary>Adds it unless the same was told before; the id, or null.</summary>
    public static long? Add(Connection c, string type, long accountId, long? statusId, DateTimeOffset now, long? reportId = null, bool filtered = false)
    {
        var id = Ids.At(now);
        var added = c.Execute($"""
            INSERT OR IGNORE INTO notifications ({Columns:raw}, filtered) VALUES ({id}, {type}, {accountId}, {statusId}, {now}, {reportId}, {filtered})
            """);
        return added > 0 ? id : null;
    }

    public static Notification? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM notifications WHERE id = {id}", Read);

    /// <summary>Whether the owner was told of this about a status, whoever it is from.</summary>
    public static bool Exists(Connection c, string type, long statusId) =>
        c.Exists($"SELECT 1 FROM notifications WHERE status_id = {statusId} AND type = {type}");

    /// <summary>Newest first. Empty <paramref name="types"/> means all types.</summary>
    /// <param name="withFiltered">Also what waits in the requests tray.</param>
    public static List<Notification> All(
        Connection c, IReadOnlyCollection<string> types, IReadOnlyCollection<string> except, long? accountId, Paging page, bool withFiltered = false) =>
        page.NewestFirst(c.Query($"""
            SELECT {Columns:raw} FROM notifications
            WHERE ({types.Count == 0} OR type IN {types}) AND type NOT IN {except}
              AND ({accountId is null} OR account_id = {accountId}) AND ({withFiltered} OR filtered = 0) AND {page.On("id")}
            """, Read));

    /// <summary>Of one type about one status (or none), created from one unix millisecond up to another; newest first.</summary>
    internal static List<Notification> Between(Connection c, string type, long? statusId, long from, long until, int limit) => c.Query($"""
        SELECT {Columns:raw} FROM notifications
        WHERE type = {type} AND status_id IS {statusId} AND created_at >= {from} AND created_at < {until} AND filtered = 0 ORDER BY id DESC LIMIT {(long)limit}
        """, Read);

    /// <summary>How many came after an id, counted up to a limit.</summary>
    public static long CountAfter(Connection c, long id, int limit) =>
        c.Count($"SELECT count(*) FROM (SELECT 1 FROM notifications WHERE id > {id} AND filtered = 0 LIMIT {(long)limit})");

    public static void Remove(Connection c, IReadOnlyCollection<long> ids) => c.Execute($"DELETE FROM notifications WHERE id IN {ids}");

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM notifications WHERE id = {id}");

    /// <summary>What an account did to a status, or to the owner when null, is undone.</summary>
    public static void Remove(Connection c, string type, long accountId, long? statusId) =>
        c.Execute($"DELETE FROM notifications WHERE account_id = {accountId} AND type = {type} AND coalesce(status_id, 0) = {statusId ?? 0}");

    public static void RemoveFrom(Connection c, long accountId) => c.Execute($"DELETE FROM notifications WHERE account_id = {accountId}");

    public static void Clear(Connection c) => c.Execute($"DELETE FROM notifications");

    private static Notification Read(Row r) => new(r.Long(), r.Text(), r.Long(), r.LongOrNull(), r.Time(), r.LongOrNull());
}
