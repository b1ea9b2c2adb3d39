using Calf.Store;

namespace Calf.Accounts;

/// <summary>The accounts that the owner shows on the profile.</summary>
public static class EndorsementStore
{
    public static void Add(Connection c, long accountId, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO endorsements (id, account_id) VALUES ({Ids.At(now)}, {accountId})");

    public static void Remove(Connection c, long accountId) => c.Execute($"DELETE FROM endorsements WHERE account_id = {accountId}");

    /// <summary>Newest first; the cursor is the endorsement's id.</summary>
    public static List<(long Cursor, long AccountId)> All(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT id, account_id FROM endorsements WHERE {page.On("id")}", r => (r.Long(), r.Long())));

    public static HashSet<long> Among(Connection c, IEnumerable<long> accountIds) =>
        [.. c.Query($"SELECT account_id FROM endorsements WHERE account_id IN {accountIds}", r => r.Long())];
}
