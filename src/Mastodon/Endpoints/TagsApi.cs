using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Hashtags followed and shown. https://docs.joinmastodon.org/methods/tags/, /followed_tags/ and /featured_tags/</summary>
public static class TagsApi
{
    private const int UsualFollowed = 100, MaxFollowed = 200;
    private const int Suggested = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tags/{name}", Handle<Database, TagRendering>(Show)).OpenOrScope();
        Action(routes, "follow", "write:follows", (tagging, name) => tagging.Follow(name));
        Action(routes, "unfollow", "write:follows", (tagging, name) => tagging.Unfollow(name));
        Action(routes, "feature", "write:accounts", (tagging, name) => tagging.Feature(name));
        routes.MapPost("/api/v1/tags/{name}/unfeature", Handle<Tagging, Database, TagRendering>(Unfeature)).RequireScope("write:accounts");
        routes.MapGet("/api/v1/followed_tags", Handle<Database, Site, TagRendering>(Followed)).RequireScope("read:follows");
        routes.MapGet("/api/v1/featured_tags", Handle<Database, Site, Owner>(Featured)).RequireScope("read:accounts");
        routes.MapPost("/api/v1/featured_tags", Handle<Tagging, Database, Site, Owner>(Feature)).RequireScope("write:accounts");
        routes.MapDelete("/api/v1/featured_tags/{id:long}", Handle<Tagging, Database>(RemoveFeatured)).RequireScope("write:accounts");
        routes.MapGet("/api/v1/featured_tags/suggestions", Handle<Database, Owner, TagRendering>(Suggestions)).RequireScope("read:accounts");
        routes.MapGet("/api/v1/accounts/{id:long}/featured_tags", Handle<Database, Site, RemoteFeatured>(OfAccount)).OpenOrScope();
    }

    private static void Action(IEndpointRouteBuilder routes, string verb, string scope, Func<Tagging, string, Task<Tag>> act) =>
        routes.MapPost("/api/v1/tags/{name}/" + verb, Handle(async (ApiRequest request, Tagging tagging, Database database, TagRendering rendering) =>
        {
            var tag = await act(tagging, Name(request));
            return Answers.Json(database.Read(c => rendering.Render(c, tag)), MastodonJson.Api.TagEntity);
        })).RequireScope(scope);

    private static IResult Show(ApiRequest request, Database database, TagRendering rendering) => Answers.Json(
        database.Read(c => TagStore.Find(c, Name(request)) is { } tag ? rendering.Render(c, tag, request.ByOwner) : rendering.Unknown(Name(request))), MastodonJson.Api.TagEntity);

    private static async Task<IResult> Unfeature(ApiRequest request, Tagging tagging, Database database, TagRendering rendering)
    {
        var tag = database.Read(c => TagStore.Find(c, Name(request))) ?? throw ApiException.NotFound();
        await tagging.Unfeature(tag);
        return Answers.Json(database.Read(c => rendering.Render(c, tag)), MastodonJson.Api.TagEntity);
    }

    private static IResult Followed(ApiRequest request, Database database, Site site, TagRendering rendering)
    {
        var page = request.Page(UsualFollowed, MaxFollowed);
        return database.Read(c =>
        {
            var found = OwnTagStore.Followed.Page(c, page);
            LinkHeader.Set(request, site, page, [.. found.Select(f => f.Id)], found.Count);
            var tags = TagStore.FindMany(c, found.Select(f => f.Thing));
            return Tags(rendering.Render(c, [.. found.Select(f => tags[f.Thing])]));
        });
    }

    private static IResult Featured(ApiRequest request, Database database, Site site, Owner owner) => Answers.Json(
        database.Read(c => FeaturedTagEntity.Own(c, site, owner.Id)), MastodonJson.Api.IReadOnlyListFeaturedTagEntity);

    private static async Task<IResult> OfAccount(ApiRequest request, Database database, Site site, RemoteFeatured featured)
    {
        var account = database.Read(c => PageAnswers.Account(c, request));
        // Strangers make us ask nobody.
        if (request.ByOwner) await featured.RefreshTags(account, request.Aborted);
        return Answers.Json(database.Read(c => FeaturedTagEntity.Of(c, site, account)), MastodonJson.Api.IReadOnlyListFeaturedTagEntity);
    }

    private static async Task<IResult> Feature(ApiRequest request, Tagging tagging, Database database, Site site, Owner owner)
    {
        var name = request.Parameters.Text("name")?.Trim().TrimStart('#');
        if (string.IsNullOrEmpty(name)) throw ApiException.Invalid(Validation.Failed(Words.T("Name can't be blank")));
        var tag = await tagging.Feature(name);
        return Answers.Json(database.Read(c => FeaturedTagEntity.Own(c, site, owner.Id)).First(f => f.Name == tag.Name), MastodonJson.Api.FeaturedTagEntity);
    }

    private static async Task<IResult> RemoveFeatured(ApiRequest request, Tagging tagging, Database database)
    {
        var tag = database.Read(c => OwnTagStore.Featured.Page(c, new Paging(Tagging.MaxFeatured)).Where(f => f.Id == request.Id()).Select(f => TagStore.Find(c, f.Thing)).FirstOrDefault()) ?? throw ApiException.NotFound();
        await tagging.Unfeature(tag);
        return Answers.Empty();
    }

    private static IResult Suggestions(ApiRequest request, Database database, Owner owner, TagRendering rendering) =>
        database.Read(c => Tags(rendering.Render(c, TagStore.MostUsed(c, owner.Id, Suggested))));

    private static IResult Tags(List<TagEntity> tags) => Answers.Json<IReadOnlyList<TagEntity>>(tags, MastodonJson.Api.IReadOnlyListTagEntity);

    private static string Name(ApiRequest request)
    {
        var name = request.Route("name").TrimStart('#');
        return HashtagName.Is(name) ? name : throw ApiException.NotFound();
    }
}
