namespace Calf.AccountCollections;

/// <summary>Accounts that somebody recommends to follow. https://docs.joinmastodon.org/entities/Collection/, FEP-7aa9</summary>
public sealed record AccountCollection
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    /// <summary>Null for the owner's.</summary>
    public string? Uri { get; init; }

    public string? Url { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Plain text of the owner's, sanitised HTML of others.</summary>
    public string Description { get; init; } = "";

    public string? Language { get; init; }

    public bool Sensitive { get; init; }

    /// <summary>It is shown on its author's profile.</summary>
    public bool Discoverable { get; init; }

    /// <summary>A hashtag without its sign.</summary>
    public string? Tag { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public bool IsOwn => Uri is null;
}

/// <summary>Whether an account agrees to be in a collection. The numbers are stored.</summary>
public enum CollectionItemState
{
    Pending = 0,
    Accepted = 1,
    Rejected = 2,
    Revoked = 3,
}

/// <summary>An account in a collection.</summary>
/// <param name="RequestUri">The FeatureRequest that asks for consent; null for the owner in a collection of their own.</param>
/// <param name="ApprovalUri">The consent, where the account's server keeps it.</param>
public sealed record AccountCollectionItem(
    long Id, long CollectionId, long AccountId, CollectionItemState State, string? RequestUri, string? ApprovalUri, DateTimeOffset CreatedAt)
{
    /// <summary>Its id in somebody else's collection; null of the owner's own, and until it is told.</summary>
    public string? Uri { get; init; }

    public bool IsShown => State is CollectionItemState.Pending or CollectionItemState.Accepted;
}
