using Calf.Accounts;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Report/</summary>
public sealed record ReportEntity(
    string Id, bool ActionTaken, DateTimeOffset? ActionTakenAt, string Category, string Comment, bool Forwarded, DateTimeOffset CreatedAt,
    IReadOnlyList<string> StatusIds, IReadOnlyList<string>? RuleIds, AccountEntity TargetAccount);

/// <summary>A complaint about the owner. <paramref name="Account"/>: who passed it on, mostly a whole server.</summary>
public sealed record ReceivedReportEntity(AccountEntity Account, ReportEntity Report);

public sealed class ReportRendering(AccountRendering accounts)
{
    public ReportEntity Render(Connection c, Report r) => new(
        EntityText.Of(r.Id), r.ActionTakenAt is not null, r.ActionTakenAt, r.Category, r.Comment, r.Forwarded, r.CreatedAt, [.. r.StatusIds.Select(EntityText.Of)], [],
        accounts.Render(c, AccountStore.Find(c, r.TargetId)!));

    public ReceivedReportEntity RenderReceived(Connection c, Report r) => new(accounts.Render(c, AccountStore.Find(c, r.AccountId)!), Render(c, r));

    /// <summary>The reports that some notifications tell of, by their ids.</summary>
    public Dictionary<long, ReportEntity> OfNotifications(Connection c, IReadOnlyList<Notification> notifications)
    {
        List<long> ids = [.. notifications.Select(n => n.ReportId).OfType<long>()];
        return ids.Count == 0 ? [] : ReportStore.FindMany(c, ids).ToDictionary(r => r.Key, r => Render(c, r.Value));
    }
}
