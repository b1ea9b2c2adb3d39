namespace Calf.Federation.Documents;

/// <summary>The owner or the instance actor, as other servers see it (wire 46 to 57).</summary>
public sealed record ActorDocument : Document
{
    public required string PreferredUsername { get; init; }

    public string? Name { get; init; }

    /// <summary>Sanitised HTML.</summary>
    public string? Summary { get; init; }

    public string? Url { get; init; }

    public required string Inbox { get; init; }

    public string? Outbox { get; init; }

    public string? Followers { get; init; }

    public string? Following { get; init; }

    public string? Featured { get; init; }

    /// <summary>Mastodon's toot:featuredTags.</summary>
    public string? FeaturedTags { get; init; }

    /// <summary>The owner's collections of accounts (FEP-7aa9).</summary>
    public string? FeaturedCollections { get; init; }

    public ActorPolicyDocument? InteractionPolicy { get; init; }

    public bool? ManuallyApprovesFollowers { get; init; }

    public bool? Discoverable { get; init; }

    public bool? Indexable { get; init; }

    /// <summary>Mastodon's toot:attributionDomains.</summary>
    public IReadOnlyList<string>? AttributionDomains { get; init; }

    public bool? Memorial { get; init; }

    public DateTimeOffset? Published { get; init; }

    /// <summary><c>user@domain</c> (FEP-2c59).</summary>
    public string? Webfinger { get; init; }

    public string? MovedTo { get; init; }

    public IReadOnlyList<string>? AlsoKnownAs { get; init; }

    public ImageDocument? Icon { get; init; }

    public ImageDocument? Image { get; init; }

    public IReadOnlyList<TagDocument>? Tag { get; init; }

    public IReadOnlyList<AttachmentDocument>? Attachment { get; init; }

    public EndpointsDocument? Endpoints { get; init; }

    public required PublicKeyDocument PublicKey { get; init; }

    public IReadOnlyList<MultikeyDocument>? AssertionMethod { get; init; }

    public GeneratorDocument? Generator { get; init; }
}

public sealed record EndpointsDocument(string SharedInbox);

/// <summary>One object, owned by the actor that it hangs on (wire 10).</summary>
public sealed record PublicKeyDocument(string Id, string Owner, string PublicKeyPem)
{
    public string Type => "Key";
}

/// <summary>FEP-521a.</summary>
public sealed record MultikeyDocument(string Id, string Controller, string PublicKeyMultibase)
{
    public string Type => "Multikey";
}

/// <summary>The software behind the actor and what it can do (FEP-844e).</summary>
public sealed record GeneratorDocument(string Name, IReadOnlyList<CapabilityDocument> Implements)
{
    public string Type => "Application";
}

public sealed record CapabilityDocument(string Href, string Name);
