using Calf.Federation.Inbox;

namespace Calf.Federation.Why;

/// <summary>One thing that keeps a post or a person out of sight.</summary>
/// <param name="Code">A word for programs, such as <c>muted</c>.</param>
/// <param name="Sentence">For the owner. Never the text of a post.</param>
/// <param name="At">Since or until when, as the sentence says it.</param>
/// <param name="Hides">The post is not shown; false when it only stays out of home or is covered.</param>
public sealed record Reason(string Code, string Sentence, DateTimeOffset? At = null, bool Hides = true);

/// <summary>What the server of a post or a person says of it at this moment.</summary>
/// <param name="Status">The HTTP status; null when there was none.</param>
/// <param name="Uri">The ActivityPub id that it is served under, where it was served.</param>
public sealed record OriginAnswer(string Code, string Sentence, int? Status = null, string? Uri = null);

/// <summary>Why the owner does or does not see what they asked for.</summary>
/// <param name="Code">
/// <c>here</c>, <c>not_home</c> and <c>hidden</c> for what is here; <c>deleted</c>, <c>put_away</c>, <c>refused</c>, <c>blocked</c>,
/// <c>never_delivered</c> and <c>not_here</c> for what is not; <c>not_understood</c> for what is no address and no handle.
/// </param>
/// <param name="Sentence">The whole answer in plain words.</param>
public sealed record Explanation(string Asked, string Code, string Sentence)
{
    /// <summary>The post, where the owner may read it.</summary>
    public long? StatusId { get; init; }

    /// <summary>The account that was asked for, or the author as far as they are known.</summary>
    public long? AccountId { get; init; }

    /// <summary>When it was deleted or put away.</summary>
    public DateTimeOffset? At { get; init; }

    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>What of it was refused or had no effect, newest first.</summary>
    public IReadOnlyList<Verdict> Refusals { get; init; } = [];

    /// <summary>Null when its server was not asked.</summary>
    public OriginAnswer? Origin { get; init; }

    /// <summary>It is not here, and could be had.</summary>
    public bool CanFetch { get; init; }
}
