using Calf.Accounts;
using Calf.Federation;
using Calf.Follows;
using Calf.Interactions;
using Calf.Mastodon.Entities;
using Calf.Store;
using Calf.Timelines;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Reading accounts. https://docs.joinmastodon.org/methods/accounts/</summary>
public static class AccountsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/accounts/verify_credentials", Handle<Database, CredentialRendering>(VerifyCredentials)).RequireScope("profile", "read:accounts");
        routes.MapGet("/api/v1/accounts", Handle<Database, AccountRendering>(FindMany)).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/lookup", Handle<Database, Site, AccountRendering, ProfileWorker>(Lookup)).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/relationships", Handle<Database, RelationshipRendering>(Relationships)).RequireScope("read:follows");
        routes.MapGet("/api/v1/accounts/{id:long}", Handle<Database, AccountRendering, RemoteFeatured>(Find)).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/{id:long}/statuses", Handle<Database, PageAnswers, Owner, RemoteFeatured, RemoteOutbox>(Statuses)).OpenOrScope("read:statuses");
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
    private static IResult Lookup(ApiRequest request, Database database, Site site, AccountRendering rendering, ProfileWorker profiles)
    {
        var parts = (request.Parameters.Text("acct") ?? "").Trim().TrimStart('@').Split('@');
        if (parts.Length > 2 || parts[0].Length == 0) throw ApiException.NotFound();
        var domain = parts.Length == 1 || parts[1].Equals(site.Domain, StringComparison.OrdinalIgnoreCase) ? "" : parts[1].ToLowerInvariant();
        return database.Read(c =>
        {
            if (AccountStore.FindByHandle(c, parts[0], domain) is not { } account) throw ApiException.NotFound();
            // Whoever looks somebody up wants to see more of them in a moment.
            if (request.ByOwner) profiles.Look(account.Id);
            return Answers.Json(rendering.Render(c, account, request.ByOwner), MastodonJson.Api.AccountEntity);
        });
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

    private static async Task<IResult> Statuses(ApiRequest request, Database database, PageAnswers answers, Owner owner, RemoteFeatured featured, RemoteOutbox outbox)
    {
        var page = request.Page();
        var account = database.Read(c => PageAnswers.Account(c, request));
        if (request.Parameters.Is("pinned"))
        {
            // Strangers do not make this server ask others.
            if (request.ByOwner) await featured.Refresh(account, request.Aborted);
            return answers.Statuses(request, page, c => PinStore.Of(c, account.Id));
        }
        var parameters = request.Parameters;
        var what = new AccountTimeline(parameters.Is("exclude_replies"), parameters.Is("exclude_reblogs"), parameters.Is("only_media"), parameters.Text("tagged"));
        if (!request.ByOwner || account.IsOwner || page is not { MinId: null, SinceId: null }) return answers.Statuses(request, page, Shown);
        if (page.MaxId is null) await outbox.FetchLatest(account, request.Aborted);
        await outbox.FetchOlder(account, IsEnough, request.Aborted);
        var further = outbox.Further(account);
        return answers.Statuses(request, page, c => Unbroken(Shown(c), further), further);

        List<long> Shown(Connection c) => TimelineStore.OfAccount(c, account.Id, Reader(c, request, account, owner), what, page);

        // At the top what the newest pages brought, unless that is nothing; below, a page that lies within what was read of the outbox.
        bool IsEnough(DateTimeOffset? back)
        {
            var ids = database.Read(Shown);
            return page.MaxId is null ? ids.Count > 0 : ids.Count == page.Limit && Ids.TimeOf(ids[^1]) >= back;
        }
    }

    /// <summary>Below what was read of an outbox posts are missing between those that are here, so these wait until it was read that far.</summary>
    private static List<long> Unbroken(List<long> ids, long? further) =>
        ids.TakeWhile(id => id >= (further ?? 0)).ToList() is { Count: > 0 } above ? above : ids;

    /// <summary>Followers-only posts are for the owner as long as the owner follows.</summary>
    private static long? Reader(Connection c, ApiRequest request, Account account, Owner owner)
    {
        if (!request.ByOwner) return null;
        return account.IsOwner || FollowStore.IsFollowing(c, owner.Id, account.Id) ? owner.Id : null;
    }
}
