using System.Text.Json.Serialization;

namespace Calf.Statuses;

/// <summary>Who may see a status. The numbers are stored.</summary>
public enum Visibility
{
    Public = 0,
    Unlisted = 1,
    Private = 2,
    Direct = 3,
}

/// <summary>A post, or a boost when <see cref="BoostOfId"/> is set.</summary>
public sealed record Status
{
    public required long Id { get; init; }

    public required string Uri { get; init; }

    public required string Url { get; init; }

    public required long AccountId { get; init; }

    /// <summary>The object's type on the wire: Note, Question, Article ...; Announce for a boost.</summary>
    public string Type { get; init; } = "Note";

    /// <summary>The name of an Article, Page, Video or Event.</summary>
    public string Title { get; init; } = "";

    /// <summary>Sanitised HTML.</summary>
    public string Content { get; init; } = "";

    /// <summary>The Markdown that the owner typed; null for others.</summary>
    public string? Source { get; init; }

    public string SpoilerText { get; init; } = "";

    public bool Sensitive { get; init; }

    public Visibility Visibility { get; init; }

    /// <summary>BCP 47, such as <c>en</c>.</summary>
    public string? Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came here, if that was later; only for storing it.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    public long? InReplyToId { get; init; }

    /// <summary>What it answers, also when that is not here.</summary>
    public string? InReplyToUri { get; init; }

    public long? InReplyToAccountId { get; init; }

    public long? BoostOfId { get; init; }

    /// <summary>The thread's id as its servers call it (<c>context</c> or <c>conversation</c>).</summary>
    public string? Conversation { get; init; }

    public string? QuoteUri { get; init; }

    public IReadOnlyList<CustomEmoji> Emojis { get; init; } = [];

    public long RepliesCount { get; init; }

    public long BoostsCount { get; init; }

    public long FavouritesCount { get; init; }

    /// <summary>The app that the owner wrote it with.</summary>
    public long? AppId { get; init; }

    public bool IsBoost => BoostOfId is not null;

    /// <summary>Anybody may read it, listed or not.</summary>
    public bool IsOpen => Visibility is Visibility.Public or Visibility.Unlisted;
}

/// <summary>A picture, video or sound of a status. <paramref name="Type"/>: image, video, gifv, audio or unknown.</summary>
public sealed record Attachment(
    long Id, string Type, string MediaType, string Url, string Description, string? Blurhash, int? Width, int? Height, double? FocusX, double? FocusY,
    string? PreviewUrl = null)
{
    /// <summary>Of film and sound, in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>A fraction of pictures a second, such as 30000/1001.</summary>
    public string? FrameRate { get; init; }

    /// <summary>Bits a second.</summary>
    public long? Bitrate { get; init; }
}

/// <summary>An earlier version of a status.</summary>
/// <param name="PollOptions">Null when it had no poll.</param>
/// <param name="Attachments">Null when what it had was not kept.</param>
public sealed record StatusEdit(
    DateTimeOffset CreatedAt, string Content, string SpoilerText, bool Sensitive, IReadOnlyList<PollOption>? PollOptions = null, IReadOnlyList<Attachment>? Attachments = null);

/// <summary>A mentioned account. <paramref name="Silent"/>: addressed but not named in the text.</summary>
public sealed record Mention(long StatusId, long AccountId, bool Silent);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<PollOption>))]
[JsonSerializable(typeof(IReadOnlyList<Attachment>))]
public sealed partial class StatusJson : JsonSerializerContext;
