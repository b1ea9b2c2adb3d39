using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Documents;
using Calf.Follows;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Followers, following and pinned posts of the owner. Who follows and is followed is only counted when the owner hides it.</summary>
public static class CollectionApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapCollections(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/users/{username}/followers", Reading, Followers).Gated();
        routes.MapMethods("/users/{username}/followers_synchronization", Reading, FollowersThere);
        routes.MapMethods("/users/{username}/following", Reading, Following).Gated();
        routes.MapMethods("/users/{username}/collections/featured", Reading, Featured).Gated();
        routes.MapMethods("/users/{username}/collections/tags", Reading, Tags).Gated();
    }

    private static IResult Followers(HttpContext context, string username, Owner owner, Database database) =>
        People(context, username, owner, database, OwnUris.Followers, a => a.FollowersCount,
            (c, id, page) => FollowStore.Followers(c, id, accepted: true, page));

    /// <summary>The followers on the signer's own server, and nobody else's.</summary>
    private static async Task<IResult> FollowersThere(HttpContext context, string username, Owner owner, Database database, SignerOf signerOf)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        if (await signerOf(context.Request, context.RequestAborted) is not { } signer) return Answers.Unsigned(context);
        var there = database.Read(c => FollowStore.RemoteFollowers(c, owner.Id)).Where(uri => Origin.Same(uri, signer));
        return Answers.Private(context, CollectionBuilder.Whole(OwnUris.FollowersSynchronization(owner.Required.Uri), [.. there.Order(StringComparer.Ordinal)]));
    }

    private static IResult Following(HttpContext context, string username, Owner owner, Database database) =>
        People(context, username, owner, database, OwnUris.Following, a => a.FollowingCount, FollowStore.Following);

    private static IResult People(
        HttpContext context, string username, Owner owner, Database database, Func<string, string> idOf,
        Func<Account, long> count, Func<Connection, long, Paging, List<long>> list)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        var asked = PageAsked.Of(context.Request);
        return Answers.Public(database.Read(c =>
        {
            // From the table: the copy in memory may have old counts.
            var me = AccountStore.Owner(c)!;
            var id = idOf(me.Uri);
            if (me.HideCollections) return CollectionBuilder.Paged(id, count(me)) with { First = null };
            if (!asked.IsPage) return CollectionBuilder.Paged(id, count(me));
            var ids = list(c, me.Id, asked.Paging);
            var accounts = AccountStore.FindMany(c, ids);
            return CollectionBuilder.Page(id, asked.Uri(id), ids.Select(a => DocumentOrUri.From(accounts[a].Uri)), PageAsked.LastOf(ids));
        }), CacheTopic.Posts);
    }

    private static IResult Tags(HttpContext context, string username, Owner owner, Site site, Database database)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        return Answers.Public(database.Read(c =>
        {
            var ids = OwnTagStore.Featured.Page(c, new Paging(Outbox.Tagging.MaxFeatured)).ConvertAll(f => f.Thing);
            var tags = TagStore.FindMany(c, ids);
            return CollectionBuilder.Hashtags(OwnUris.FeaturedTags(owner.Required.Uri), site, [.. ids.Select(id => tags[id].Name)]);
        }), CacheTopic.Profile);
    }

    private static IResult Featured(HttpContext context, string username, Owner owner, Database database)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        return Answers.Public(database.Read(c =>
        {
            var pinned = PinStore.Of(c, owner.Id);
            var statuses = StatusStore.FindMany(c, pinned);
            return CollectionBuilder.Whole(OwnUris.Featured(owner.Required.Uri), [.. pinned.Select(id => statuses[id]).Where(s => s.IsOpen).Select(s => s.Uri)]);
        }), CacheTopic.Posts);
    }
}
