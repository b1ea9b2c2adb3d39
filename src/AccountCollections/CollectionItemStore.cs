using Calf.Store;

namespace Calf.AccountCollections;

/// <summary>Who is in which collection.</summary>
public static class CollectionItemStore
{
    private const string Columns = "id, collection_id, account_id, state, request_uri, approval_uri, created_at, uri";

    public static AccountCollectionItem? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM account_collection_items WHERE id = {id}", Read);

    public static AccountCollectionItem? Find(Connection c, long collectionId, long accountId) =>
        c.Find($"SELECT {Columns:raw} FROM account_collection_items WHERE collection_id = {collectionId} AND account_id = {accountId}", Read);

    public static AccountCollectionItem? FindByRequest(Connection c, string uri) =>
        c.Find($"SELECT {Columns:raw} FROM account_collection_items WHERE request_uri = {uri}", Read);

    public static AccountCollectionItem? FindByUri(Connection c, string uri) => c.Find($"SELECT {Columns:raw} FROM account_collection_items WHERE uri = {uri}", Read);

    /// <summary>An account's places in the collections of another.</summary>
    public static List<AccountCollectionItem> Between(Connection c, long author, long member) => c.Query($"""
        SELECT {Columns:raw} FROM account_collection_items
        WHERE account_id = {member} AND collection_id IN (SELECT id FROM account_collections WHERE account_id = {author})
        """, Read);

    /// <summary>Whether something in any collection has this id.</summary>
    public static bool IsUsed(Connection c, string uri) => c.Exists($"SELECT 1 FROM account_collection_items WHERE uri = {uri}");

    public static AccountCollectionItem? FindByApproval(Connection c, long accountId, string uri) =>
        c.Find($"SELECT {Columns:raw} FROM account_collection_items WHERE account_id = {accountId} AND approval_uri = {uri}", Read);

    /// <summary>The items of some collections, each in its order.</summary>
    /// <param name="pending">Those too that nobody has agreed to yet.</param>
    public static ILookup<long, AccountCollectionItem> Of(Connection c, IReadOnlyCollection<long> collectionIds, bool pending) => c.Query($"""
        SELECT {Columns:raw} FROM account_collection_items
        WHERE collection_id IN {collectionIds} AND (state = {CollectionItemState.Accepted} OR (state = {CollectionItemState.Pending} AND {pending}))
        ORDER BY collection_id, position
        """, Read).ToLookup(item => item.CollectionId);

    /// <summary>Of one collection, whatever became of them.</summary>
    public static List<AccountCollectionItem> AllOf(Connection c, long collectionId) =>
        c.Query($"SELECT {Columns:raw} FROM account_collection_items WHERE collection_id = {collectionId} ORDER BY position", Read);

    /// <summary>How many agreed to be in it or were asked.</summary>
    public static long Count(Connection c, long collectionId) =>
        c.Count($"SELECT count(*) FROM account_collection_items WHERE collection_id = {collectionId} AND state <= {CollectionItemState.Accepted}");

    /// <summary>Adds it at the end.</summary>
    public static void Add(Connection c, AccountCollectionItem item) => c.Execute($"""
        INSERT INTO account_collection_items ({Columns:raw}, updated_at, position)
        VALUES ({item.Id}, {item.CollectionId}, {item.AccountId}, {item.State}, {item.RequestUri}, {item.ApprovalUri}, {item.CreatedAt}, {item.Uri}, {item.CreatedAt},
          (SELECT coalesce(max(position), 0) + 1 FROM account_collection_items WHERE collection_id = {item.CollectionId}))
        """);

    public static void SetState(Connection c, long id, CollectionItemState state, string? approvalUri, DateTimeOffset now) =>
        c.Execute($"UPDATE account_collection_items SET state = {state}, approval_uri = {approvalUri}, updated_at = {now} WHERE id = {id}");

    /// <summary>Nothing when something else has this id.</summary>
    public static void SetUri(Connection c, long id, string uri) => c.Execute($"UPDATE OR IGNORE account_collection_items SET uri = {uri} WHERE id = {id}");

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM account_collection_items WHERE id = {id}");

    /// <summary>How long it is remembered who refused, as at Mastodon; then they can be asked again.</summary>
    public static readonly TimeSpan RefusalsKept = TimeSpan.FromDays(1);

    /// <summary>Forgets who refused before that time.</summary>
    public static int RemoveRefused(Connection c, DateTimeOffset before) =>
        c.Execute($"DELETE FROM account_collection_items WHERE state > {CollectionItemState.Accepted} AND updated_at < {before}");

    private static AccountCollectionItem Read(Row r) =>
        new(r.Long(), r.Long(), r.Long(), (CollectionItemState)r.Int(), r.TextOrNull(), r.TextOrNull(), r.Time()) { Uri = r.TextOrNull() };
}
