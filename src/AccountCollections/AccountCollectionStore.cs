using Calf.Store;

namespace Calf.AccountCollections;

public static class AccountCollectionStore
{
    private const string Columns = "id, account_id, uri, url, name, description, language, sensitive, discoverable, tag, created_at, updated_at";

    public static AccountCollection? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM account_collections WHERE id = {id}", Read);

    public static List<AccountCollection> FindMany(Connection c, IReadOnlyCollection<long> ids) =>
        c.Query($"SELECT {Columns:raw} FROM account_collections WHERE id IN {ids}", Read);

    public static AccountCollection? FindByUri(Connection c, string uri) => c.Find($"SELECT {Columns:raw} FROM account_collections WHERE uri = {uri}", Read);

    /// <summary>An account's, newest first.</summary>
    /// <param name="hidden">Those too that are not shown on the profile.</param>
    public static List<AccountCollection> Of(Connection c, long accountId, bool hidden, int offset, int limit) => c.Query($"""
        SELECT {Columns:raw} FROM account_collections WHERE account_id = {accountId} AND discoverable >= {!hidden}
        ORDER BY created_at DESC, id DESC LIMIT {limit} OFFSET {offset}
        """, Read);

    public static long Count(Connection c, long accountId, bool hidden) =>
        c.Count($"SELECT count(*) FROM account_collections WHERE account_id = {accountId} AND discoverable >= {!hidden}");

    /// <summary>Those that an account agreed to be in, the one that it came into last first.</summary>
    public static List<AccountCollection> With(Connection c, long accountId, int offset, int limit) => c.Query($"""
        SELECT {Columns:raw} FROM account_collections WHERE id IN
        (SELECT collection_id FROM account_collection_items WHERE account_id = {accountId} AND state = {CollectionItemState.Accepted})
        ORDER BY id DESC LIMIT {limit} OFFSET {offset}
        """, Read);

    public static long CountWith(Connection c, long accountId) =>
        c.Count($"SELECT count(*) FROM account_collection_items WHERE account_id = {accountId} AND state = {CollectionItemState.Accepted}");

    /// <summary>Adds it, or replaces what its author may change.</summary>
    public static void Save(Connection c, AccountCollection a) => c.Execute($"""
        INSERT INTO account_collections ({Columns:raw}) VALUES ({a.Id}, {a.AccountId}, {a.Uri}, {a.Url}, {a.Name}, {a.Description}, {a.Language},
          {a.Sensitive}, {a.Discoverable}, {a.Tag}, {a.CreatedAt}, {a.UpdatedAt})
        ON CONFLICT (id) DO UPDATE SET url = excluded.url, name = excluded.name, description = excluded.description, language = excluded.language,
          sensitive = excluded.sensitive, discoverable = excluded.discoverable, tag = excluded.tag, updated_at = excluded.updated_at
        """);

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM account_collections WHERE id = {id}");

    private static AccountCollection Read(Row r) => new()
    {
        Id = r.Long(),
        AccountId = r.Long(),
        Uri = r.TextOrNull(),
        Url = r.TextOrNull(),
        Name = r.Text(),
        Description = r.Text(),
        Language = r.TextOrNull(),
        Sensitive = r.Bool(),
        Discoverable = r.Bool(),
        Tag = r.TextOrNull(),
        CreatedAt = r.Time(),
        UpdatedAt = r.Time(),
    };
}
