using Calf.Accounts;
using Calf.Follows;
using Calf.Interactions;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The owner's own lists: favourites, bookmarks, blocks, mutes, follow requests, blocked domains, preferences.</summary>
public static class CollectionsApi
{
    private const int UsualDomains = 100;
    private const int MaxDomains = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/favourites", Handle<PageAnswers, Owner>(Favourites)).RequireScope("read:favourites");
        routes.MapGet("/api/v1/bookmarks", Handle<PageAnswers>(Bookmarks)).RequireScope("read:bookmarks");
        routes.MapGet("/api/v1/blocks", Handle<PageAnswers, Owner>(Blocks)).RequireScope("read:blocks");
        routes.MapGet("/api/v1/mutes", Handle<Database, Site, AccountRendering, TimeProvider>(Mutes)).RequireScope("read:mutes");
        routes.MapGet("/api/v1/follow_requests", Handle<PageAnswers, Owner>(FollowRequests)).RequireScope("read:follows");
        routes.MapGet("/api/v1/domain_blocks", Handle<Database, Site>(DomainBlocks)).RequireScope("read:blocks");
        routes.MapGet("/api/v1/preferences", Handle<Database>(Preferences)).RequireScope("read:accounts");
    }

    private static IResult Favourites(ApiRequest request, PageAnswers answers, Owner owner)
    {
        var page = request.Page();
        return answers.Statuses(request, page, c => FavouriteStore.StatusesOf(c, owner.Id, page));
    }

    private static IResult Bookmarks(ApiRequest request, PageAnswers answers)
    {
        var page = request.Page();
        return answers.Statuses(request, page, c => BookmarkStore.All(c, page));
    }

    private static IResult Blocks(ApiRequest request, PageAnswers answers, Owner owner)
    {
        var page = request.AccountPage();
        return answers.Accounts(request, page, c => BlockStore.Of(c, owner.Id, page));
    }

    private static IResult FollowRequests(ApiRequest request, PageAnswers answers, Owner owner)
    {
        var page = request.AccountPage();
        return answers.Accounts(request, page, c => FollowStore.Followers(c, owner.Id, accepted: false, page));
    }

    private static IResult Mutes(ApiRequest request, Database database, Site site, AccountRendering rendering, TimeProvider time)
    {
        var page = request.AccountPage();
        var now = time.GetUtcNow();
        return database.Read(c =>
        {
            var ids = MuteStore.All(c, page, now);
            var mutes = MuteStore.Among(c, ids, now);
            LinkHeader.Set(request, site, page, ids, ids.Count);
            IReadOnlyList<AccountEntity> entities = [.. rendering.RenderIds(c, ids, byOwner: true).Zip(ids, (entity, id) => entity with { MuteExpiresAt = mutes[id].ExpiresAt })];
            return Answers.Json(entities, MastodonJson.Api.IReadOnlyListAccountEntity);
        });
    }

    private static IResult DomainBlocks(ApiRequest request, Database database, Site site)
    {
        var page = request.Page(UsualDomains, MaxDomains);
        var found = database.Read(c => DomainBlockStore.Blocked(c, page));
        LinkHeader.Set(request, site, page, [.. found.Select(b => b.Id)], found.Count);
        return Answers.Json<IReadOnlyList<string>>([.. found.Select(b => b.Domain)], MastodonJson.Api.IReadOnlyListString);
    }

    private static IResult Preferences(ApiRequest request, Database database)
    {
        var defaults = database.Read(PostingDefaults.Read);
        return Answers.Json(
            new PreferencesEntity(EntityText.Of(defaults.Visibility), defaults.Sensitive, defaults.Language, EntityText.Of(defaults.QuotePolicy)), MastodonJson.Api.PreferencesEntity);
    }
}
