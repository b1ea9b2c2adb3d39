using Calf.Federation.Discovery;
using Calf.Follows;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Where followed hashtags are looked for besides what comes by itself. Calf's own.</summary>
public static class TagSourcesApi
{
    private const string Root = "/api/calf/v1/tag_sources";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database, TimeProvider>(List)).RequireScope("read:follows");
        routes.MapPost(Root, Handle<TagSources, Database, TimeProvider>(Add)).RequireScope("write:follows");
        routes.MapPut(Root, Handle<TagSources, Database, TimeProvider>(Change)).RequireScope("write:follows");
        routes.MapDelete(Root + "/{host}", Handle<TagSources, Database, TimeProvider>(Remove)).RequireScope("write:follows");
    }

    private static IResult List(ApiRequest request, Database database, TimeProvider time) => Shown(database, time);

    /// <summary>With <c>host</c>.</summary>
    private static async Task<IResult> Add(ApiRequest request, TagSources sources, Database database, TimeProvider time)
    {
        await sources.Add(request.Parameters.Text("host") ?? throw ApiException.Invalid("host: say which server."));
        return Shown(database, time);
    }

    /// <summary>With <c>posts_per_day</c>.</summary>
    private static async Task<IResult> Change(ApiRequest request, TagSources sources, Database database, TimeProvider time)
    {
        await sources.SetMost(request.Parameters.Long("posts_per_day") ?? throw ApiException.Invalid("posts_per_day: say how many."));
        return Shown(database, time);
    }

    private static async Task<IResult> Remove(ApiRequest request, TagSources sources, Database database, TimeProvider time)
    {
        await sources.Remove(request.Route("host"));
        return Shown(database, time);
    }

    private static IResult Shown(Database database, TimeProvider time) => Answers.Json(database.Read(c => new TagSourcesEntity(
        [.. TagSourceStore.All(c).Select(s => new TagSourceEntity(s.Host, s.AddedAt, s.Error))], DiscoveredStore.Most(c), DiscoveredStore.Today(c, time.GetUtcNow()))),
        MastodonJson.Api.TagSourcesEntity);
}
