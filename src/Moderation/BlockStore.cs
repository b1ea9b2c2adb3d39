using Calf.Store;

namespace Calf.Moderation;

/// <summary>Blocks between accounts in both directions, the owner's mutes, and blocked domains.</summary>
public static class BlockStore
{
    public static bool Add(Connection c, long accountId, long targetId, string uri, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO blocks (account_id, target_id, uri, created_at) VALUES ({accountId}, {targetId}, {uri}, {now})") > 0;

    public static bool Remove(Connection c, long accountId, long targetId) =>
        c.Execute($"DELETE FROM blocks WHERE account_id = {accountId} AND target_id = {targetId}") > 0;

    public static bool Exists(Connection c, long accountId, long targetId) =>
        c.Exists($"SELECT 1 FROM blocks WHERE account_id = {accountId} AND target_id = {targetId}");

    /// <summary>The id of the Block activity; null if there is no block.</summary>
    public static string? UriOf(Connection c, long accountId, long targetId) =>
        c.Find($"SELECT uri FROM blocks WHERE account_id = {accountId} AND target_id = {targetId}", r => r.Text());

    public static List<(long AccountId, long TargetId)> Between(Connection c, long accountId, IReadOnlyCollection<long> others) =>
        c.Query($"""
            SELECT account_id, target_id FROM blocks WHERE account_id = {accountId} AND target_id IN {others}
            UNION ALL SELECT account_id, target_id FROM blocks WHERE target_id = {accountId} AND account_id IN {others}
            """, r => (r.Long(), r.Long()));

    public static List<long> Of(Connection c, long accountId, Paging page) =>
        page.NewestFirst(c.Query($"SELECT target_id FROM blocks WHERE account_id = {accountId} AND {page.On("target_id")}", r => r.Long()));
}
