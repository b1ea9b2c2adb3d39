using Calf.Store;

namespace Calf.Accounts;

/// <summary>
/// An app that may ask for access. <paramref name="RedirectUris"/> are matched exactly; <paramref name="Scopes"/> are the most it can get.
/// </summary>
public sealed record ClientApp(
    long Id, string ClientId, string Name, string? Website, IReadOnlyList<string> RedirectUris, string Scopes, DateTimeOffset CreatedAt);

/// <summary>Apps that were registered. Of a client secret only the SHA-256 is kept.</summary>
public static class AppStore
{
    private const string Columns = "id, client_id, name, website, redirect_uris, scopes, created_at";

    public static void Add(Connection c, ClientApp app, byte[] secretHash) => c.Execute($"""
        INSERT INTO apps (id, client_id, secret_hash, name, website, redirect_uris, scopes, created_at)
        VALUES ({app.Id}, {app.ClientId}, {secretHash}, {app.Name}, {app.Website}, {string.Join('\n', app.RedirectUris)}, {app.Scopes}, {app.CreatedAt})
        """);

    public static ClientApp? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM apps WHERE id = {id}", Read);

    public static ClientApp? FindByClientId(Connection c, string clientId) =>
        c.Find($"SELECT {Columns:raw} FROM apps WHERE client_id = {clientId}", Read);

    public static byte[]? SecretHashOf(Connection c, long id) => c.Find($"SELECT secret_hash FROM apps WHERE id = {id}", r => r.Bytes());

    public static Dictionary<long, ClientApp> FindMany(Connection c, IEnumerable<long> ids) =>
        c.Query($"SELECT {Columns:raw} FROM apps WHERE id IN {ids}", Read).ToDictionary(a => a.Id);

    /// <summary>Forgets registrations that nobody ever signed in with.</summary>
    public static int RemoveUnused(Connection c, DateTimeOffset registeredBefore) => c.Execute($"""
        DELETE FROM apps WHERE created_at < {registeredBefore} AND NOT EXISTS (SELECT 1 FROM access_tokens t WHERE t.app_id = apps.id)
          AND NOT EXISTS (SELECT 1 FROM statuses s WHERE s.app_id = apps.id)
        """);

    private static ClientApp Read(Row r) => new(
        r.Long(), r.Text(), r.Text(), r.TextOrNull(), r.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries), r.Text(), r.Time());
}
