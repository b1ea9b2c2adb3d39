using Calf.Store;

namespace Calf.Lists;

/// <summary>Decides which posts that go home belong on which list, as Mastodon does.</summary>
public static class ListFeed
{
    /// <summary>How many posts of an account are looked at when it is put on a list, as at Mastodon.</summary>
    public const int Backfilled = 400;

    /// <summary>
    /// Puts a stored status on the lists that its author is on. An answer to somebody else goes there only when it answers the owner
    /// or somebody whom the list's policy names.
    /// </summary>
    public static void Add(Connection c, long statusId) => c.Execute($"""
        INSERT OR IGNORE INTO list_entries (list_id, status_id)
        SELECT m.list_id, s.id FROM statuses s CROSS JOIN list_members m ON m.account_id = s.account_id CROSS JOIN lists l ON l.id = m.list_id
        WHERE s.id = {statusId} AND {Takes}
        """);

    /// <summary>Puts those of some statuses on one list that belong there.</summary>
    public static void Add(Connection c, long listId, IReadOnlyCollection<long> statusIds) => c.Execute($"""
        INSERT OR IGNORE INTO list_entries (list_id, status_id)
        SELECT l.id, s.id FROM lists l CROSS JOIN statuses s WHERE l.id = {listId} AND s.id IN {statusIds} AND {Takes}
        """);

    public static void RemoveMember(Connection c, long listId, long accountId)
    {
        c.Execute($"DELETE FROM list_members WHERE list_id = {listId} AND account_id = {accountId}");
        c.Execute($"DELETE FROM list_entries WHERE list_id = {listId} AND status_id IN (SELECT id FROM statuses WHERE account_id = {accountId})");
    }

    /// <summary>Takes an account and what it posted off all lists.</summary>
    public static void RemoveAccount(Connection c, long accountId)
    {
        foreach (var list in ListStore.Of(c, accountId)) RemoveMember(c, list.Id, accountId);
    }

    /// <summary>The lists that a status is on.</summary>
    public static List<long> ListsWith(Connection c, long statusId) =>
        c.Query($"SELECT list_id FROM list_entries WHERE status_id = {statusId} ORDER BY list_id", r => r.Long());

    /// <summary>On a status s and a list l.</summary>
    private static Sql Takes => Sql.Of($"""
        (s.in_reply_to_account_id IS NULL OR s.in_reply_to_account_id IN (s.account_id, (SELECT id FROM accounts WHERE domain = ''))
         OR (l.replies_policy = {RepliesPolicies.List} AND EXISTS (SELECT 1 FROM list_members o WHERE o.list_id = l.id AND o.account_id = s.in_reply_to_account_id))
         OR (l.replies_policy = {RepliesPolicies.Followed} AND EXISTS (SELECT 1 FROM follows f
               WHERE f.account_id = (SELECT id FROM accounts WHERE domain = '') AND f.target_id = s.in_reply_to_account_id AND f.accepted = 1)))
        """);
}
