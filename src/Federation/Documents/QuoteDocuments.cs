namespace Calf.Federation.Documents;

/// <summary>The consent to one quote of a post of the owner's: a stamp that others fetch and hold against the quote (FEP-044f).</summary>
public sealed record StampDocument : Document
{
    public required string AttributedTo { get; init; }

    /// <summary>The quoting post. Named, never embedded: whoever reads this may not be allowed to read that.</summary>
    public required string InteractingObject { get; init; }

    public required string InteractionTarget { get; init; }
}

/// <summary>Whom the author allows what. It advises only (wire 107).</summary>
public sealed record InteractionPolicyDocument(SubPolicyDocument CanQuote, SubPolicyDocument CanReply, SubPolicyDocument CanLike, SubPolicyDocument CanAnnounce);

/// <param name="AutomaticApproval">FEP-044f and GoToSocial since 0.20.</param>
/// <param name="Always">The same for earlier GoToSocials; null where they have no such part.</param>
public sealed record SubPolicyDocument(IReadOnlyList<string> AutomaticApproval, IReadOnlyList<string>? Always = null);
