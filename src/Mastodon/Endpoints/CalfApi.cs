using Calf.Federation.Delivery;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Store;

namespace Calf.Mastodon.Endpoints;

/// <summary>What Mastodon's API lacks: where a post has arrived, how Markdown will look, why something is not seen here, how full the disk is, and what the machine lacks.</summary>
public static class CalfApi
{
    private const int MaxPreview = 50_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calf/v1/statuses/{id:long}/delivery", Delivery).RequireScope("read:statuses");
        routes.MapPost("/api/calf/v1/statuses/{id:long}/delivery/retry", Retry).RequireScope("write:statuses");
        routes.MapPost("/api/calf/v1/preview", Preview).RequireScope("read:statuses");
        routes.MapGet("/api/calf/v1/why", Why).RequireScope("read:statuses");
        routes.MapGet("/api/calf/v1/disk", Disk).RequireScope("admin:read");
        routes.MapGet("/api/calf/v1/machine", Machine).RequireScope("read:accounts");
    }

    private static IResult Delivery(ApiRequest request, Database database, PageAnswers answers) => database.Read(c =>
        Answers.Json(DeliveryEntity.Of(DeliveryLedger.Of(c, answers.OwnStatus(c, request).Id)), MastodonJson.Api.DeliveryEntity));

    /// <summary>With <c>host</c>, tries that server again now.</summary>
    private static async Task<IResult> Retry(ApiRequest request, Database database, PageAnswers answers, DeliveryLedger ledger)
    {
        var host = request.Parameters.Text("host") ?? throw ApiException.Invalid("host: say which server to try again.");
        return await database.Write(c =>
        {
            var id = answers.OwnStatus(c, request).Id;
            if (ledger.Retry(c, id, host) == 0) throw ApiException.Invalid($"There is nothing of this post to send to {host} again.");
            return Answers.Json(DeliveryEntity.Of(DeliveryLedger.Of(c, id)), MastodonJson.Api.DeliveryEntity);
        });
    }

    private static IResult Preview(ApiRequest request, Writing writing)
    {
        var text = request.Parameters.Text("text") ?? request.Parameters.Text("status") ?? "";
        if (text.Length > MaxPreview) throw ApiException.Invalid($"text: at most {MaxPreview} characters.");
        return Answers.Json(new PreviewEntity(writing.Preview(text), StatusLength.Of(text)), MastodonJson.Api.PreviewEntity);
    }

    private static IResult Disk(Database database, Settings settings, TimeProvider time)
    {
        var growth = database.Read(c => DiskDayStore.Growth(c, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)));
        return Answers.Json(DiskEntity.Of(DataFolder.Measure(settings), growth), MastodonJson.Api.DiskEntity);
    }

    private static IResult Machine(FilmTools tools) => Answers.Json(new MachineEntity(tools.Missing is { } missing ? [missing] : []), MastodonJson.Api.MachineEntity);

    private static IResult Why(ApiRequest request, Database database)
    {
        var url = request.Parameters.Text("url");
        IReadOnlyList<VerdictEntity> verdicts =
            [.. database.Read(c => url is null ? VerdictStore.Latest(c, ApiRequest.MaxStatuses) : VerdictStore.About(c, url)).Select(VerdictEntity.Of)];
        return Answers.Json(verdicts, MastodonJson.Api.IReadOnlyListVerdictEntity);
    }
}
