using Calf.Store;

namespace Calf.AccountCollections;

/// <summary>Where the servers of others list their collections.</summary>
public static class CollectionAddressStore
{
    /// <summary>The address, unless it was asked since; null too where there is none.</summary>
    public static string? Due(Connection c, long accountId, DateTimeOffset since) =>
        c.Find($"SELECT uri FROM collection_addresses WHERE account_id = {accountId} AND coalesce(fetched_at, 0) <= {since}", r => r.Text());

    public static void Asked(Connection c, long accountId, DateTimeOffset now) => c.Execute($"UPDATE collection_addresses SET fetched_at = {now} WHERE account_id = {accountId}");

    /// <summary>Null: there is none any more.</summary>
    public static void Save(Connection c, long accountId, string? uri)
    {
        if (uri is null) c.Execute($"DELETE FROM collection_addresses WHERE account_id = {accountId}");
        else c.Execute($"""
            INSERT INTO collection_addresses (account_id, uri) VALUES ({accountId}, {uri}) ON CONFLICT (account_id) DO UPDATE SET uri = excluded.uri
            """);
    }
}
