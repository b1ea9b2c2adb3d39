using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Federation.Outbox;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Serves the owner's collections of accounts, and the owner's consent to be in collections (FEP-7aa9).</summary>
public static class FeaturedCollectionApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFeaturedCollections(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/users/{username}/featured_collections", Reading, All).Gated();
        routes.MapMethods("/users/{username}/featured_collections/{id:long}", Reading, Show).Gated();
        routes.MapMethods("/users/{username}/featured_items/{id:long}", Reading, ShowItem).Gated();
        // It names a collection and an account and shows neither, so anybody may ask.
        routes.MapMethods("/users/{username}/feature_authorizations/{id:long}", Reading, ShowAuthorization);
    }

    /// <summary>Those for the profile, whole: there are few.</summary>
    private static IResult All(HttpContext context, string username, Owner owner, Database database, CurationNews news)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        return Answers.Public(database.Read(c =>
        {
            var shown = AccountCollectionStore.Of(c, owner.Id, hidden: false, 0, Curating.MaxCollections);
            return new CollectionDocument
            {
                Context = LinkedDataContext.FeaturedCollection,
                Id = OwnUris.FeaturedCollections(owner.Required.Uri),
                Type = "Collection",
                AttributedTo = owner.Required.Uri,
                TotalItems = shown.Count,
                Items = [.. shown.Select(one => DocumentOrUri.From(news.Describe(c, one) with { Context = null }))],
            };
        }), CacheTopic.Profile);
    }

    private static IResult Show(HttpContext context, string username, long id, Owner owner, Database database, CurationNews news) => database.Read(c =>
        owner.IsNamed(username) && AccountCollectionStore.Find(c, id) is { IsOwn: true } found
            ? Answers.Public(news.Describe(c, found), CacheTopic.Profile)
            : Answers.Missing(context));

    private static IResult ShowItem(HttpContext context, string username, long id, Owner owner, Database database) => database.Read(c =>
        owner.IsNamed(username) && CollectionItemStore.Find(c, id) is { State: CollectionItemState.Accepted } item
        && AccountCollectionStore.Find(c, item.CollectionId) is { IsOwn: true } && AccountStore.Find(c, item.AccountId) is { } account
            ? Answers.Public(FeaturedCollectionBuilder.Item(item, account, owner.Required.Uri), CacheTopic.Profile)
            : Answers.Missing(context));

    private static IResult ShowAuthorization(HttpContext context, string username, long id, Owner owner, Database database)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        return database.Read(c => CollectionItemStore.Find(c, id) is { State: CollectionItemState.Accepted } item && item.AccountId == owner.Id
            && AccountCollectionStore.Find(c, item.CollectionId) is { } collection && !BlockStore.Exists(c, owner.Id, collection.AccountId)
                // Kept nowhere: who asks wants to know whether it holds now.
                ? Answers.Private(context, FeaturedCollectionBuilder.Authorization(item, collection, owner.Required.Uri))
                : Answers.Missing(context));
    }
}
