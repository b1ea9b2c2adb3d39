using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>How it stands with another server.</summary>
public enum PeerState
{
    Fine,

    /// <summary>It failed, and is tried again at growing intervals.</summary>
    Slow,

    /// <summary>It has been failing for so long that only a rare probe goes out.</summary>
    Away,

    /// <summary>It said that it is gone for good.</summary>
    Gone,

    /// <summary>The owner blocks it.</summary>
    Blocked,
}

/// <param name="Waiting">Deliveries still to be made there.</param>
/// <param name="Failures">In a row.</param>
/// <param name="LastSuccessAt">When it last took something; null also when that was before the deliveries that are looked through.</param>
/// <param name="LastHeardAt">When something of its last came in; null also when that was before the activities that are looked through.</param>
/// <param name="NextTryAt">While something waits; a time past means now.</param>
/// <param name="Reason">What is wrong, in plain words; null when nothing is.</param>
public sealed record Peer(
    string Host, PeerState State, long Waiting, int Failures, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastHeardAt, DateTimeOffset? FailingSince,
    DateTimeOffset? NextTryAt, string? Reason);

/// <summary>What waits to be delivered, and how it stands with the servers of late.</summary>
/// <param name="Due">Waiting deliveries that may go out now.</param>
/// <param name="OldestAt">Since when the oldest of those that wait does; null when none does.</param>
/// <param name="Refused">Given up, as far back as the ledger goes.</param>
/// <param name="ParkedHosts">How many servers are <see cref="PeerState.Away"/>.</param>
/// <param name="Peers">Those with trouble first, then those with something waiting, then the last heard from.</param>
/// <param name="Total">Of peers, before the list was cut.</param>
public sealed record PeerReport(long Waiting, long Due, DateTimeOffset? OldestAt, long Refused, long ParkedHosts, IReadOnlyList<Peer> Peers, int Total)
{
    public const int MaxPeers = 100;

    /// <summary>How many of the newest deliveries and activities are looked through for when a server last took or sent something.</summary>
    private const int LookedThrough = 5000;

    public static PeerReport Of(Connection c, DateTimeOffset now)
    {
        var lanes = Lanes(c).ToLookup(lane => lane.Host);
        var troubled = Troubled(c);
        var (heard, took) = (Heard(c), Took(c));
        List<string> hosts = [.. lanes.Select(l => l.Key).Concat(troubled.Keys).Concat(heard.Keys).Concat(took.Keys).Distinct()];
        var peers = hosts.Select(host => PeerOf(host, [.. lanes[host]], troubled.GetValueOrDefault(host)) with { LastHeardAt = heard.GetValueOrDefault(host), LastSuccessAt = took.GetValueOrDefault(host) })
            .OrderBy(p => p.Failures > 0 ? 0 : p.Waiting > 0 ? 1 : p.State == PeerState.Gone ? 3 : 2)
            .ThenByDescending(p => p.LastHeardAt ?? p.LastSuccessAt).ThenBy(p => p.Host, StringComparer.Ordinal).Take(MaxPeers);
        var waiting = lanes.SelectMany(l => l).ToList();
        return new PeerReport(
            waiting.Sum(l => l.Waiting), waiting.Where(l => l.DueAt <= now).Sum(l => l.Waiting), Oldest(c, waiting),
            c.Count($"SELECT count(*) FROM deliveries WHERE state = 2"), troubled.Values.Count(t => t.Parked),
            [.. peers.Select(p => DomainBlockStore.Covers(c, p.Host) ? p with { State = PeerState.Blocked, Reason = DeliveryReason.OfBlocked } : p)], hosts.Count);
    }

    private static Peer PeerOf(string host, IReadOnlyList<OpenLane> lanes, Trouble? trouble)
    {
        var state = trouble switch { null => PeerState.Fine, { Gone: true } => PeerState.Gone, { Parked: true } => PeerState.Away, _ => PeerState.Slow };
        var last = lanes.Where(l => l.Error is not null).MaxBy(l => l.LastAt);
        var reason = state == PeerState.Gone ? DeliveryReason.OfGone
            : last is null ? null
            : DeliveryReason.Of(new HostDelivery(host, DeliveryState.Waiting, last.Attempts, last.Error, last.LastAt, null));
        return new Peer(
            host, state, lanes.Sum(l => l.Waiting), trouble?.Failures ?? 0, null, null, trouble?.Since, lanes.Count == 0 ? null : lanes.Min(l => l.DueAt), reason);
    }

    /// <summary>Each inbox that something waits for, with the first of it, which is the one that was tried.</summary>
    private static List<OpenLane> Lanes(Connection c) => c.Query($"""
        SELECT l.host, l.due_at, (SELECT count(*) FROM deliveries w WHERE w.inbox = l.inbox AND w.state = 0), d.id, d.attempts, d.last_error, d.last_at
        FROM lanes l JOIN deliveries d ON d.id = (SELECT min(id) FROM deliveries WHERE inbox = l.inbox AND state = 0)
        """, r => new OpenLane(r.Text(), r.Time(), r.Long(), r.Long(), r.Int(), r.TextOrNull(), r.TimeOrNull()));

    private static Dictionary<string, Trouble> Troubled(Connection c) => c.Query($"""
        SELECT host, failures, failing_since, parked_at IS NOT NULL, gone_at IS NOT NULL FROM hosts WHERE failures > 0 OR gone_at IS NOT NULL
        """, r => (Host: r.Text(), Trouble: new Trouble(r.Int(), r.TimeOrNull(), r.Bool(), r.Bool()))).ToDictionary(h => h.Host, h => h.Trouble);

    private static Dictionary<string, DateTimeOffset?> Heard(Connection c)
    {
        var heard = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var (id, at) in InboxQueue.Latest(c, LookedThrough))
            if (Origin.HostOf(id) is { } host) heard.TryAdd(host, at);
        return heard;
    }

    private static Dictionary<string, DateTimeOffset?> Took(Connection c) => c.Query($"""
        SELECT host, max(last_at) FROM (SELECT host, state, last_at FROM deliveries ORDER BY id DESC LIMIT {(long)LookedThrough}) WHERE state = 1 GROUP BY host
        """, r => (Host: r.Text(), At: r.TimeOrNull())).ToDictionary(h => h.Host, h => h.At, StringComparer.Ordinal);

    private static DateTimeOffset? Oldest(Connection c, List<OpenLane> waiting) => waiting.Count == 0 ? null : c.FindValue($"""
        SELECT created_at FROM outgoing WHERE id = (SELECT outgoing_id FROM deliveries WHERE id = {waiting.Min(l => l.FirstId)})
        """, r => r.Time());

    private sealed record OpenLane(string Host, DateTimeOffset DueAt, long Waiting, long FirstId, int Attempts, string? Error, DateTimeOffset? LastAt);

    private sealed record Trouble(int Failures, DateTimeOffset? Since, bool Parked, bool Gone);
}
