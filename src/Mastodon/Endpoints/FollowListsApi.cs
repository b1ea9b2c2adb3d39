using Calf.Federation.FollowLists;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Whole lists of people are looked at and followed: starter packs, the lists that Mastodon exports, handles. Calf's own.</summary>
public static class FollowListsApi
{
    private const string Root = "/api/calf/v1/follow_lists";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database>(Show)).RequireScope("read:follows");
        routes.MapPost(Root, Handle<Database, FollowListing>(Follow)).RequireScope("write:follows");
        routes.MapDelete(Root, Handle<Database, FollowListing>(Stop)).RequireScope("write:follows");
        // To look at an address is to ask another server, as a search does.
        routes.MapPost(Root + "/preview", Handle<Database, FollowListing, AccountRendering>(Preview)).RequireScope("read:search");
    }

    private static IResult Show(ApiRequest request, Database database) => Progress(database);

    /// <summary>With <c>text</c>: lines of a list.</summary>
    private static async Task<IResult> Follow(ApiRequest request, Database database, FollowListing lists)
    {
        await lists.Follow(Required(request, "text"));
        return Progress(database);
    }

    private static async Task<IResult> Stop(ApiRequest request, Database database, FollowListing lists)
    {
        await lists.Stop();
        return Progress(database);
    }

    /// <summary>With <c>url</c> or <c>text</c>.</summary>
    private static async Task<IResult> Preview(ApiRequest request, Database database, FollowListing lists, AccountRendering rendering)
    {
        var url = request.Parameters.Text("url");
        var preview = await lists.Preview(url, url is null ? Required(request, "text") : "", request.Aborted);
        return database.Read(c =>
        {
            var accounts = rendering.RenderIds(c, [.. preview.People.Select(p => p.AccountId).OfType<long>().Distinct()], byOwner: true).ToDictionary(a => a.Id);
            return Answers.Json(new FollowListPreviewEntity(preview.Title,
                [.. preview.People.Select(p => PreviewedFollowEntity.Of(p, p.AccountId is { } id ? accounts.GetValueOrDefault(EntityText.Of(id)) : null))],
                [.. preview.Skipped.Select(SkippedLineEntity.Of)]), MastodonJson.Api.FollowListPreviewEntity);
        });
    }

    private static IResult Progress(Database database) => Answers.Json(FollowListProgressEntity.Of(database.Read(FollowListStore.Progress)), MastodonJson.Api.FollowListProgressEntity);

    private static string Required(ApiRequest request, string name) =>
        request.Parameters.Text(name) is { Length: > 0 } text ? text : throw ApiException.Invalid($"{name}: say which list.");
}
