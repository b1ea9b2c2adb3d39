using Calf.Store;

namespace Calf.Accounts;

/// <summary>What a token allows. Without <paramref name="ByOwner"/> it stands for the app alone and acts for nobody.</summary>
public sealed record AccessToken(long Id, long AppId, bool ByOwner, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>Access tokens by the SHA-256 of their text.</summary>
public static class AccessTokenStore
{
    /// <summary>How exact <see cref="AccessToken.LastUsedAt"/> is, so that not every request writes.</summary>
    public static readonly TimeSpan TouchEvery = TimeSpan.FromHours(1);

    private const string Columns = "id, app_id, by_owner, scopes, created_at, last_used_at";

    public static AccessToken Add(Connection c, byte[] hash, long appId, bool byOwner, string scopes, DateTimeOffset now)
    {
        var token = new AccessToken(Ids.At(now), appId, byOwner, scopes, now, null);
        c.Execute($"""
            INSERT INTO access_tokens (hash, {Columns:raw}) VALUES ({hash}, {token.Id}, {appId}, {byOwner}, {scopes}, {now}, {token.LastUsedAt})
            """);
        return token;
    }

    public static AccessToken? Find(Connection c, byte[] hash) => c.Find($"SELECT {Columns:raw} FROM access_tokens WHERE hash = {hash}", Read);

    public static void Touch(Connection c, long id, DateTimeOffset now) => c.Execute($"UPDATE access_tokens SET last_used_at = {now} WHERE id = {id}");

    public static bool Remove(Connection c, long id) => c.Execute($"DELETE FROM access_tokens WHERE id = {id}") > 0;

    /// <summary>The tokens by which apps act for the owner, last issued first.</summary>
    public static List<AccessToken> OfOwner(Connection c) =>
        c.Query($"SELECT {Columns:raw} FROM access_tokens WHERE by_owner = 1 ORDER BY id DESC", Read);

    private static AccessToken Read(Row r) => new(r.Long(), r.Long(), r.Bool(), r.Text(), r.Time(), r.TimeOrNull());
}
