using Calf.Federation;
using Calf.Federation.Delivery;

namespace Calf.Mastodon.Entities;

/// <summary>How this server and those around it are doing. Sizes are bytes.</summary>
/// <param name="Received">Activities of others that are not applied yet.</param>
/// <param name="Pushes">Notifications that are still to be pushed.</param>
/// <param name="Films">Uploads that are being made ready.</param>
/// <param name="Total">Of servers; the list is cut.</param>
/// <param name="LastReceivedAt">When another server last sent something.</param>
public sealed record HealthEntity(
    DeliveryQueueEntity Deliveries, QueueEntity Received, QueueEntity Pushes, QueueEntity Films, IReadOnlyList<PeerEntity> Peers, int Total,
    DateTimeOffset? LastReceivedAt, long DatabaseBytes, long MediaBytes, long CacheBytes, long FreeBytes, string Version, DateTimeOffset StartedAt);

public sealed record QueueEntity(long Waiting);

/// <param name="Due">Of those that wait, what may go out now.</param>
/// <param name="OldestAt">Since when the oldest waits.</param>
/// <param name="Failed">Given up, as far back as the ledger goes.</param>
public sealed record DeliveryQueueEntity(long Waiting, long Due, DateTimeOffset? OldestAt, long Failed, long ParkedHosts)
{
    public static DeliveryQueueEntity Of(PeerReport r) => new(r.Waiting, r.Due, r.OldestAt, r.Refused, r.ParkedHosts);
}

/// <summary>Another server; <see cref="Peer"/> says what each is.</summary>
/// <param name="State"><c>fine</c>, <c>slow</c>, <c>away</c>, <c>gone</c> or <c>blocked</c>.</param>
public sealed record PeerEntity(
    string Domain, string State, long Waiting, int Failures, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastHeardAt, DateTimeOffset? FailingSince, DateTimeOffset? NextTryAt, string? Reason)
{
    public static PeerEntity Of(Peer p) => new(p.Host, p.State switch
    {
        PeerState.Fine => "fine",
        PeerState.Slow => "slow",
        PeerState.Away => "away",
        PeerState.Gone => "gone",
        _ => "blocked",
    }, p.Waiting, p.Failures, p.LastSuccessAt, p.LastHeardAt, p.FailingSince, p.NextTryAt, p.Reason);
}

/// <summary>Whether other servers can reach this one. <see cref="DomainCheckStep"/> says what the checks are.</summary>
public sealed record DomainCheckEntity(string Domain, string WebDomain, bool Local, bool Ok, DateTimeOffset CheckedAt, IReadOnlyList<DomainCheckStep> Checks)
{
    public static DomainCheckEntity Of(DomainCheckResult result, Site site) => new(site.Domain, site.WebDomain, result.Local, result.Ok, result.At, result.Steps);
}
