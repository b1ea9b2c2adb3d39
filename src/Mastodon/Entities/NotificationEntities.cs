using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Notification/</summary>
public sealed record NotificationEntity(string Id, string Type, DateTimeOffset CreatedAt, string GroupKey, AccountEntity Account)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatusEntity? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEntity? Report { get; init; }
}

/// <summary>https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults</summary>
public sealed record GroupedNotificationsEntity(
    IReadOnlyList<AccountEntity> Accounts, IReadOnlyList<StatusEntity> Statuses, IReadOnlyList<NotificationGroupEntity> NotificationGroups);

/// <param name="MostRecentNotificationId">A number, the one id in this API that is not a string.</param>
public sealed record NotificationGroupEntity(
    string GroupKey, long NotificationsCount, string Type, long MostRecentNotificationId, string PageMinId, string PageMaxId,
    DateTimeOffset LatestPageNotificationAt, IReadOnlyList<string> SampleAccountIds)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StatusId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEntity? Report { get; init; }
}

public sealed record CountEntity(long Count);

public sealed record MarkerEntity(string LastReadId, int Version, DateTimeOffset UpdatedAt);
