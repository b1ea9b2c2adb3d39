namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Relationship/</summary>
public sealed record RelationshipEntity
{
    public required string Id { get; init; }

    public required bool Following { get; init; }

    public required bool ShowingReblogs { get; init; }

    public required bool Notifying { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    public required bool FollowedBy { get; init; }

    public required bool Blocking { get; init; }

    public required bool BlockedBy { get; init; }

    public required bool Muting { get; init; }

    public required bool MutingNotifications { get; init; }

    public required DateTimeOffset? MutingExpiresAt { get; init; }

    public required bool Requested { get; init; }

    public required bool RequestedBy { get; init; }

    public required bool DomainBlocking { get; init; }

    public bool Endorsed { get; init; }

    public string Note { get; init; } = "";
}
