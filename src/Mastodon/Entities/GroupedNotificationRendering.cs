using Calf.Notifications;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes the answer of the grouped form: each account and each status once, and the groups that name them.</summary>
public sealed class GroupedNotificationRendering(NotificationRendering rendering, ReportRendering reports, AccountCollectionRendering collections, Site site)
{
    /// <param name="partly">Of each group only the first account is told whole.</param>
    /// <param name="onPage">They stand on a page, whose ends they tell.</param>
    /// <param name="supported">The kinds that the app says it knows; none when it says nothing.</param>
    public GroupedNotificationsEntity Render(Connection c, IReadOnlyList<NotificationGroup> groups, bool partly, bool onPage, IReadOnlyList<string> supported)
    {
        var accounts = rendering.Accounts(c, groups.SelectMany(g => g.Sample));
        var statuses = rendering.Statuses(c, groups.Select(g => g.Newest.StatusId));
        List<Notification> newest = [.. groups.Select(g => g.Newest)];
        var (told, curated) = (reports.OfNotifications(c, newest), collections.OfNotifications(c, newest));
        var first = groups.Select(g => g.Sample[0]).ToHashSet();
        var entities = groups.Where(g => g.Newest.StatusId is not { } id || statuses.ContainsKey(id)).Select(g =>
        {
            var report = told.GetValueOrDefault(g.Newest.ReportId ?? 0);
            return Entity(g, onPage) with
            {
                Report = report,
                Collection = curated.GetValueOrDefault(g.Newest.CollectionId ?? 0),
                Fallback = NotificationFallbackEntity.Of(g.Newest.Type, report, accounts.GetValueOrDefault(g.Sample[0]), supported, site),
            };
        });
        return new GroupedNotificationsEntity(
            [.. accounts.Where(a => !partly || first.Contains(a.Key)).Select(a => a.Value)], [.. statuses.Values], [.. entities])
        {
            PartialAccounts = partly ? [.. accounts.Where(a => !first.Contains(a.Key)).Select(a => PartialAccountEntity.Of(a.Value))] : null,
        };
    }

    private static NotificationGroupEntity Entity(NotificationGroup group, bool onPage) => new(
        group.Key, group.Count, group.Newest.Type, group.MostRecentId, [.. group.Sample.Select(EntityText.Of)])
    {
        PageMinId = onPage ? EntityText.Of(group.PageMinId) : null,
        PageMaxId = onPage ? EntityText.Of(group.MostRecentId) : null,
        LatestPageNotificationAt = onPage ? group.LatestAt : null,
        StatusId = EntityText.Of(group.Newest.StatusId),
    };
}
