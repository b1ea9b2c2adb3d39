using Calf.Federation.Gaps;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>When this server was away, and what came of looking for what was missed.</summary>
public static class GapsApi
{
    /// <summary>The latest are of interest.</summary>
    private const int MaxGaps = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/calf/v1/gaps", Handle<Database>(List)).RequireScope("read:statuses");

    private static IResult List(ApiRequest request, Database database) => Answers.Json<IReadOnlyList<GapEntity>>(
        database.Read(c => GapReport.Latest(c, MaxGaps)).ConvertAll(GapEntity.Of), MastodonJson.Api.IReadOnlyListGapEntity);
}
