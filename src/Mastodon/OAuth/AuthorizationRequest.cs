using Calf.Accounts;
using Calf.Store;

namespace Calf.Mastodon.OAuth;

/// <summary>What an app asks of the owner, checked. <paramref name="CodeChallenge"/> is PKCE's (RFC 7636), S256 only.</summary>
public sealed record AuthorizationRequest(ClientApp App, string RedirectUri, IReadOnlyList<string> Scopes, string? State, string? CodeChallenge)
{
    private const int ChallengeLength = 43;

    /// <exception cref="OAuthException">
    /// It cannot be granted. The browser must stay here: the address to return to is not to be trusted.
    /// </exception>
    public static AuthorizationRequest Read(Connection c, Parameters parameters)
    {
        var app = AppStore.FindByClientId(c, parameters.Text("client_id") ?? throw OAuthException.Missing("client_id"))
            ?? throw OAuthException.InvalidClient();
        var redirect = parameters.Text("redirect_uri") ?? throw OAuthException.Missing("redirect_uri");
        if (!app.RedirectUris.Contains(redirect)) throw OAuthException.InvalidRequest("The requested redirect uri is malformed or doesn't match client redirect URI.");
        if (parameters.Text("response_type") is not "code")
            throw new OAuthException(StatusCodes.Status400BadRequest, "unsupported_response_type", "The authorization server does not support this response type.");
        var scopes = Accounts.Scopes.Split(parameters.Text("scope") is { Length: > 0 } asked ? asked : Accounts.Scopes.Default);
        if (!Accounts.Scopes.AreKnown(scopes) || !Accounts.Scopes.Cover(app.Scopes, scopes)) throw OAuthException.InvalidScope();
        return new AuthorizationRequest(app, redirect, scopes, parameters.Text("state"), Challenge(parameters));
    }

    private static string? Challenge(Parameters parameters)
    {
        if (parameters.Text("code_challenge") is not { Length: > 0 } challenge) return null;
        // RFC 7636 takes a missing method for "plain", which protects nothing.
        if (parameters.Text("code_challenge_method") is not "S256") throw OAuthException.InvalidRequest("The code challenge method must be S256.");
        return challenge.Length == ChallengeLength ? challenge : throw OAuthException.InvalidRequest("The code challenge must be a SHA-256 in base64url.");
    }
}
