namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Instance/</summary>
public sealed record InstanceEntity
{
    public required string Domain { get; init; }

    public required string Title { get; init; }

    public required string Version { get; init; }

    public required string SourceUrl { get; init; }

    public required string Description { get; init; }

    public required InstanceUsage Usage { get; init; }

    public required InstanceThumbnail Thumbnail { get; init; }

    public required IReadOnlyList<InstanceIcon> Icon { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required InstanceConfiguration Configuration { get; init; }

    public required InstanceRegistrations Registrations { get; init; }

    public required InstanceApiVersions ApiVersions { get; init; }

    public required InstanceContact Contact { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }
}

public sealed record InstanceUsage(InstanceUsers Users);

public sealed record InstanceUsers(int ActiveMonth);

public sealed record InstanceThumbnail(string Url, string? Blurhash, string Description);

public sealed record InstanceIcon(string Src, string Size);

public sealed record InstanceRegistrations(bool Enabled, bool ApprovalRequired, bool ReasonRequired, string? Message, int? MinAge, string? Url);

public sealed record InstanceApiVersions(int Mastodon);

public sealed record InstanceContact(string Email, AccountEntity? Account);

/// <summary>The limits that hold here.</summary>
public sealed record InstanceConfiguration(
    InstanceUrls Urls, InstanceVapid Vapid, InstanceAccountLimits Accounts, InstanceStatusLimits Statuses, InstanceMediaLimits MediaAttachments,
    InstancePollLimits Polls, InstanceTranslation Translation, InstanceTimelinesAccess TimelinesAccess)
{
    public bool LimitedFederation => false;
}

public sealed record InstanceUrls(string Streaming, string? Status, string? About, string? PrivacyPolicy, string? TermsOfService);

public sealed record InstanceVapid(string PublicKey);

public sealed record InstanceAccountLimits(
    int MaxDisplayNameLength, int MaxNoteLength, int MaxAvatarDescriptionLength, int MaxHeaderDescriptionLength, int MaxFeaturedTags,
    int MaxPinnedStatuses, int MaxProfileFields, int ProfileFieldNameLimit, int ProfileFieldValueLimit);

public sealed record InstanceStatusLimits(int MaxCharacters, int MaxMediaAttachments, int CharactersReservedPerUrl);

public sealed record InstanceMediaLimits(
    int DescriptionLimit, long ImageMatrixLimit, long ImageSizeLimit, IReadOnlyList<string> SupportedMimeTypes, int VideoFrameRateLimit,
    long VideoMatrixLimit, long VideoSizeLimit);

public sealed record InstancePollLimits(int MaxOptions, int MaxCharactersPerOption, int MinExpiration, int MaxExpiration);

public sealed record InstanceTranslation(bool Enabled);

/// <summary>Who may read which feed: <c>public</c>, <c>authenticated</c> or <c>disabled</c>.</summary>
public sealed record InstanceTimelinesAccess(FeedAccess LiveFeeds, FeedAccess HashtagFeeds, FeedAccess TrendingLinkFeeds);

public sealed record FeedAccess(string Local, string Remote);
