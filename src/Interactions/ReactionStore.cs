using Calf.Store;

namespace Calf.Interactions;

/// <summary>An emoji that somebody put on a status.</summary>
/// <param name="Name">The emoji itself, or a shortcode without colons when it is a custom one.</param>
/// <param name="Url">The picture of a custom emoji.</param>
/// <param name="Uri">The id of the activity.</param>
public sealed record Reaction(long StatusId, long AccountId, string Name, string? Url, string Uri);

/// <summary>Emoji reactions (wire 97, FEP-c0e0). They are kept beside the favourite that each reacting account has.</summary>
public static class ReactionStore
{
    /// <summary>One account can put this many on a post; what it sends beyond is still its one favourite.</summary>
    public const int MaxEach = 20;

    private const string Columns = "status_id, account_id, name, url, uri";

    /// <summary>False if this emoji was there already, or the account has put enough.</summary>
    public static bool Add(Connection c, Reaction r, DateTimeOffset now) => c.Execute($"""
        INSERT OR IGNORE INTO reactions ({Columns:raw}, created_at)
        SELECT {r.StatusId}, {r.AccountId}, {r.Name}, {r.Url}, {r.Uri}, {now}
        WHERE (SELECT count(*) FROM reactions WHERE status_id = {r.StatusId} AND account_id = {r.AccountId}) < {(long)MaxEach}
        """) > 0;

    public static void Remove(Connection c, Reaction r) =>
        c.Execute($"DELETE FROM reactions WHERE status_id = {r.StatusId} AND account_id = {r.AccountId} AND name = {r.Name}");

    /// <summary>What an account put on a status, the first one first.</summary>
    public static List<Reaction> By(Connection c, long accountId, long statusId) =>
        c.Query($"SELECT {Columns:raw} FROM reactions WHERE status_id = {statusId} AND account_id = {accountId} ORDER BY created_at", Read);

    /// <summary>The account's reaction with this activity id.</summary>
    public static Reaction? Find(Connection c, string uri, long accountId) =>
        c.Find($"SELECT {Columns:raw} FROM reactions WHERE uri = {uri} AND account_id = {accountId}", Read);

    /// <summary>All reactions to some statuses, in the order in which they came.</summary>
    public static ILookup<long, Reaction> Of(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT {Columns:raw} FROM reactions WHERE status_id IN {statusIds} ORDER BY created_at", Read).ToLookup(r => r.StatusId);

    private static Reaction Read(Row r) => new(r.Long(), r.Long(), r.Text(), r.TextOrNull(), r.Text());
}
