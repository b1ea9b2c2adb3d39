using Calf.Accounts;
using Calf.Mastodon.Entities;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.OAuth;

/// <summary>Where things are (RFC 8414), and who the owner is (OpenID Connect's userinfo).</summary>
public static class ServerMetadataApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/oauth-authorization-server", Handle<Site>(Describe));
        routes.MapMethods("/oauth/userinfo", ["GET", "POST"], Handle<Owner, Site>(UserInfo)).RequireScope("profile");
    }

    private static IResult Describe(ApiRequest request, Site site)
    {
        request.Http.Response.Headers.AccessControlAllowOrigin = "*";
        return Answers.Json(new ServerMetadataEntity
        {
            Issuer = site.Base + "/",
            AuthorizationEndpoint = site.Base + "/oauth/authorize",
            TokenEndpoint = site.Base + "/oauth/token",
            RevocationEndpoint = site.Base + "/oauth/revoke",
            UserinfoEndpoint = site.Base + "/oauth/userinfo",
            AppRegistrationEndpoint = site.Base + "/api/v1/apps",
            ServiceDocumentation = "https://docs.joinmastodon.org/",
            ScopesSupported = Scopes.Known,
        }, MastodonJson.Api.ServerMetadataEntity);
    }

    private static IResult UserInfo(ApiRequest request, Owner owner, Site site)
    {
        var account = owner.Required;
        return Answers.Json(new UserInfoEntity(
            site.Base + "/", account.Uri, account.Name, account.Username, account.Url, account.AvatarUrl ?? site.Base + AccountRendering.MissingAvatarPath),
            MastodonJson.Api.UserInfoEntity);
    }
}
