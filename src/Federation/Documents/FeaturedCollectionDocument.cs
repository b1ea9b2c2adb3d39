namespace Calf.Federation.Documents;

/// <summary>Accounts that the owner recommends (FEP-7aa9), with those that agreed.</summary>
public sealed record FeaturedCollectionDocument : Document
{
    public required string AttributedTo { get; init; }

    public required string Name { get; init; }

    public string? Summary { get; init; }

    /// <summary>The same by its language, which then stands alone.</summary>
    public IReadOnlyDictionary<string, string>? SummaryMap { get; init; }

    public required bool Sensitive { get; init; }

    public required bool Discoverable { get; init; }

    public required DateTimeOffset Published { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>A hashtag.</summary>
    public TagDocument? Topic { get; init; }

    public required int TotalItems { get; init; }

    public required IReadOnlyList<DocumentOrUri> OrderedItems { get; init; }
}

/// <summary>One of the accounts in a collection.</summary>
public sealed record FeaturedItemDocument : Document
{
    public required string FeaturedObject { get; init; }

    /// <summary>Where the account's server says that it agreed.</summary>
    public string? FeatureAuthorization { get; init; }

    public required DateTimeOffset Published { get; init; }
}

/// <summary>Whom the owner lets put them into collections.</summary>
public sealed record ActorPolicyDocument(SubPolicyDocument CanFeature);
