using System.Buffers.Text;
using System.Text;
using Calf.Accounts;
using Calf.Security;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.OAuth;

/// <summary>Gives tokens and takes them back. https://docs.joinmastodon.org/methods/oauth/</summary>
public static class TokenApi
{
    private const string Basic = "Basic ";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth/token", Handle((ApiRequest request, Database database, TimeProvider time) => Guarded(() => Issue(request, database, time)))).Open();
        routes.MapPost("/oauth/revoke", Handle((ApiRequest request, Database database, Streaming.StreamHub streams) => Guarded(() => Revoke(request, database, streams)))).Open();
    }

    private static async Task<IResult> Guarded(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (OAuthException refused)
        {
            return refused.ToResult();
        }
    }

    private static async Task<IResult> Issue(ApiRequest request, Database database, TimeProvider time)
    {
        var parameters = request.Parameters;
        var app = Client(request, database);
        var now = time.GetUtcNow();
        return parameters.Text("grant_type") switch
        {
            "authorization_code" => await OfCode(parameters, app, database, now),
            "client_credentials" => await OfApp(parameters, app, database, now),
            null or "" => throw OAuthException.Missing("grant_type"),
            _ => throw new OAuthException(StatusCodes.Status400BadRequest, "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server."),
        };
    }

    private static async Task<IResult> OfCode(Parameters parameters, ClientApp app, Database database, DateTimeOffset now)
    {
        var text = parameters.Text("code") ?? throw OAuthException.Missing("code");
        var redirect = parameters.Text("redirect_uri") ?? throw OAuthException.Missing("redirect_uri");
        var token = Tokens.New();
        var scopes = await database.Write(c =>
        {
            // The code is spent whatever comes of it: who guesses at its verifier gets one try.
            if (AuthorizationCodeStore.Take(c, Tokens.Hash(text), now) is not { } code) return null;
            if (code.AppId != app.Id || code.RedirectUri != redirect || !Proves(parameters.Text("code_verifier"), code.CodeChallenge)) return null;
            AccessTokenStore.Add(c, Tokens.Hash(token), app.Id, byOwner: true, code.Scopes, now);
            return code.Scopes;
        }) ?? throw OAuthException.InvalidGrant();
        return Token(token, scopes, now);
    }

    private static async Task<IResult> OfApp(Parameters parameters, ClientApp app, Database database, DateTimeOffset now)
    {
        var scopes = Scopes.Split(parameters.Text("scope") is { Length: > 0 } asked ? asked : Scopes.Default);
        if (!Scopes.AreKnown(scopes) || !Scopes.Cover(app.Scopes, scopes)) throw OAuthException.InvalidScope();
        var token = Tokens.New();
        await database.Write(c => AccessTokenStore.Add(c, Tokens.Hash(token), app.Id, byOwner: false, string.Join(' ', scopes), now));
        return Token(token, string.Join(' ', scopes), now);
    }

    private static async Task<IResult> Revoke(ApiRequest request, Database database, Streaming.StreamHub streams)
    {
        var app = Client(request, database);
        var text = request.Parameters.Text("token") ?? throw OAuthException.Missing("token");
        // RFC 7009: a token that is not there needs no revoking.
        if (database.Read(c => AccessTokenStore.Find(c, Tokens.Hash(text))) is not { } token) return Answers.Empty();
        if (token.AppId != app.Id)
            throw new OAuthException(StatusCodes.Status403Forbidden, "unauthorized_client", "You are not authorized to revoke this token");
        await database.Write(c => AccessTokenStore.Remove(c, token.Id));
        streams.CloseToken(token.Id);
        return Answers.Empty();
    }

    /// <summary>A verifier without a challenge is refused as well: somebody has taken the challenge out on the way.</summary>
    private static bool Proves(string? verifier, string? challenge)
    {
        if (challenge is null) return string.IsNullOrEmpty(verifier);
        return verifier is not null && Tokens.FixedTimeEquals(Base64Url.EncodeToString(Tokens.Hash(verifier)), challenge);
    }

    private static ClientApp Client(ApiRequest request, Database database)
    {
        var (id, secret) = Credentials(request);
        if (id is null || secret is null) throw OAuthException.InvalidClient();
        return database.Read(c => AppStore.FindByClientId(c, id) is { } app && Tokens.FixedTimeEquals(AppStore.SecretHashOf(c, app.Id), Tokens.Hash(secret)) ? app : null)
            ?? throw OAuthException.InvalidClient();
    }

    private static (string? Id, string? Secret) Credentials(ApiRequest request)
    {
        var header = request.Http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return (request.Parameters.Text("client_id"), request.Parameters.Text("client_secret"));
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Basic.Length..].Trim(), bytes, out var length)) return (null, null);
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : (null, null);
    }

    private static IResult Token(string token, string scopes, DateTimeOffset now) =>
        Answers.Json(new TokenEntity(token, "Bearer", scopes, now.ToUnixTimeSeconds()), MastodonJson.Api.TokenEntity);
}
