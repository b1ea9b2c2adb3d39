using System.Text.Json.Serialization;

namespace Calf.Federation.Documents;

/// <summary>A post.</summary>
public sealed record NoteDocument : Document
{
    public required string AttributedTo { get; init; }

    /// <summary>The title of an Article.</summary>
    public string? Name { get; init; }

    /// <summary>The content warning.</summary>
    public string? Summary { get; init; }

    public bool Sensitive { get; init; }

    public required string Content { get; init; }

    /// <summary>The content again, under its language: how other servers learn the language (wire 70).</summary>
    public IReadOnlyDictionary<string, string>? ContentMap { get; init; }

    public SourceDocument? Source { get; init; }

    public required DateTimeOffset Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required IReadOnlyList<string> Cc { get; init; }

    /// <summary>The group that it is posted to (FEP-1b12).</summary>
    public string? Audience { get; init; }

    public string? InReplyTo { get; init; }

    /// <summary>What it quotes, in the spelling of FEP-044f; the next three are those of others (wire 105).</summary>
    public string? Quote { get; init; }

    public string? QuoteUri { get; init; }

    public string? QuoteUrl { get; init; }

    [JsonPropertyName("_misskey_quote")]
    public string? MisskeyQuote { get; init; }

    /// <summary>The quoted author's consent.</summary>
    public string? QuoteAuthorization { get; init; }

    /// <summary>The approval of an answer by the one who is answered (GoToSocial).</summary>
    public string? ApprovedBy { get; init; }

    public InteractionPolicyDocument? InteractionPolicy { get; init; }

    public string? Conversation { get; init; }

    /// <summary>The collection of the thread's posts (FEP-7888).</summary>
    [JsonPropertyName("context")]
    public string? Thread { get; init; }

    public required IReadOnlyList<TagDocument> Tag { get; init; }

    public required IReadOnlyList<AttachmentDocument> Attachment { get; init; }

    /// <summary>The options of a Question of which one can be chosen; of which any number can: <see cref="AnyOf"/> (wire 101).</summary>
    public IReadOnlyList<OptionDocument>? OneOf { get; init; }

    public IReadOnlyList<OptionDocument>? AnyOf { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public DateTimeOffset? Closed { get; init; }

    public long? VotersCount { get; init; }

    public CollectionDocument? Replies { get; init; }

    public CollectionDocument? Likes { get; init; }

    public CollectionDocument? Shares { get; init; }
}

/// <summary>What the author typed (wire 74).</summary>
public sealed record SourceDocument(string Content, string MediaType);

/// <summary>A Mention (href is the actor, name <c>@user@domain</c>), Hashtag (name <c>#x</c>) Emoji (name <c>:x:</c>) or a Link to a quoted post.</summary>
public sealed record TagDocument
{
    public string? Id { get; init; }

    public required string Type { get; init; }

    public string? Href { get; init; }

    public string? MediaType { get; init; }

    public string? Rel { get; init; }

    public required string Name { get; init; }

    public ImageDocument? Icon { get; init; }
}

/// <summary>A Document, Image, Video or Audio of a post, or a PropertyValue of a profile.</summary>
public sealed record AttachmentDocument
{
    public required string Type { get; init; }

    public string? MediaType { get; init; }

    public string? Url { get; init; }

    /// <summary>The description for those who cannot see it; the label of a PropertyValue.</summary>
    public string? Name { get; init; }

    /// <summary>Sanitised HTML; of a PropertyValue only.</summary>
    public string? Value { get; init; }

    public string? Blurhash { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Of film and sound, as xsd:duration has it: PT1M2.5S.</summary>
    public string? Duration { get; init; }

    /// <summary>x and y from -1 to 1.</summary>
    public IReadOnlyList<double>? FocalPoint { get; init; }

    /// <summary>What stands for a film or sound until it is played.</summary>
    public ImageDocument? Icon { get; init; }
}

public sealed record ImageDocument(string Url, string? MediaType = null, string? Name = null)
{
    public string Type => "Image";
}
