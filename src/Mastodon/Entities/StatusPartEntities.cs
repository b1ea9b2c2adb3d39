using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/MediaAttachment/</summary>
public sealed record MediaAttachmentEntity(
    string Id, string Type, string? Url, string? PreviewUrl, string? RemoteUrl, MediaMetaEntity Meta, string? Description, string? Blurhash);

/// <summary>What is not known is left out, as at Mastodon: apps take a default for what is missing and stumble over null.</summary>
public sealed record MediaMetaEntity(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaSizeEntity? Original,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaSizeEntity? Small,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaFocusEntity? Focus);

/// <summary>Of a picture or film its size, of film and sound how long it is and how much it takes; what does not apply is left out.</summary>
public sealed record MediaSizeEntity
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Size { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Aspect { get; init; }

    /// <summary>A fraction of pictures a second, such as 30000/1001.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FrameRate { get; init; }

    /// <summary>In seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Duration { get; init; }

    /// <summary>Bits a second.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bitrate { get; init; }
}

/// <summary>The point to keep in sight when the picture is cropped, from -1 to 1, with y upwards.</summary>
public sealed record MediaFocusEntity(double X, double Y);

/// <summary>https://docs.joinmastodon.org/entities/Poll/</summary>
public sealed record PollEntity(
    string Id, DateTimeOffset? ExpiresAt, bool Expired, bool Multiple, long VotesCount, long? VotersCount,
    IReadOnlyList<PollOptionEntity> Options, IReadOnlyList<EmojiEntity> Emojis)
{
    /// <summary>Told to the owner only, as <see cref="OwnVotes"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Voted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? OwnVotes { get; init; }
}

/// <param name="VotesCount">Null while the author hides it.</param>
public sealed record PollOptionEntity(string Title, long? VotesCount);

public sealed record ContextEntity(IReadOnlyList<StatusEntity> Ancestors, IReadOnlyList<StatusEntity> Descendants);

public sealed record StatusSourceEntity(string Id, string Text, string SpoilerText);

/// <summary>https://docs.joinmastodon.org/entities/StatusEdit/</summary>
public sealed record StatusEditEntity(
    string Content, string SpoilerText, bool Sensitive, DateTimeOffset CreatedAt, AccountEntity Account,
    IReadOnlyList<MediaAttachmentEntity> MediaAttachments, IReadOnlyList<EmojiEntity> Emojis)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatusEditPollEntity? Poll { get; init; }

    public QuoteEntity? Quote => null;
}

public sealed record StatusEditPollEntity(IReadOnlyList<StatusEditOptionEntity> Options);

public sealed record StatusEditOptionEntity(string Title);

/// <summary>https://docs.joinmastodon.org/entities/Tag/</summary>
public sealed record TagEntity(string Id, string Name, string Url, IReadOnlyList<TagHistoryEntity> History, bool Following, bool Featuring);

/// <summary>All three are decimal strings; <paramref name="Day"/> is unix seconds.</summary>
public sealed record TagHistoryEntity(string Day, string Accounts, string Uses);

public sealed record SearchEntity(
    IReadOnlyList<AccountEntity> Accounts, IReadOnlyList<StatusEntity> Statuses, IReadOnlyList<TagEntity> Hashtags, IReadOnlyList<AccountCollectionEntity> Collections);
