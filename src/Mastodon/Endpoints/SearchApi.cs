using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// Finds accounts, hashtags and statuses, and what an address or a whole handle stands for; with <c>resolve</c> also on other servers.
/// Strangers may look too, as on Mastodon, without <c>offset</c> and <c>resolve</c>, and find no statuses; here they find only
/// accounts that want to be found. <c>exclude_unreviewed</c> leaves nothing out: nobody reviews hashtags here.
/// https://docs.joinmastodon.org/methods/search/
/// </summary>
public static class SearchApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/search", Handle<Finding, Database, AccountRendering, StatusRendering, TagRendering, AccountCollectionRendering>(Search)).OpenOrScope("read:search");
        routes.MapGet("/api/v1/accounts/search", Handle<Finding, Database, AccountRendering>(SearchAccounts)).RequireScope("read:accounts");
    }

    private static async Task<IResult> Search(
        ApiRequest request, Finding finding, Database database, AccountRendering accounts, StatusRendering statuses, TagRendering tags,
        AccountCollectionRendering collections)
    {
        var wish = SearchWish.Of(request, ApiRequest.DefaultStatuses, ApiRequest.MaxStatuses);
        if (wish.Text.Length == 0) throw ApiException.Missing("q");
        if (!request.ByOwner) wish.RefuseToStrangers(request);
        var found = await finding.Prepare(request, wish);
        var collection = await finding.Collection(request, wish, found);
        return database.Read(c => Answers.Json(new SearchEntity(
            wish.Wants("accounts") ? accounts.RenderIds(c, Finding.Accounts(c, wish, found, request.ByOwner), request.ByOwner) : [],
            wish.Wants("statuses") && request.ByOwner ? statuses.Render(c, finding.Statuses(c, request, wish, found), byOwner: true) : [],
            wish.Wants("hashtags") ? tags.Search(c, wish.Text, wish.Limit, wish.Offset, request.ByOwner) : [],
            collection is null ? [] : collections.Render(c, [collection], byOwner: true)), MastodonJson.Api.SearchEntity));
    }

    private static async Task<IResult> SearchAccounts(ApiRequest request, Finding finding, Database database, AccountRendering accounts)
    {
        var wish = SearchWish.Of(request, ApiRequest.DefaultAccounts, ApiRequest.MaxAccounts, type: "accounts");
        var found = await finding.Prepare(request, wish);
        return database.Read(c => Answers.Json<IReadOnlyList<AccountEntity>>(
            accounts.RenderIds(c, Finding.Accounts(c, wish, found, byOwner: true), byOwner: true), MastodonJson.Api.IReadOnlyListAccountEntity));
    }
}
