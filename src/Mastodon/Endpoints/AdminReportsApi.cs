using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Reports that came and that the owner made: to read, to close and to open again. https://docs.joinmastodon.org/methods/admin/reports/</summary>
public static class AdminReportsApi
{
    private const string Root = "/api/v1/admin/reports";
    private const int UsualPage = 100;
    private const int MaxPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database, Site, AdminRendering>(List)).RequireScope("admin:read:reports");
        routes.MapGet(Root + "/{id:long}", Handle<Database, AdminRendering>(Find)).RequireScope("admin:read:reports");
        routes.MapPost(Root + "/{id:long}/resolve", Handle((ApiRequest request, Database database, TimeProvider time, AdminRendering rendering) =>
            Close(request, database, time.GetUtcNow(), rendering))).RequireScope("admin:write:reports");
        routes.MapPost(Root + "/{id:long}/reopen", Handle((ApiRequest request, Database database, AdminRendering rendering) =>
            Close(request, database, null, rendering))).RequireScope("admin:write:reports");
    }

    /// <summary>Those that nobody is done with, unless <c>resolved</c> asks for the others, as in Mastodon.</summary>
    private static IResult List(ApiRequest request, Database database, Site site, AdminRendering rendering) => database.Read(c =>
    {
        var page = request.Page(UsualPage, MaxPage);
        var found = ReportStore.Page(c, request.Parameters.Is("resolved"), request.IdIn("account_id"), request.IdIn("target_account_id"), page);
        LinkHeader.Set(request, site, page, [.. found.Select(r => r.Id)], found.Count);
        return Answers.Json<IReadOnlyList<AdminReportEntity>>(rendering.Render(c, found), MastodonJson.Api.IReadOnlyListAdminReportEntity);
    });

    private static IResult Find(ApiRequest request, Database database, AdminRendering rendering) =>
        Answers.Json(database.Read(c => Require(c, request, rendering)), MastodonJson.Api.AdminReportEntity);

    private static async Task<IResult> Close(ApiRequest request, Database database, DateTimeOffset? at, AdminRendering rendering) =>
        Answers.Json(await database.Write(c =>
        {
            ReportStore.Close(c, request.Id(), at);
            return Require(c, request, rendering);
        }), MastodonJson.Api.AdminReportEntity);

    private static AdminReportEntity Require(Connection c, ApiRequest request, AdminRendering rendering) =>
        rendering.Render(c, ReportStore.FindMany(c, [request.Id()]).Values).FirstOrDefault() ?? throw ApiException.NotFound();
}
