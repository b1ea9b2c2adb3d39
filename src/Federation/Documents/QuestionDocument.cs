namespace Calf.Federation.Documents;

/// <summary>An answer that a Question offers, with its count; without one while the author hides it (wire 101).</summary>
public sealed record OptionDocument(string Name, OptionCount Replies)
{
    public string Type => "Note";
}

public sealed record OptionCount(long? TotalItems)
{
    public string Type => "Collection";
}

/// <summary>A vote in somebody's poll (wire 100).</summary>
public sealed record VoteDocument : Document
{
    public required string Name { get; init; }

    public required string AttributedTo { get; init; }

    public required string InReplyTo { get; init; }

    public required IReadOnlyList<string> To { get; init; }
}
