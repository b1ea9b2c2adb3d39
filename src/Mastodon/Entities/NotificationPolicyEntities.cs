using Calf.Notifications;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/NotificationPolicy/</summary>
public sealed record NotificationPolicyEntity(
    string ForNotFollowing, string ForNotFollowers, string ForNewAccounts, string ForPrivateMentions, string ForLimitedAccounts, PolicySummaryEntity Summary)
{
    public static NotificationPolicyEntity Of(NotificationPolicy p, PolicySummaryEntity summary) => new(
        NotificationPolicy.WordOf(p.ForNotFollowing), NotificationPolicy.WordOf(p.ForNotFollowers), NotificationPolicy.WordOf(p.ForNewAccounts),
        NotificationPolicy.WordOf(p.ForPrivateMentions), NotificationPolicy.WordOf(p.ForLimitedAccounts), summary);
}

/// <summary>https://docs.joinmastodon.org/entities/V1_NotificationPolicy/: what is filtered and what is dropped are one there.</summary>
public sealed record NotificationPolicyV1Entity(
    bool FilterNotFollowing, bool FilterNotFollowers, bool FilterNewAccounts, bool FilterPrivateMentions, PolicySummaryEntity Summary)
{
    public static NotificationPolicyV1Entity Of(NotificationPolicy p, PolicySummaryEntity summary) => new(
        p.ForNotFollowing != PolicyAnswer.Accept, p.ForNotFollowers != PolicyAnswer.Accept, p.ForNewAccounts != PolicyAnswer.Accept,
        p.ForPrivateMentions != PolicyAnswer.Accept, summary);
}

public sealed record PolicySummaryEntity(long PendingRequestsCount, long PendingNotificationsCount);

/// <summary>https://docs.joinmastodon.org/entities/NotificationRequest/</summary>
/// <param name="NotificationsCount">A number in a string, as Mastodon has it.</param>
public sealed record NotificationRequestEntity(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string NotificationsCount, AccountEntity Account, StatusEntity? LastStatus);

public sealed record MergedEntity(bool Merged);
