namespace Calf.Federation.Documents;

/// <summary>Create, Follow, Like, Undo and the rest. Every one has an id of its own (wire 68, 90).</summary>
public sealed record ActivityDocument : Document
{
    /// <summary>Always the actor's id, never the actor embedded (wire 68).</summary>
    public required string Actor { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public IReadOnlyList<string>? To { get; init; }

    public IReadOnlyList<string>? Cc { get; init; }

    /// <summary>The group that it is meant for (FEP-1b12).</summary>
    public string? Audience { get; init; }

    public required DocumentOrUri Object { get; init; }

    /// <summary>Of a QuoteRequest, the quoting post.</summary>
    public DocumentOrUri? Instrument { get; init; }

    /// <summary>Of an Accept of it, the approval.</summary>
    public string? Result { get; init; }

    /// <summary>The collection of an Add or Remove, the new home of a Move.</summary>
    public string? Target { get; init; }
}
