using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Account/</summary>
public sealed record AccountEntity
{
    public required string Id { get; init; }

    public required string Username { get; init; }

    public required string Acct { get; init; }

    public required string DisplayName { get; init; }

    public required bool Locked { get; init; }

    public required bool Bot { get; init; }

    public required bool? Discoverable { get; init; }

    public required bool Indexable { get; init; }

    public required bool Group { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Note { get; init; }

    public required string Url { get; init; }

    public required string Uri { get; init; }

    public required string Avatar { get; init; }

    public required string AvatarStatic { get; init; }

    public required string AvatarDescription { get; init; }

    public required string Header { get; init; }

    public required string HeaderStatic { get; init; }

    public required string HeaderDescription { get; init; }

    public required long FollowersCount { get; init; }

    public required long FollowingCount { get; init; }

    public required long StatusesCount { get; init; }

    /// <summary>A day without a time, such as <c>2026-11-23</c>.</summary>
    public required string? LastStatusAt { get; init; }

    public required bool HideCollections { get; init; }

    /// <summary>Whether it may be put into a collection.</summary>
    public required FeatureApprovalEntity FeatureApproval { get; init; }

    public required IReadOnlyList<EmojiEntity> Emojis { get; init; }

    public required IReadOnlyList<FieldEntity> Fields { get; init; }

    /// <summary>For the owner only, as Mastodon gives it for local accounts only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Noindex { get; init; }

    /// <summary>Empty for the owner and absent for others: this server gives nobody a badge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RoleEntity>? Roles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Memorial { get; init; }

    /// <summary>Its server said that it is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Suspended { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountEntity? Moved { get; init; }

    /// <summary>In the list of mutes, and there only when the mute ends by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MuteExpiresAt { get; init; }

    /// <summary>Told to the owner's own apps about the owner only: Mastodon's CredentialAccount.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountSourceEntity? Source { get; init; }

    /// <summary>As <see cref="Source"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoleEntity? Role { get; init; }
}


/// <summary>What the owner typed and prefers. Note and fields are text, not HTML.</summary>
public sealed record AccountSourceEntity(
    string Privacy, bool Sensitive, string? Language, string Note, IReadOnlyList<FieldEntity> Fields, long FollowRequestsCount,
    bool Discoverable, bool Indexable, bool HideCollections, string QuotePolicy, IReadOnlyList<string> AttributionDomains);

public sealed record FieldEntity(string Name, string Value, DateTimeOffset? VerifiedAt);

public sealed record EmojiEntity(string Shortcode, string Url, string StaticUrl, bool VisibleInPicker)
{
    /// <summary>In the list of this server's own; of those alone that have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Category { get; init; }
}

/// <param name="Permissions">Mastodon's bitmask as a decimal string.</param>
/// <param name="CollectionLimit">How many collections there can be.</param>
public sealed record RoleEntity(string Id, string Name, string Permissions, string Color, bool Highlighted, int CollectionLimit);
