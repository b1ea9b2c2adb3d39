using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>What this server is and can do. https://docs.joinmastodon.org/methods/instance/</summary>
public static class InstanceApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/instance", Handle<Database, InstanceRendering>(Present)).Open();
        routes.MapGet("/api/v1/instance", Handle<Database, InstanceRendering>(PresentAsBefore)).Open();
        routes.MapGet("/api/v1/instance/rules", Handle(NoRules)).Open();
    }

    private static IResult Present(ApiRequest request, Database database, InstanceRendering rendering) =>
        Answers.Json(database.Read(rendering.Render), MastodonJson.Api.InstanceEntity);

    private static IResult PresentAsBefore(ApiRequest request, Database database, InstanceRendering rendering) =>
        Answers.Json(database.Read(rendering.RenderV1), MastodonJson.Api.InstanceV1Entity);

    private static IResult NoRules(ApiRequest request) => Answers.Json<IReadOnlyList<string>>([], MastodonJson.Api.IReadOnlyListString);
}
