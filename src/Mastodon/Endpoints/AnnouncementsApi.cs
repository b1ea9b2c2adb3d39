using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Store;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// What a server of one person has none of: announcements to its users, their years in review, proofs of identity. Each answers as a
/// Mastodon that has none. https://docs.joinmastodon.org/methods/announcements/, https://docs.joinmastodon.org/methods/annual_reports/
/// </summary>
public static class AnnouncementsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/announcements", Nothing).RequireScope();
        routes.MapPost("/api/v1/announcements/{id}/dismiss", Missing).RequireScope("write:accounts");
        routes.MapMethods("/api/v1/announcements/{id}/reactions/{name}", ["PUT", "DELETE"], Missing).RequireScope("write:favourites");

        routes.MapGet("/api/v1/annual_reports", (ApiRequest request) => Answers.Json(new AnnualReportsEntity(), MastodonJson.Api.AnnualReportsEntity)).RequireScope("read:accounts");
        routes.MapGet("/api/v1/annual_reports/{year}", Missing).RequireScope("read:accounts");
        routes.MapGet("/api/v1/annual_reports/{year}/state", (ApiRequest request) =>
            Answers.Json(new AnnualReportStateEntity("ineligible"), MastodonJson.Api.AnnualReportStateEntity)).RequireScope("read:accounts");
        // There is no campaign for any year, so nothing begins, as on a Mastodon outside of December.
        routes.MapPost("/api/v1/annual_reports/{year}/generate", (ApiRequest request) => Answers.Empty()).RequireScope("write:accounts");
        routes.MapPost("/api/v1/annual_reports/{year}/read", Missing).RequireScope("write:accounts");

        routes.MapGet("/api/v1/accounts/{id:long}/identity_proofs", (ApiRequest request, Database database) =>
            database.Read(c => AccountStore.Find(c, request.Id())) is null ? throw ApiException.NotFound() : Nothing(request)).RequireScope();
    }

    private static IResult Nothing(ApiRequest request) => Answers.Json<IReadOnlyList<string>>([], MastodonJson.Api.IReadOnlyListString);

    private static IResult Missing(ApiRequest request) => throw ApiException.NotFound();
}
