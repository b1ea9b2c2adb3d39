using Calf.Accounts;
using Calf.Security;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.OAuth;

/// <summary>The page on which the owner lets an app in. https://docs.joinmastodon.org/methods/oauth/#authorize</summary>
public static class AuthorizeApi
{
    private const string Path = "/oauth/authorize";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Handle<Database, Owner>(Ask)).OpenOrScope();
        routes.MapPost(Path, Handle<Database, TimeProvider>(Answer)).OpenOrScope();
        routes.MapGet(Path + "/native", Handle(ShowCode)).Open();
    }

    private static IResult Ask(ApiRequest request, Database database, Owner owner)
    {
        if (request.Caller is not { IsBrowser: true }) return SignIn(request.Http.Request);
        try
        {
            var asked = database.Read(c => AuthorizationRequest.Read(c, request.Parameters));
            return ConsentPage.Ask(asked, owner.Required, request.Parameters);
        }
        catch (OAuthException refused)
        {
            return ConsentPage.Refuse(refused);
        }
    }

    private static async Task<IResult> Answer(ApiRequest request, Database database, TimeProvider time)
    {
        // ApiGate has checked that a request with our cookie came from our own page.
        if (request.Caller is not { IsBrowser: true }) return SignIn(request.Http.Request);
        try
        {
            var asked = database.Read(c => AuthorizationRequest.Read(c, request.Parameters));
            if (request.Parameters.Text("answer") != "allow") return Denied(asked);
            var code = Tokens.New();
            var now = time.GetUtcNow();
            await database.Write(c => AuthorizationCodeStore.Add(c, Tokens.Hash(code), new AuthorizationCode(
                asked.App.Id, asked.RedirectUri, string.Join(' ', asked.Scopes), asked.CodeChallenge, now + AuthorizationCodeStore.Lifetime), now));
            return asked.RedirectUri == RedirectUri.OutOfBand
                ? Redirection.To($"{Path}/native?code={code}")
                : Redirection.To(RedirectUri.With(asked.RedirectUri, ("code", code), ("state", asked.State)));
        }
        catch (OAuthException refused)
        {
            return ConsentPage.Refuse(refused);
        }
    }

    private static IResult ShowCode(ApiRequest request) => ConsentPage.ShowCode(request.Parameters.Text("code") ?? "");

    private static IResult Denied(AuthorizationRequest asked) =>
        asked.RedirectUri == RedirectUri.OutOfBand
            ? ConsentPage.Refuse(new OAuthException(StatusCodes.Status403Forbidden, "access_denied", "You did not let the app in. You can close this page."))
            : Redirection.To(RedirectUri.With(asked.RedirectUri, ("error", "access_denied"),
                ("error_description", "The resource owner or authorization server denied the request."), ("state", asked.State)));

    private static IResult SignIn(HttpRequest request) =>
        Redirection.To("/sign-in?next=" + Uri.EscapeDataString(request.Path + request.QueryString));
}
