using Calf.Accounts;
using Calf.Security;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>Finds out who sent a request: by bearer token, else by the session cookie of the web app.</summary>
public sealed class CallerLookup(Database database, Site site, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    /// <summary>Null when the request brings neither.</summary>
    /// <exception cref="ApiException">401: a token that is not ours. 403: a cookie on a request that another site made.</exception>
    public async Task<Caller?> Find(HttpContext http)
    {
        if (TokenOf(http.Request) is { } token) return await OfToken(token);
        if (SessionCookie.TokenOf(http.Request, site) is not { } cookie) return null;
        return await OfCookie(http, cookie);
    }

    /// <exception cref="ApiException">401.</exception>
    public async Task<Caller> OfToken(string text)
    {
        var now = time.GetUtcNow();
        var token = database.Read(c => AccessTokenStore.Find(c, Tokens.Hash(text)))
            ?? throw new ApiException(StatusCodes.Status401Unauthorized, "The access token is invalid");
        if (token.LastUsedAt is null || now - token.LastUsedAt > AccessTokenStore.TouchEvery)
            await database.Write(c => AccessTokenStore.Touch(c, token.Id, now));
        return new Caller(token.Id, token.AppId, token.ByOwner, token.Scopes);
    }

    private async Task<Caller?> OfCookie(HttpContext http, string cookie)
    {
        var now = time.GetUtcNow();
        if (database.Read(c => SessionStore.Find(c, Tokens.Hash(cookie), now)) is not { } session) return null;
        var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        // A WebSocket opens with a GET, and no browser asks whether another site may open it.
        if ((!safe || http.WebSockets.IsWebSocketRequest) && !SessionCookie.IsSameOrigin(http.Request, site))
            throw new ApiException(StatusCodes.Status403Forbidden, Words.T("This request did not come from this server's own pages."));
        if (now - session.LastUsedAt > SessionStore.TouchEvery)
            await database.Write(c => SessionStore.Touch(c, session.Id, now));
        return new Caller(null, null, ByOwner: true, Scopes.Everything) { SessionId = session.Id };
    }

    /// <summary>The text of the token that a request brings.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        if (request.Query["access_token"] is [{ Length: > 0 } query]) return query;
        // Browsers can set no header on a WebSocket, so apps put the token where the subprotocol goes.
        return request.HttpContext.WebSockets is { IsWebSocketRequest: true, WebSocketRequestedProtocols: [{ Length: > 0 } protocol, ..] } ? protocol : null;
    }
}
