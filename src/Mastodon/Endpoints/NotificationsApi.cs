using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Store;
using Calf.Timelines;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/notifications/</summary>
public static class NotificationsApi
{
    private const int UsualCount = 100;
    private const int MaxCount = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/notifications", Handle<Database, Site, NotificationRendering>(List)).RequireScope("read:notifications");
        routes.MapGet("/api/v1/notifications/{id:long}", Handle<Database, Site, NotificationRendering>(Find)).RequireScope("read:notifications");
        routes.MapGet("/api/v1/notifications/unread_count", Handle<Database>(UnreadCount)).RequireScope("read:notifications");
        routes.MapPost("/api/v1/notifications/clear", Handle<Database>(Clear)).RequireScope("write:notifications");
        routes.MapPost("/api/v1/notifications/{id:long}/dismiss", Handle<Database>(Dismiss)).RequireScope("write:notifications");
    }

    /// <summary>Also for the grouped form.</summary>
    internal static Paging PageIn(ApiRequest request) => request.Page(40, 80);

    internal static NotificationFilter FilterIn(ApiRequest request) => new(
        request.Parameters.List("types"), request.Parameters.List("exclude_types"), request.FilterId("account_id"), request.Parameters.Is("include_filtered"));

    /// <summary>How many came since the marker, up to a limit that the request may set.</summary>
    internal static IResult Unread(ApiRequest request, Database database, Func<Connection, long, int, long> count) => database.Read(c =>
    {
        var read = MarkerStore.Find(c, ["notifications"]).FirstOrDefault()?.LastReadId ?? 0;
        return Answers.Json(new CountEntity(count(c, read, request.Limit(UsualCount, MaxCount))), MastodonJson.Api.CountEntity);
    });

    private static IResult UnreadCount(ApiRequest request, Database database) =>
        Unread(request, database, (c, read, limit) => NotificationStore.CountAfter(c, read, FilterIn(request), limit));

    private static IResult List(ApiRequest request, Database database, Site site, NotificationRendering rendering) => database.Read(c =>
    {
        var page = PageIn(request);
        var found = NotificationStore.All(c, FilterIn(request), page);
        LinkHeader.Set(request, site, page, [.. found.Select(n => n.Id)], int.MaxValue);
        return Answers.Json<IReadOnlyList<NotificationEntity>>([.. rendering.Render(c, found).Select(n => WithFallback(n, request, site))], MastodonJson.Api.IReadOnlyListNotificationEntity);
    });

    private static IResult Find(ApiRequest request, Database database, Site site, NotificationRendering rendering) => database.Read(c =>
        NotificationStore.Find(c, request.Id()) is { } found && rendering.Render(c, found) is { } entity
            ? Answers.Json(WithFallback(entity, request, site), MastodonJson.Api.NotificationEntity)
            : throw ApiException.NotFound());

    private static NotificationEntity WithFallback(NotificationEntity n, ApiRequest request, Site site) =>
        n with { Fallback = NotificationFallbackEntity.Of(n.Type, n.Report, n.Account, request.Parameters.List("supported_types"), site) };

    internal static async Task<IResult> Clear(ApiRequest request, Database database)
    {
        await database.Write(NotificationStore.Clear);
        return Answers.Empty();
    }

    private static async Task<IResult> Dismiss(ApiRequest request, Database database)
    {
        var id = request.Id();
        await database.Write(c =>
        {
            if (NotificationStore.Find(c, id) is null) throw ApiException.NotFound();
            NotificationStore.Remove(c, id);
        });
        return Answers.Empty();
    }
}
