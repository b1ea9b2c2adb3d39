using Calf.Accounts;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Report/</summary>
public sealed record ReportEntity(
    string Id, bool ActionTaken, DateTimeOffset? ActionTakenAt, string Category, string Comment, bool Forwarded, DateTimeOffset CreatedAt,
    IReadOnlyList<string> StatusIds, IReadOnlyList<string>? RuleIds, IReadOnlyList<string> CollectionIds, AccountEntity TargetAccount);

/// <summary>A complaint about the owner. <paramref name="Account"/>: who passed it on, mostly a whole server.</summary>
public sealed record ReceivedReportEntity(AccountEntity Account, ReportEntity Report);

public sealed class ReportRendering(AccountRendering accounts)
{
    public ReportEntity Render(Connection c, Report r) => Render(c, [r])[0];

    /// <summary>In the order given.</summary>
    public List<ReportEntity> Render(Connection c, IReadOnlyCollection<Report> reports)
    {
        var targets = Accounts(c, reports.Select(r => r.TargetId));
        return [.. reports.Select(r => new ReportEntity(
            EntityText.Of(r.Id), r.ActionTakenAt is not null, r.ActionTakenAt, r.Category, r.Comment, r.Forwarded, r.CreatedAt, [.. r.StatusIds.Select(EntityText.Of)], [],
            [.. r.CollectionIds.Select(EntityText.Of)],
            targets[r.TargetId]))];
    }

    public List<ReceivedReportEntity> RenderReceived(Connection c, IReadOnlyCollection<Report> reports)
    {
        var by = Accounts(c, reports.Select(r => r.AccountId));
        return [.. Render(c, reports).Zip(reports, (entity, r) => new ReceivedReportEntity(by[r.AccountId], entity))];
    }

    /// <summary>The reports that some notifications tell of, by their ids.</summary>
    public Dictionary<long, ReportEntity> OfNotifications(Connection c, IReadOnlyList<Notification> notifications)
    {
        List<long> ids = [.. notifications.Select(n => n.ReportId).OfType<long>()];
        if (ids.Count == 0) return [];
        var reports = ReportStore.FindMany(c, ids);
        return Render(c, reports.Values).Zip(reports.Keys).ToDictionary(pair => pair.Second, pair => pair.First);
    }

    private Dictionary<long, AccountEntity> Accounts(Connection c, IEnumerable<long> ids)
    {
        var found = AccountStore.FindMany(c, ids.Distinct());
        return accounts.Render(c, found.Values, byOwner: true).Zip(found.Keys).ToDictionary(pair => pair.Second, pair => pair.First);
    }
}
