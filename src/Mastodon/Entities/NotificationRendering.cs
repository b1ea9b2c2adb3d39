using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes notification entities, a page at a time.</summary>
public sealed class NotificationRendering(AccountRendering accounts, StatusRendering statuses, ReportRendering reports, AccountCollectionRendering collections)
{
    public NotificationEntity? Render(Connection c, Notification notification) => Render(c, [notification]).FirstOrDefault();

    /// <summary>In the order given; a notification about a status that is gone is left out.</summary>
    public List<NotificationEntity> Render(Connection c, IReadOnlyList<Notification> notifications)
    {
        var rendered = Accounts(c, notifications.Select(n => n.AccountId));
        var about = Statuses(c, notifications.Select(n => n.StatusId));
        var told = reports.OfNotifications(c, notifications);
        var curated = collections.OfNotifications(c, notifications);
        return [.. from n in notifications
                   where rendered.ContainsKey(n.AccountId) && (n.StatusId is null || about.ContainsKey(n.StatusId.Value))
                   select new NotificationEntity(EntityText.Of(n.Id), n.Type, n.CreatedAt, NotificationGroups.KeyOf(n), rendered[n.AccountId])
                   {
                       Filtered = n.Filtered ? true : null,
                       Status = n.StatusId is { } id ? about[id] : null,
                       Report = told.GetValueOrDefault(n.ReportId ?? 0),
                       Collection = curated.GetValueOrDefault(n.CollectionId ?? 0),
                   }];
    }

    public Dictionary<long, AccountEntity> Accounts(Connection c, IEnumerable<long> ids)
    {
        List<long> wanted = [.. ids.Distinct()];
        return accounts.RenderIds(c, wanted, byOwner: true).ToDictionary(entity => long.Parse(entity.Id, System.Globalization.CultureInfo.InvariantCulture));
    }

    public Dictionary<long, StatusEntity> Statuses(Connection c, IEnumerable<long?> ids)
    {
        var found = StatusStore.FindInOrder(c, [.. ids.OfType<long>().Distinct()]);
        return found.Zip(statuses.Render(c, found, byOwner: true)).ToDictionary(pair => pair.First.Id, pair => pair.Second);
    }
}
