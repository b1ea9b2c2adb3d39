using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/notifications/</summary>
public static class NotificationsApi
{
    private const int UsualCount = 100;
    private const int MaxCount = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/notifications", List).RequireScope("read:notifications");
        routes.MapGet("/api/v1/notifications/{id:long}", Find).RequireScope("read:notifications");
        routes.MapGet("/api/v1/notifications/unread_count", UnreadCount).RequireScope("read:notifications");
        routes.MapPost("/api/v1/notifications/clear", Clear).RequireScope("write:notifications");
        routes.MapPost("/api/v1/notifications/{id:long}/dismiss", Dismiss).RequireScope("write:notifications");
    }

    /// <summary>The page that the parameters ask for, newest first, with its Link header.</summary>
    internal static List<Notification> Page(Connection c, ApiRequest request, Site site)
    {
        var page = request.Page(40, 80);
        var found = NotificationStore.All(
            c, request.Parameters.List("types"), request.Parameters.List("exclude_types"), request.IdIn("account_id"), page,
            request.Parameters.Is("include_filtered"));
        LinkHeader.Set(request, site, page, [.. found.Select(n => n.Id)], found.Count);
        return found;
    }

    /// <summary>How many came since the marker, up to a limit that the request may set.</summary>
    internal static IResult UnreadCount(ApiRequest request, Database database) => database.Read(c =>
    {
        var read = MarkerStore.Find(c, ["notifications"]).FirstOrDefault()?.LastReadId ?? 0;
        return Answers.Json(new CountEntity(NotificationStore.CountAfter(c, read, request.Limit(UsualCount, MaxCount))), MastodonJson.Api.CountEntity);
    });

    private static IResult List(ApiRequest request, Database database, Site site, NotificationRendering rendering) => database.Read(c =>
        Answers.Json<IReadOnlyList<NotificationEntity>>(
            rendering.Render(c, Page(c, request, site)), MastodonJson.Api.IReadOnlyListNotificationEntity));

    private static IResult Find(ApiRequest request, Database database, NotificationRendering rendering) => database.Read(c =>
        NotificationStore.Find(c, request.Id()) is { } found && rendering.Render(c, found) is { } entity
            ? Answers.Json(entity, MastodonJson.Api.NotificationEntity)
            : throw ApiException.NotFound());

    private static async Task<IResult> Clear(ApiRequest request, Database database)
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
