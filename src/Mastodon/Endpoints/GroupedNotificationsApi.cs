using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/grouped_notifications/</summary>
public static class GroupedNotificationsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/notifications", Handle<Database, Site, GroupedNotificationRendering>(List)).RequireScope("read:notifications");
        routes.MapGet("/api/v2/notifications/unread_count", Handle<Database>(UnreadCount)).RequireScope("read:notifications");
        routes.MapPost("/api/v2/notifications/clear", Handle<Database>(NotificationsApi.Clear)).RequireScope("write:notifications");
        routes.MapGet("/api/v2/notifications/{key}", Handle<Database, GroupedNotificationRendering>(Find)).RequireScope("read:notifications");
        routes.MapGet("/api/v2/notifications/{key}/accounts", Handle<Database, Site, AccountRendering>(Accounts)).RequireScope("read:notifications");
        routes.MapPost("/api/v2/notifications/{key}/dismiss", Handle<Database>(Dismiss)).RequireScope("write:notifications");
    }

    private static IResult List(ApiRequest request, Database database, Site site, GroupedNotificationRendering rendering)
    {
        var partly = IsPartly(request.Parameters.Text("expand_accounts"));
        var page = NotificationsApi.PageIn(request);
        return database.Read(c =>
        {
            var groups = NotificationGroups.Page(c, NotificationsApi.FilterIn(request), page, GroupedIn(request));
            LinkHeader.Set(request, site, page, [.. groups.Select(g => g.Newest.Id)], int.MaxValue);
            return Answer(rendering.Render(c, groups, partly, onPage: true, Supported(request)));
        });
    }

    private static IResult UnreadCount(ApiRequest request, Database database) => NotificationsApi.Unread(
        request, database, (c, read, limit) => NotificationGroups.CountAfter(c, read, NotificationsApi.FilterIn(request), limit, GroupedIn(request)));

    private static IResult Find(ApiRequest request, Database database, GroupedNotificationRendering rendering) => database.Read(c =>
        NotificationGroups.Find(c, request.Route("key")) is { } found
            ? Answer(rendering.Render(c, [found], partly: false, onPage: false, Supported(request)))
            : throw ApiException.NotFound());

    /// <summary>The cursors are notifications, one for each account.</summary>
    private static IResult Accounts(ApiRequest request, Database database, Site site, AccountRendering rendering) => database.Read(c =>
    {
        var page = request.AccountPage() with { MinId = null };
        var members = NotificationGroups.Members(c, request.Route("key"), page);
        LinkHeader.Set(request, site, page, [.. members.Select(n => n.Id)], members.Count);
        return Answers.Json<IReadOnlyList<AccountEntity>>(rendering.RenderIds(c, [.. members.Select(n => n.AccountId)], byOwner: true), MastodonJson.Api.IReadOnlyListAccountEntity);
    });

    private static async Task<IResult> Dismiss(ApiRequest request, Database database)
    {
        await database.Write(c => NotificationGroups.Remove(c, request.Route("key")));
        return Answers.Empty();
    }

    private static IReadOnlyCollection<string> GroupedIn(ApiRequest request) =>
        request.Parameters.List("grouped_types") is { Count: > 0 } asked ? [.. NotificationGroups.GroupedTypes.Intersect(asked)] : NotificationGroups.GroupedTypes;

    private static bool IsPartly(string? asked) => asked switch
    {
        null or "full" => false,
        "partial_avatars" => true,
        _ => throw ApiException.Malformed($"Invalid value for 'expand_accounts': '{asked}', allowed values are 'full' and 'partial_avatars'"),
    };

    private static IReadOnlyList<string> Supported(ApiRequest request) => request.Parameters.List("supported_types");

    private static IResult Answer(GroupedNotificationsEntity entity) => Answers.Json(entity, MastodonJson.Api.GroupedNotificationsEntity);
}
