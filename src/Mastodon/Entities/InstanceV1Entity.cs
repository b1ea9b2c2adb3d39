namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/V1_Instance/</summary>
public sealed record InstanceV1Entity
{
    public required string Uri { get; init; }

    public required string Title { get; init; }

    public required string ShortDescription { get; init; }

    public required string Description { get; init; }

    public string Email { get; init; } = "";

    public required string Version { get; init; }

    public required InstanceV1Urls Urls { get; init; }

    public required InstanceV1Stats Stats { get; init; }

    public required string Thumbnail { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public bool Registrations => false;

    public bool ApprovalRequired => false;

    public bool InvitesEnabled => false;

    public required InstanceConfiguration Configuration { get; init; }

    public required AccountEntity? ContactAccount { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];
}

public sealed record InstanceV1Urls(string StreamingApi);

public sealed record InstanceV1Stats(int UserCount, long StatusCount, long DomainCount);
