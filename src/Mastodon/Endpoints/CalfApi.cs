using Calf.Federation.Delivery;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>What Mastodon's API lacks: where a post has arrived, how Markdown will look, how full the disk is, and what the machine lacks.</summary>
public static class CalfApi
{
    private const int MaxPreview = 50_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calf/v1/statuses/{id:long}/delivery", Handle<Database>(Delivery)).RequireScope("read:statuses");
        routes.MapPost("/api/calf/v1/statuses/{id:long}/delivery/retry", Handle<Database, DeliveryLedger>(Retry)).RequireScope("write:statuses");
        routes.MapPost("/api/calf/v1/preview", Handle<Writing>(Preview)).RequireScope("read:statuses");
        routes.MapGet("/api/calf/v1/disk", Handle<Database, Settings, MediaStore, TimeProvider>(Disk)).RequireScope("admin:read");
        routes.MapGet("/api/calf/v1/machine", Handle<FilmTools>(Machine)).RequireScope("read:accounts");
    }

    private static IResult Delivery(ApiRequest request, Database database) => database.Read(c => Entity(c, Sent(c, request)));

    /// <summary>With <c>host</c>, tries that server again now, else all that do not have it.</summary>
    private static async Task<IResult> Retry(ApiRequest request, Database database, DeliveryLedger ledger)
    {
        var host = request.Parameters.Text("host");
        return await database.Write(c =>
        {
            var id = Sent(c, request);
            if (ledger.Retry(c, id, host) == 0) throw ApiException.Invalid(host is null ? Words.T("There is nothing of this post to send again.") : Words.T("There is nothing of this post to send to {host} again.", ("host", host)));
            return Entity(c, id);
        });
    }

    private static IResult Entity(Connection c, long id)
    {
        var deleted = StatusStore.Find(c, id) is null;
        return Answers.Json(DeliveryEntity.Of(deleted ? DeliveryLedger.OfDeletion(c, id) : DeliveryLedger.Of(c, id), deleted), MastodonJson.Api.DeliveryEntity);
    }

    /// <summary>A post of the owner's, which may be deleted by now.</summary>
    private static long Sent(Connection c, ApiRequest request) =>
        DeliveryLedger.IsOwn(c, request.Id()) ? request.Id() : throw ApiException.NotFound();

    private static IResult Preview(ApiRequest request, Writing writing)
    {
        var text = request.Parameters.Text("text") ?? request.Parameters.Text("status") ?? "";
        if (text.Length > MaxPreview) throw ApiException.Invalid(Words.T("At most {most} characters can be shown.", ("most", Words.Digits(MaxPreview))));
        return Answers.Json(new PreviewEntity(writing.Preview(text), StatusLength.Of(text)), MastodonJson.Api.PreviewEntity);
    }

    private static async Task<IResult> Disk(ApiRequest request, Database database, Settings settings, MediaStore store, TimeProvider time)
    {
        var growth = database.Read(c => DiskDayStore.Growth(c, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)));
        return Answers.Json(DiskEntity.Of(DataFolder.Measure(settings), growth, await BucketReport.Of(store, database, request.Aborted)), MastodonJson.Api.DiskEntity);
    }

    private static async Task<IResult> Machine(ApiRequest request, FilmTools tools) => Answers.Json(new MachineEntity(await tools.Lacking()), MastodonJson.Api.MachineEntity);
}
