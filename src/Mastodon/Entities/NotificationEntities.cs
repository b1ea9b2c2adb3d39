using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Notification/</summary>
public sealed record NotificationEntity(string Id, string Type, DateTimeOffset CreatedAt, string GroupKey, AccountEntity Account)
{
    /// <summary>True where it waits in the requests tray, else absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Filtered { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatusEntity? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEntity? Report { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountCollectionEntity? Collection { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NotificationFallbackEntity? Fallback { get; init; }
}

/// <summary>https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults</summary>
public sealed record GroupedNotificationsEntity(
    IReadOnlyList<AccountEntity> Accounts, IReadOnlyList<StatusEntity> Statuses, IReadOnlyList<NotificationGroupEntity> NotificationGroups)
{
    /// <summary>Those of whom little is told, where the app asked for that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PartialAccountEntity>? PartialAccounts { get; init; }
}

/// <summary>As much of an account as a row of avatars needs.</summary>
public sealed record PartialAccountEntity(string Id, string Acct, bool Locked, bool Bot, string Url, string Avatar, string AvatarStatic, string AvatarDescription)
{
    public static PartialAccountEntity Of(AccountEntity a) => new(a.Id, a.Acct, a.Locked, a.Bot, a.Url, a.Avatar, a.AvatarStatic, a.AvatarDescription);
}

/// <param name="MostRecentNotificationId">A number, the one id in this API that is not a string.</param>
public sealed record NotificationGroupEntity(
    string GroupKey, long NotificationsCount, string Type, long MostRecentNotificationId, IReadOnlyList<string> SampleAccountIds)
{
    // On a page, and absent where a group stands alone.

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PageMinId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PageMaxId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LatestPageNotificationAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StatusId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEntity? Report { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountCollectionEntity? Collection { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NotificationFallbackEntity? Fallback { get; init; }
}

public sealed record CountEntity(long Count);

public sealed record MarkerEntity(string LastReadId, int Version, DateTimeOffset UpdatedAt);
