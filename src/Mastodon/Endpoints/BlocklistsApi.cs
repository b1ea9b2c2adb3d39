using Calf.Federation.Blocklists;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Lists of domains to block: looked at, imported, exported, subscribed to. Calf's own.</summary>
public static class BlocklistsApi
{
    private const string Root = "/api/calf/v1/blocklists";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database>(List)).RequireScope("admin:read:domain_blocks");
        routes.MapPost(Root, Handle<Database, Blocklisting>(Subscribe)).RequireScope("admin:write:domain_blocks");
        routes.MapDelete(Root + "/{id:long}", Handle<Blocklisting>(Unsubscribe)).RequireScope("admin:write:domain_blocks");
        routes.MapPost(Root + "/preview", Handle<Blocklisting>(Preview)).RequireScope("admin:read:domain_blocks");
        routes.MapPost(Root + "/import", Handle<Blocklisting>(Import)).RequireScope("admin:write:domain_blocks");
        routes.MapGet(Root + "/export", Handle<Blocklisting>(Export)).RequireScope("admin:read:domain_blocks");
    }

    private static IResult List(ApiRequest request, Database database) => database.Read(c =>
        Answers.Json(Entities(c, BlocklistStore.All(c)), MastodonJson.Api.IReadOnlyListBlocklistEntity));

    private static async Task<IResult> Subscribe(ApiRequest request, Database database, Blocklisting lists)
    {
        var list = await lists.Subscribe(Required(request, "url"), request.Aborted);
        return Answers.Json(database.Read(c => Entities(c, [list])[0]), MastodonJson.Api.BlocklistEntity);
    }

    private static async Task<IResult> Unsubscribe(ApiRequest request, Blocklisting lists)
    {
        await lists.Unsubscribe(request.Id());
        return Answers.Empty();
    }

    /// <summary>With <c>url</c> or <c>text</c>.</summary>
    private static async Task<IResult> Preview(ApiRequest request, Blocklisting lists)
    {
        var preview = await lists.Preview(request.Parameters.Text("url") ?? Required(request, "text"), request.Aborted);
        return Answers.Json(BlocklistPreviewEntity.Of(preview), MastodonJson.Api.BlocklistPreviewEntity);
    }

    private static async Task<IResult> Import(ApiRequest request, Blocklisting lists)
    {
        var done = await lists.Import(Required(request, "text"));
        return Answers.Json(
            new BlocklistImportEntity(done.Added, done.Kept, [.. done.Skipped.Select(SkippedLineEntity.Of)]), MastodonJson.Api.BlocklistImportEntity);
    }

    private static ContentHttpResult Export(ApiRequest request, Blocklisting lists)
    {
        request.Http.Response.Headers.ContentDisposition = "attachment; filename=\"domain_blocks.csv\"";
        return TypedResults.Text(lists.Export(), "text/csv; charset=utf-8");
    }

    private static IReadOnlyList<BlocklistEntity> Entities(Connection c, IReadOnlyCollection<Blocklist> lists)
    {
        List<long> ids = [.. lists.Select(list => list.Id)];
        var (sizes, held) = (BlocklistStore.Sizes(c, ids), BlocklistStore.Held(c, ids));
        return [.. lists.Select(list => BlocklistEntity.Of(list, sizes.GetValueOrDefault(list.Id), held[list.Id]))];
    }

    private static string Required(ApiRequest request, string name) =>
        request.Parameters.Text(name) is { Length: > 0 } text ? text : throw ApiException.Invalid($"{name}: say which list.");
}
