using Calf.Store;

namespace Calf.Follows;

/// <summary>One account follows another, or has asked to.</summary>
/// <param name="Uri">The id of the Follow activity as last seen; Accept and Reject name it.</param>
public sealed record Follow(
    long AccountId, long TargetId, string Uri, bool Accepted, bool ShowBoosts, bool Notify, DateTimeOffset CreatedAt)
{
    /// <summary>In which languages the follower wants the posts; none for all of them.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}

/// <summary>Who follows whom, and who has asked to. Keeps the owner's two counts true.</summary>
public static class FollowStore
{
    private const string Columns = "account_id, target_id, uri, accepted, show_boosts, notify, created_at, languages";

    public static Follow? Find(Connection c, long accountId, long targetId) =>
        c.Find($"SELECT {Columns:raw} FROM follows WHERE account_id = {accountId} AND target_id = {targetId}", Read);

    public static Follow? FindByUri(Connection c, string uri) =>
        c.Find($"SELECT {Columns:raw} FROM follows WHERE uri = {uri}", Read);

    /// <summary>Adds or replaces; a repeated Follow brings the id by which it is answered (wire 88).</summary>
    public static void Save(Connection c, Follow f)
    {
        c.Execute($"""
            INSERT INTO follows ({Columns:raw}) VALUES ({f.AccountId}, {f.TargetId}, {f.Uri}, {f.Accepted}, {f.ShowBoosts}, {f.Notify}, {f.CreatedAt}, {string.Join(',', f.Languages)})
            ON CONFLICT (account_id, target_id) DO UPDATE SET
              uri = excluded.uri, accepted = excluded.accepted, show_boosts = excluded.show_boosts, notify = excluded.notify,
              languages = excluded.languages
            """);
        Count(c, f.AccountId, f.TargetId);
    }

    /// <summary>Whether there was one to remove.</summary>
    public static bool Remove(Connection c, long accountId, long targetId)
    {
        var removed = c.Execute($"DELETE FROM follows WHERE account_id = {accountId} AND target_id = {targetId}") > 0;
        if (removed) Count(c, accountId, targetId);
        return removed;
    }

    public static bool IsFollowing(Connection c, long accountId, long targetId) =>
        c.Exists($"SELECT 1 FROM follows WHERE account_id = {accountId} AND target_id = {targetId} AND accepted = 1");

    public static bool HasFollowers(Connection c, long targetId) =>
        c.Exists($"SELECT 1 FROM follows WHERE target_id = {targetId} AND accepted = 1");

    /// <summary>Ids of followers (or of those who have asked), newest first; pages by the account id.</summary>
    public static List<long> Followers(Connection c, long targetId, bool accepted, Paging page) =>
        page.NewestFirst(c.Query($"SELECT account_id FROM follows WHERE target_id = {targetId} AND accepted = {accepted} AND {page.On("account_id")}", r => r.Long()));

    public static List<long> Following(Connection c, long accountId, Paging page) =>
        page.NewestFirst(c.Query($"SELECT target_id FROM follows WHERE account_id = {accountId} AND accepted = 1 AND {page.On("target_id")}", r => r.Long()));

    /// <summary>How many have asked to follow and wait for an answer.</summary>
    public static long RequestCount(Connection c, long targetId) =>
        c.Count($"SELECT count(*) FROM follows WHERE target_id = {targetId} AND accepted = 0");

    /// <summary>All relations of one account with the others, in both directions.</summary>
    public static List<Follow> Between(Connection c, long accountId, IReadOnlyCollection<long> others) =>
        c.Query($"""
            SELECT {Columns:raw} FROM follows WHERE account_id = {accountId} AND target_id IN {others}
            UNION ALL SELECT {Columns:raw} FROM follows WHERE target_id = {accountId} AND account_id IN {others}
            """, Read);

    /// <summary>The inboxes of an account's followers, shared where they are shared, each once.</summary>
    public static List<string> FollowerInboxes(Connection c, long targetId) =>
        c.Query($"""
            SELECT DISTINCT coalesce(a.shared_inbox, a.inbox) FROM follows f JOIN accounts a ON a.id = f.account_id
            WHERE f.target_id = {targetId} AND f.accepted = 1 AND a.domain != '' AND a.gone_at IS NULL
            """, r => r.Text());

    /// <summary>The ids of all followers on other servers.</summary>
    public static List<string> RemoteFollowers(Connection c, long targetId) => c.Query($"""
        SELECT a.uri FROM follows f JOIN accounts a ON a.id = f.account_id WHERE f.target_id = {targetId} AND f.accepted = 1 AND a.domain != ''
        """, r => r.Text());

    private static void Count(Connection c, long accountId, long targetId)
    {
        c.Execute($"""
            UPDATE accounts SET following_count = (SELECT count(*) FROM follows WHERE account_id = {accountId} AND accepted = 1)
            WHERE id = {accountId} AND domain = ''
            """);
        c.Execute($"""
            UPDATE accounts SET followers_count = (SELECT count(*) FROM follows WHERE target_id = {targetId} AND accepted = 1)
            WHERE id = {targetId} AND domain = ''
            """);
    }

    private static Follow Read(Row r) => new(r.Long(), r.Long(), r.Text(), r.Bool(), r.Bool(), r.Bool(), r.Time())
    {
        Languages = r.Text().Split(',', StringSplitOptions.RemoveEmptyEntries),
    };
}
