using System.Text.Json.Serialization;

namespace Calf.Federation.Documents;

/// <summary>A collection of hashtags, whole.</summary>
public sealed record HashtagsDocument : Document
{
    public required long TotalItems { get; init; }

    public required IReadOnlyList<TagDocument> Items { get; init; }
}

/// <summary>A Collection, OrderedCollection or a page of one. Ordered ones use <see cref="OrderedItems"/>, the others <see cref="Items"/>.</summary>
public sealed record CollectionDocument : Document
{
    public long? TotalItems { get; init; }

    /// <summary>The collection that this is a page of.</summary>
    public string? PartOf { get; init; }

    /// <summary>Whose it is; of a thread, its first author (FEP-7888).</summary>
    public string? AttributedTo { get; init; }

    /// <summary>The first page: its URI, or the page itself.</summary>
    public DocumentOrUri? First { get; init; }

    public string? Next { get; init; }

    [JsonPropertyName("prev")]
    public string? Previous { get; init; }

    public IReadOnlyList<DocumentOrUri>? OrderedItems { get; init; }

    public IReadOnlyList<DocumentOrUri>? Items { get; init; }
}
