namespace Calf.Federation.Documents;

/// <summary>A report. The instance actor sends it, so that the reported do not learn who complained (wire 102).</summary>
public sealed record FlagDocument : Document
{
    public required string Actor { get; init; }

    /// <summary>One id: Lemmy takes no more.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>What the reporter says, as text.</summary>
    public required string Content { get; init; }

    /// <summary>The account first, then its posts.</summary>
    public required IReadOnlyList<string> Object { get; init; }
}
