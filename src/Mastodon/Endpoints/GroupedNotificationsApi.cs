using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Store;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/grouped_notifications/</summary>
public static class GroupedNotificationsApi
{
    private const int SampleAccounts = 8;
    private const int MaxInGroup = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/notifications", List).RequireScope("read:notifications");
        routes.MapGet("/api/v2/notifications/unread_count", NotificationsApi.UnreadCount).RequireScope("read:notifications");
        routes.MapGet("/api/v2/notifications/{key}", Find).RequireScope("read:notifications");
        routes.MapGet("/api/v2/notifications/{key}/accounts", Accounts).RequireScope("read:notifications");
        routes.MapPost("/api/v2/notifications/{key}/dismiss", Dismiss).RequireScope("write:notifications");
    }

    private static IResult List(ApiRequest request, Database database, Site site, NotificationRendering rendering, ReportRendering reports)
    {
        var asked = request.Parameters.List("grouped_types");
        var grouped = asked.Count == 0 ? NotificationGroups.GroupedTypes : asked;
        return database.Read(c => Answer(c, NotificationGroups.Of(c, NotificationsApi.Page(c, request, site), grouped), rendering, reports));
    }

    private static IResult Find(ApiRequest request, Database database, NotificationRendering rendering, ReportRendering reports) => database.Read(c =>
    {
        var members = Members(c, request);
        return Answer(c, [new NotificationGroup(request.Route("key"), members, members.Count)], rendering, reports);
    });

    private static IResult Accounts(ApiRequest request, Database database, AccountRendering rendering) => database.Read(c =>
        Answers.Json<IReadOnlyList<AccountEntity>>(
            rendering.RenderIds(c, [.. Members(c, request).Select(n => n.AccountId).Distinct()]), MastodonJson.Api.IReadOnlyListAccountEntity));

    private static async Task<IResult> Dismiss(ApiRequest request, Database database)
    {
        await database.Write(c => NotificationStore.Remove(c, [.. Members(c, request).Select(n => n.Id)]));
        return Answers.Empty();
    }

    private static List<Notification> Members(Connection c, ApiRequest request) =>
        NotificationGroups.Find(c, request.Route("key"), MaxInGroup) is { Count: > 0 } members ? members : throw ApiException.NotFound();

    private static IResult Answer(Connection c, IReadOnlyList<NotificationGroup> groups, NotificationRendering rendering, ReportRendering reports)
    {
        var accounts = rendering.Accounts(c, groups.SelectMany(g => Sample(g)));
        var statuses = rendering.Statuses(c, groups.Select(g => g.Notifications[0].StatusId));
        var told = reports.OfNotifications(c, [.. groups.Select(g => g.Notifications[0])]);
        return Answers.Json(new GroupedNotificationsEntity(
            [.. accounts.Values], [.. statuses.Values],
            [.. groups.Where(g => g.Notifications[0].StatusId is not { } id || statuses.ContainsKey(id)).Select(g => Entity(g, told))]), MastodonJson.Api.GroupedNotificationsEntity);
    }

    private static IEnumerable<long> Sample(NotificationGroup group) => group.Notifications.Select(n => n.AccountId).Distinct().Take(SampleAccounts);

    private static NotificationGroupEntity Entity(NotificationGroup group, Dictionary<long, ReportEntity> reports)
    {
        var newest = group.Notifications[0];
        return new NotificationGroupEntity(
            group.Key, group.Count, newest.Type, newest.Id, EntityText.Of(group.Notifications[^1].Id), EntityText.Of(newest.Id), newest.CreatedAt,
            [.. Sample(group).Select(EntityText.Of)])
        {
            StatusId = EntityText.Of(newest.StatusId),
            Report = reports.GetValueOrDefault(newest.ReportId ?? 0),
        };
    }
}
