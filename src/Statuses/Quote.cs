namespace Calf.Statuses;

/// <summary>What the author of a quoted post says to the quote. The numbers are stored.</summary>
public enum QuoteState
{
    Pending = 0,
    Accepted = 1,
    Rejected = 2,

    /// <summary>Accepted once, and no longer.</summary>
    Revoked = 3,

    /// <summary>The quoting post says that what it quoted is gone.</summary>
    Deleted = 4,
}

/// <summary>A status quotes another one.</summary>
public sealed record Quote
{
    public required long StatusId { get; init; }

    public required string QuotedUri { get; init; }

    /// <summary>Null while it is not here, and once it is deleted.</summary>
    public long? QuotedId { get; init; }

    public QuoteState State { get; init; }

    /// <summary>By a server that asks nobody; shown only when somebody quotes themselves, else the link in the text stands.</summary>
    public bool Legacy { get; init; }

    /// <summary>The approval that the quoting post names. Anybody can write that, so nothing else is looked up by it.</summary>
    public string? ClaimedStamp { get; init; }

    /// <summary>The approval as the quoted author gave it.</summary>
    public string? StampUri { get; init; }

    public string? RequestUri { get; init; }

    public int Depth { get; init; }

    public int Tries { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public bool IsShown => State == QuoteState.Accepted || !Legacy;
}
