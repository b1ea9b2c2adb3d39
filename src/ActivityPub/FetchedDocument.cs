using System.Text.Json;

namespace Calf.ActivityPub;

public enum FetchOutcome
{
    Found,

    /// <summary>410: what was known of it is to be removed (wire 43).</summary>
    Gone,

    NotFound,

    /// <summary>Not allowed, by the other server or by us. Asking again is of no use.</summary>
    Refused,

    /// <summary>It may work later.</summary>
    Transient,

    /// <summary>The other server answered with something that is not the document.</summary>
    Invalid,
}

/// <summary>What a fetch brought.</summary>
/// <param name="Uri">The document's own id, proven by the URL that served it. It can differ from the URL that was asked for: who fetches a
/// known id compares the two.</param>
/// <param name="Reason">A sentence for the owner; empty when found.</param>
public sealed record FetchedDocument(FetchOutcome Outcome, string Uri, JsonElement Json, string Reason)
{
    /// <summary>The HTTP status of the last answer; null when there was none.</summary>
    public int? Status { get; init; }

    public bool Found => Outcome == FetchOutcome.Found;

    internal static FetchedDocument Failed(FetchOutcome outcome, string uri, string reason) => new(outcome, uri, default, reason);
}
