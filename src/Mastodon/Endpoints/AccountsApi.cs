using Calf.Accounts;
using Calf.Federation;
using Calf.Follows;
using Calf.Interactions;
using Calf.Mastodon.Entities;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Mastodon.Endpoints;

/// <summary>Reading accounts. https://docs.joinmastodon.org/methods/accounts/</summary>
public static class AccountsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/accounts/verify_credentials", VerifyCredentials).RequireScope("profile", "read:accounts");
        routes.MapGet("/api/v1/accounts", FindMany).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/lookup", Lookup).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/relationships", Relationships).RequireScope("read:follows");
        routes.MapGet("/api/v1/accounts/{id:long}", Find).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/{id:long}/statuses", Statuses).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/accounts/{id:long}/followers", Followers).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/{id:long}/following", Following).OpenOrScope("read:accounts");
    }

    private static IResult VerifyCredentials(ApiRequest request, Database database, CredentialRendering rendering) =>
        Answers.Json(database.Read(rendering.Render), MastodonJson.Api.AccountEntity);

    private static async Task<IResult> Find(ApiRequest request, Database database, AccountRendering rendering, RemoteFeatured featured)
    {
        // Strangers do not make this server ask others.
        if (request.ByOwner) await featured.RefreshCounts(database.Read(c => PageAnswers.Account(c, request)), request.Aborted);
        return database.Read(c => Answers.Json(rendering.Render(c, PageAnswers.Account(c, request), request.ByOwner), MastodonJson.Api.AccountEntity));
    }

    private static IResult FindMany(ApiRequest request, Database database, AccountRendering rendering)
    {
        var ids = request.Ids("id", ApiRequest.DefaultAccounts);
        return database.Read(c => Answers.Json<IReadOnlyList<AccountEntity>>(rendering.RenderIds(c, ids, request.ByOwner), MastodonJson.Api.IReadOnlyListAccountEntity));
    }

    /// <summary>Only what is here already; a handle that is unknown is found by search with <c>resolve</c>.</summary>
    private static IResult Lookup(ApiRequest request, Database database, Site site, AccountRendering rendering)
    {
        var parts = (request.Parameters.Text("acct") ?? "").Trim().TrimStart('@').Split('@');
        if (parts.Length > 2 || parts[0].Length == 0) throw ApiException.NotFound();
        var domain = parts.Length == 1 || parts[1].Equals(site.Domain, StringComparison.OrdinalIgnoreCase) ? "" : parts[1].ToLowerInvariant();
        return database.Read(c => AccountStore.FindByHandle(c, parts[0], domain) is { } account
            ? Answers.Json(rendering.Render(c, account, request.ByOwner), MastodonJson.Api.AccountEntity)
            : throw ApiException.NotFound());
    }

    private static IResult Relationships(ApiRequest request, Database database, RelationshipRendering rendering)
    {
        var ids = request.Ids("id");
        return database.Read(c =>
        {
            var known = AccountStore.FindMany(c, ids);
            return Answers.Json<IReadOnlyList<RelationshipEntity>>(
                rendering.Render(c, [.. ids.Where(known.ContainsKey)]), MastodonJson.Api.IReadOnlyListRelationshipEntity);
        });
    }

    private static async Task<IResult> Statuses(ApiRequest request, Database database, PageAnswers answers, Owner owner, RemoteFeatured featured)
    {
        // Strangers do not make this server ask others.
        if (request.ByOwner && request.Parameters.Is("pinned"))
            await featured.Refresh(database.Read(c => PageAnswers.Account(c, request)), request.Aborted);
        var page = request.Page();
        var parameters = request.Parameters;
        var what = new AccountTimeline(parameters.Is("exclude_replies"), parameters.Is("exclude_reblogs"), parameters.Is("only_media"), parameters.Text("tagged"));
        return answers.Statuses(request, page, c =>
        {
            var account = PageAnswers.Account(c, request);
            if (parameters.Is("pinned")) return PinStore.Of(c, account.Id);
            return TimelineStore.OfAccount(c, account.Id, Reader(c, request, account, owner), what, page);
        });
    }

    private static IResult Followers(ApiRequest request, PageAnswers answers)
    {
        var page = request.AccountPage();
        return answers.Accounts(request, page, c => Shown(c, request) is { } account ? FollowStore.Followers(c, account.Id, accepted: true, page) : []);
    }

    private static IResult Following(ApiRequest request, PageAnswers answers)
    {
        var page = request.AccountPage();
        return answers.Accounts(request, page, c => Shown(c, request) is { } account ? FollowStore.Following(c, account.Id, page) : []);
    }

    /// <summary>The account whose people are asked for; null when they are not shown to the caller.</summary>
    private static Account? Shown(Connection c, ApiRequest request)
    {
        var account = PageAnswers.Account(c, request);
        return account.HideCollections && !request.ByOwner ? null : account;
    }

    /// <summary>Followers-only posts are for the owner as long as the owner follows.</summary>
    private static long? Reader(Connection c, ApiRequest request, Account account, Owner owner)
    {
        if (!request.ByOwner) return null;
        return account.IsOwner || FollowStore.IsFollowing(c, owner.Id, account.Id) ? owner.Id : null;
    }
}
