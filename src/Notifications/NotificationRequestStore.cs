using Calf.Moderation;
using Calf.Store;

namespace Calf.Notifications;

/// <summary>What waits in the tray from one account.</summary>
/// <param name="Id">The id of the first notification that waits.</param>
public sealed record NotificationRequest(long Id, long AccountId, long Count, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long? LastStatusId);

/// <summary>The requests tray: filtered notifications by account, and whom the owner let through.</summary>
public static class NotificationRequestStore
{
    /// <summary>Only what speaks to the owner asks to be heard, as at Mastodon; of what else waits nothing is told.</summary>
    private const string Asking = "n.filtered = 1 AND n.type IN ('mention', 'quote')";

    private const string Columns =
        "min(n.id) AS request_id, n.account_id, count(*), min(n.created_at), max(n.created_at), max(n.status_id)";

    public static List<NotificationRequest> Page(Connection c, Paging page) => page.NewestFirst(c.Query($"""
        SELECT * FROM (SELECT {Columns:raw}
          FROM notifications n WHERE {Asking:raw} AND {Hidden.NotBlocked("n.account_id")} GROUP BY n.account_id)
        WHERE {page.On("request_id")}
        """, Read));

    /// <summary>By the id that the request has, or had before its first notification was taken back.</summary>
    public static NotificationRequest? Find(Connection c, long id) => c.Find($"""
        SELECT {Columns:raw} FROM notifications n WHERE {Asking:raw}
          AND n.account_id = (SELECT account_id FROM notifications WHERE id = {id} AND filtered = 1) GROUP BY n.account_id
        """, Read);

    /// <summary>From how many accounts something waits, counted up to a limit, and how much in all.</summary>
    public static (long Requests, long Notifications) Totals(Connection c, int limit) => c.FindValue($"""
        SELECT min({(long)limit}, count(DISTINCT n.account_id)), count(*) FROM notifications n
        WHERE {Asking:raw} AND {Hidden.NotBlocked("n.account_id")}
        """, r => (r.Long(), r.Long()))!.Value;

    /// <summary>Whether what the account does is told whatever the policy says.</summary>
    public static bool IsPermitted(Connection c, long accountId) => c.Exists($"SELECT 1 FROM notification_permissions WHERE account_id = {accountId}");

    /// <summary>Puts what waits among the other notifications, and what comes later too.</summary>
    public static void Accept(Connection c, long accountId, DateTimeOffset now)
    {
        c.Execute($"INSERT OR IGNORE INTO notification_permissions (account_id, created_at) VALUES ({accountId}, {now})");
        c.Execute($"UPDATE notifications SET filtered = 0 WHERE account_id = {accountId} AND filtered = 1");
    }

    /// <summary>The oldest of what waits beyond a number; how many went.</summary>
    public static int RemoveBeyond(Connection c, int kept) => c.Execute($"""
        DELETE FROM notifications WHERE filtered = 1
          AND id <= (SELECT id FROM notifications WHERE filtered = 1 ORDER BY id DESC LIMIT 1 OFFSET {(long)kept})
        """);

    /// <summary>Forgets what waits; what comes later waits again.</summary>
    public static void Dismiss(Connection c, long accountId) => c.Execute($"DELETE FROM notifications WHERE account_id = {accountId} AND filtered = 1");

    private static NotificationRequest Read(Row r) => new(r.Long(), r.Long(), r.Long(), r.Time(), r.Time(), r.LongOrNull());
}
