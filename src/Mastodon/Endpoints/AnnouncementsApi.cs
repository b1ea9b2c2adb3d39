using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// What a server of one person has none of: announcements to its users, their years in review, proofs of identity. Each answers as a
/// Mastodon that has none. https://docs.joinmastodon.org/methods/announcements/, https://docs.joinmastodon.org/methods/annual_reports/
/// </summary>
public static class AnnouncementsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/announcements", Handle(Nothing)).RequireScope();
        routes.MapPost("/api/v1/announcements/{id}/dismiss", Handle(Missing)).RequireScope("write:accounts");
        routes.MapMethods("/api/v1/announcements/{id}/reactions/{name}", ["PUT", "DELETE"], Handle(Missing)).RequireScope("write:favourites");

        routes.MapGet("/api/v1/annual_reports", Handle((ApiRequest request) => Answers.Json(new AnnualReportsEntity(), MastodonJson.Api.AnnualReportsEntity))).RequireScope("read:accounts");
        routes.MapGet("/api/v1/annual_reports/{year}", Handle(Missing)).RequireScope("read:accounts");
        routes.MapGet("/api/v1/annual_reports/{year}/state", Handle((ApiRequest request) =>
            Answers.Json(new AnnualReportStateEntity("ineligible"), MastodonJson.Api.AnnualReportStateEntity))).RequireScope("read:accounts");
        // There is no campaign for any year, so nothing begins, as on a Mastodon outside of December.
        routes.MapPost("/api/v1/annual_reports/{year}/generate", Handle((ApiRequest request) => Answers.Empty())).RequireScope("write:accounts");
        routes.MapPost("/api/v1/annual_reports/{year}/read", Handle(Missing)).RequireScope("write:accounts");

        routes.MapGet("/api/v1/accounts/{id:long}/identity_proofs", Handle((ApiRequest request, Database database) =>
            database.Read(c => AccountStore.Find(c, request.Id())) is null ? throw ApiException.NotFound() : Nothing(request))).RequireScope();
    }

    private static IResult Nothing(ApiRequest request) => Answers.Json<IReadOnlyList<string>>([], MastodonJson.Api.IReadOnlyListString);

    private static IResult Missing(ApiRequest request) => throw ApiException.NotFound();
}
