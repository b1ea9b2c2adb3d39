using Calf.Store;

namespace Calf.Accounts;

/// <summary>What the owner agreed to, until the app fetches its token. The challenge is that of PKCE (S256), or null.</summary>
public sealed record AuthorizationCode(long AppId, string RedirectUri, string Scopes, string? CodeChallenge, DateTimeOffset ExpiresAt);

/// <summary>Authorization codes by the SHA-256 of their text. Each works once.</summary>
public static class AuthorizationCodeStore
{
    /// <summary>RFC 6749 section 4.1.2 recommends at most this.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static void Add(Connection c, byte[] hash, AuthorizationCode code, DateTimeOffset now)
    {
        c.Execute($"DELETE FROM authorization_codes WHERE expires_at <= {now}");
        c.Execute($"""
            INSERT INTO authorization_codes (hash, app_id, redirect_uri, scopes, code_challenge, expires_at)
            VALUES ({hash}, {code.AppId}, {code.RedirectUri}, {code.Scopes}, {code.CodeChallenge}, {code.ExpiresAt})
            """);
    }

    /// <summary>Takes the code away and gives what it stood for; null if it is unknown, was used or has run out.</summary>
    public static AuthorizationCode? Take(Connection c, byte[] hash, DateTimeOffset now)
    {
        var code = c.Find($"""
            SELECT app_id, redirect_uri, scopes, code_challenge, expires_at FROM authorization_codes WHERE hash = {hash} AND expires_at > {now}
            """, r => new AuthorizationCode(r.Long(), r.Text(), r.Text(), r.TextOrNull(), r.Time()));
        c.Execute($"DELETE FROM authorization_codes WHERE hash = {hash}");
        return code;
    }
}
