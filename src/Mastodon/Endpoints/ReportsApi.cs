using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/reports/, and Calf's own list of the reports that came.</summary>
public static class ReportsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/reports", Handle<Database, Reporting, ReportRendering>(Add)).RequireScope("write:reports");
        // Mastodon shows these to its moderators, in an API of twenty routes. The owner is told by a notification; this is for looking back.
        routes.MapGet("/api/calf/v1/reports", Handle<Database, Site, Owner, ReportRendering>(Received)).RequireScope("read:notifications");
    }

    private static async Task<IResult> Add(ApiRequest request, Database database, Reporting reporting, ReportRendering rendering)
    {
        var given = request.Parameters;
        var report = await reporting.Add(new NewReport(
            request.IdIn("account_id") ?? throw ApiException.NotFound(), request.Ids("status_ids"), given.Text("comment") ?? "",
            given.Text("category") ?? (given.List("rule_ids").Count > 0 ? "violation" : Report.Other), given.Is("forward"))
        { CollectionIds = request.Ids("collection_ids") });
        return database.Read(c => Answers.Json(rendering.Render(c, report), MastodonJson.Api.ReportEntity));
    }

    private static IResult Received(ApiRequest request, Database database, Site site, Owner owner, ReportRendering rendering) => database.Read(c =>
    {
        var page = request.Page();
        var found = ReportStore.About(c, owner.Id, page);
        LinkHeader.Set(request, site, page, [.. found.Select(r => r.Id)], found.Count);
        return Answers.Json<IReadOnlyList<ReceivedReportEntity>>(rendering.RenderReceived(c, found), MastodonJson.Api.IReadOnlyListReceivedReportEntity);
    });
}
