using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Status/</summary>
public sealed record StatusEntity
{
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string? InReplyToId { get; init; }

    public required string? InReplyToAccountId { get; init; }

    public required bool Sensitive { get; init; }

    public required string SpoilerText { get; init; }

    public required string Visibility { get; init; }

    public required string? Language { get; init; }

    public required string Uri { get; init; }

    public required string Url { get; init; }

    public required long RepliesCount { get; init; }

    public required long ReblogsCount { get; init; }

    public required long FavouritesCount { get; init; }

    public required long QuotesCount { get; init; }

    public required DateTimeOffset? EditedAt { get; init; }

    public required string Content { get; init; }

    public required StatusEntity? Reblog { get; init; }

    public StatusApplicationEntity? Application { get; init; }

    public required AccountEntity Account { get; init; }

    public required IReadOnlyList<MediaAttachmentEntity> MediaAttachments { get; init; }

    public required IReadOnlyList<MentionEntity> Mentions { get; init; }

    public required IReadOnlyList<StatusTagEntity> Tags { get; init; }

    public required IReadOnlyList<EmojiEntity> Emojis { get; init; }

    public CardEntity? Card { get; init; }

    public required PollEntity? Poll { get; init; }

    public QuoteEntity? Quote { get; init; }

    public required QuoteApprovalEntity QuoteApproval { get; init; }

    // What follows is told to the owner only.

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Favourited { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Reblogged { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Muted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Bookmarked { get; init; }

    /// <summary>Absent where the owner cannot pin it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Pinned { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterResultEntity>? Filtered { get; init; }

    /// <summary>Not Mastodon's: the apps that know Fedibird or Akkoma show it. Absent where nobody reacted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EmojiReactionEntity>? EmojiReactions { get; init; }

    /// <summary>Not Mastodon's: true in a thread that the owner follows, else absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ThreadFollowed { get; init; }

    /// <summary>The source, in the answer to a deletion only, so that an app can offer to write it anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }
}

public sealed record StatusApplicationEntity(string Name, string? Website);

public sealed record MentionEntity(string Id, string Username, string Url, string Acct);

public sealed record StatusTagEntity(string Name, string Url);

/// <summary>One emoji and who put it there, in the shape of Fedibird.</summary>
/// <param name="Name">The emoji itself, or a shortcode without colons; then <paramref name="Url"/> is its picture.</param>
public sealed record EmojiReactionEntity(string Name, int Count, bool Me, string? Url, string? StaticUrl, IReadOnlyList<string> AccountIds);

