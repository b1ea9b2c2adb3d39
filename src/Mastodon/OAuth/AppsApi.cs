using Calf.Accounts;
using Calf.Federation;
using Calf.Mastodon.Push;
using Calf.Security;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.OAuth;

/// <summary>https://docs.joinmastodon.org/methods/apps/, and the owner's list of apps that have access.</summary>
public static class AppsApi
{
    private const int MaxNameLength = 60;
    private const int MaxAddressLength = 2000;
    private const int MaxRedirectUris = 20;

    /// <summary>Anybody can register an app; those that nobody signs in with are forgotten after this.</summary>
    private static readonly TimeSpan UnusedFor = TimeSpan.FromDays(7);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/apps", Handle<Database, PushKey, TimeProvider>(Register)).Open();
        routes.MapGet("/api/v1/apps/verify_credentials", Handle<Database, PushKey>(VerifyCredentials)).RequireToken();
        routes.MapGet("/api/calf/v1/apps", Handle<Database>(ListAuthorized)).RequireScope(Scopes.Browser);
        routes.MapDelete("/api/calf/v1/apps/{id}", Handle<Database, Streaming.StreamHub>(Withdraw)).RequireScope(Scopes.Browser);
    }

    private static async Task<IResult> Register(ApiRequest request, Database database, PushKey key, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var secret = Tokens.New();
        var app = Read(request.Parameters, now);
        await database.Write(c =>
        {
            AppStore.RemoveUnused(c, now - UnusedFor);
            AppStore.Add(c, app, Tokens.Hash(secret));
        });
        var entity = Entity(app, key) with { ClientId = app.ClientId, ClientSecret = secret, ClientSecretExpiresAt = 0 };
        return Answers.Json(entity, MastodonJson.Api.ApplicationEntity);
    }

    private static IResult VerifyCredentials(ApiRequest request, Database database, PushKey key) =>
        request.Caller!.AppId is { } id && database.Read(c => AppStore.Find(c, id)) is { } app
            ? Answers.Json(Entity(app, key), MastodonJson.Api.ApplicationEntity)
            : throw new ApiException(StatusCodes.Status401Unauthorized, "The access token is invalid");

    private static IResult ListAuthorized(ApiRequest request, Database database) => database.Read(c =>
    {
        var tokens = AccessTokenStore.OfOwner(c);
        var apps = AppStore.FindMany(c, tokens.Select(t => t.AppId).Distinct());
        IReadOnlyList<AuthorizedAppEntity> entities = [.. tokens.Select(token => (Token: token, App: apps[token.AppId])).Select(pair =>
            new AuthorizedAppEntity(Entities.EntityText.Of(pair.Token.Id), pair.App.Name, pair.App.Website, Scopes.Split(pair.Token.Scopes),
                pair.Token.CreatedAt, pair.Token.LastUsedAt))];
        return Answers.Json(entities, MastodonJson.Api.IReadOnlyListAuthorizedAppEntity);
    });

    private static async Task<IResult> Withdraw(ApiRequest request, Database database, Streaming.StreamHub streams)
    {
        var id = request.Id();
        if (!await database.Write(c => AccessTokenStore.Remove(c, id))) throw ApiException.NotFound();
        streams.CloseToken(id);
        return Answers.Empty();
    }

    private static ClientApp Read(Parameters parameters, DateTimeOffset now)
    {
        var name = parameters.Text("client_name")?.Trim() ?? "";
        if (name.Length == 0) throw ApiException.Invalid("Validation failed: Application name can't be blank");
        TextLimit.Demand("Application name", name, MaxNameLength);
        List<string> redirects = [.. parameters.List("redirect_uris").SelectMany(text => text.Split(['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        if (redirects.Count == 0) throw ApiException.Invalid("Validation failed: Redirect URI can't be blank");
        if (redirects.Count > MaxRedirectUris || redirects.Exists(uri => uri.Length > MaxAddressLength))
            throw ApiException.Invalid("Validation failed: Redirect URI is too long");
        if (!redirects.TrueForAll(RedirectUri.IsAcceptable)) throw ApiException.Invalid("Validation failed: Redirect URI must be an absolute URI.");
        var scopes = Scopes.Split(parameters.Text("scopes") is { Length: > 0 } asked ? asked : Scopes.Default);
        if (!Scopes.AreKnown(scopes)) throw ApiException.Invalid("Validation failed: Scopes doesn't match configured on the server.");
        return new ClientApp(Ids.At(now), Tokens.New(), name, Website(parameters.Text("website")), redirects, string.Join(' ', scopes), now);
    }

    private static string? Website(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return text.Length <= MaxAddressLength && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? text
            : throw ApiException.Invalid("Validation failed: Application website must be a valid URL");
    }

    private static ApplicationEntity Entity(ClientApp app, PushKey key) => new(
        Entities.EntityText.Of(app.Id), app.Name, app.Website, Scopes.Split(app.Scopes), string.Join('\n', app.RedirectUris), app.RedirectUris, key.Key.PublicKey);
}
