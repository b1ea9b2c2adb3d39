using Calf.Events;
using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The requests tray. https://docs.joinmastodon.org/methods/notifications/#get-requests</summary>
public static class NotificationRequestsApi
{
    private const string Root = "/api/v1/notifications/requests";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database, Site, NotificationRendering>(List)).RequireScope("read:notifications");
        // Accepting is one statement, so what was accepted is merged by the time of the answer.
        routes.MapGet(Root + "/merged", Handle((ApiRequest request) => Answers.Json(new MergedEntity(true), MastodonJson.Api.MergedEntity))).RequireScope("read:notifications");
        routes.MapGet(Root + "/{id:long}", Handle<Database, NotificationRendering>(Find)).RequireScope("read:notifications");
        routes.MapPost(Root + "/{id:long}/accept", Handle((ApiRequest request, Database database, EventHub events, TimeProvider time) =>
            Accept(Required(database, request), database, events, time))).RequireScope("write:notifications");
        routes.MapPost(Root + "/{id:long}/dismiss", Handle((ApiRequest request, Database database) =>
            Dismiss(Required(database, request), database))).RequireScope("write:notifications");
        routes.MapPost(Root + "/accept", Handle((ApiRequest request, Database database, EventHub events, TimeProvider time) =>
            Accept(request.Ids("id"), database, events, time))).RequireScope("write:notifications");
        routes.MapPost(Root + "/dismiss", Handle((ApiRequest request, Database database) => Dismiss(request.Ids("id"), database))).RequireScope("write:notifications");
    }

    private static IResult List(ApiRequest request, Database database, Site site, NotificationRendering rendering)
    {
        var page = request.AccountPage();
        return database.Read(c =>
        {
            var found = NotificationRequestStore.Page(c, page);
            LinkHeader.Set(request, site, page, [.. found.Select(r => r.Id)], found.Count);
            return Answers.Json<IReadOnlyList<NotificationRequestEntity>>(Render(c, found, rendering), MastodonJson.Api.IReadOnlyListNotificationRequestEntity);
        });
    }

    private static IResult Find(ApiRequest request, Database database, NotificationRendering rendering) => database.Read(c =>
        Answers.Json(Render(c, [Require(c, request.Id())], rendering)[0], MastodonJson.Api.NotificationRequestEntity));

    private static async Task<IResult> Accept(IReadOnlyList<long> ids, Database database, EventHub events, TimeProvider time)
    {
        await database.Write(c =>
        {
            foreach (var waiting in Among(c, ids)) NotificationRequestStore.Accept(c, waiting.AccountId, time.GetUtcNow());
            if (ids.Count > 0) c.AfterCommit(() => events.Publish(new NotificationsMerged()));
        });
        return Answers.Empty();
    }

    private static async Task<IResult> Dismiss(IReadOnlyList<long> ids, Database database)
    {
        await database.Write(c =>
        {
            foreach (var waiting in Among(c, ids)) NotificationRequestStore.Dismiss(c, waiting.AccountId);
        });
        return Answers.Empty();
    }

    private static long[] Required(Database database, ApiRequest request) => [database.Read(c => Require(c, request.Id())).Id];

    /// <summary>What is not there any more is passed over.</summary>
    private static List<NotificationRequest> Among(Connection c, IReadOnlyList<long> ids) =>
        [.. ids.Select(id => NotificationRequestStore.Find(c, id)).OfType<NotificationRequest>().DistinctBy(r => r.AccountId)];

    private static NotificationRequest Require(Connection c, long id) => NotificationRequestStore.Find(c, id) ?? throw ApiException.NotFound();

    private static List<NotificationRequestEntity> Render(Connection c, IReadOnlyList<NotificationRequest> requests, NotificationRendering rendering)
    {
        var accounts = rendering.Accounts(c, requests.Select(r => r.AccountId));
        var statuses = rendering.Statuses(c, requests.Select(r => r.LastStatusId));
        return [.. requests.Select(r => new NotificationRequestEntity(
            EntityText.Of(r.Id), r.CreatedAt, r.UpdatedAt, EntityText.Of(r.Count), accounts[r.AccountId],
            r.LastStatusId is { } id ? statuses.GetValueOrDefault(id) : null))];
    }
}
