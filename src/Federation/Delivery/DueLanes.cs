using System.Threading.Channels;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>
/// The lanes that can go out now, read from the table in batches. Each is handed out to one taker at a time, and a failing host's
/// only while nothing else goes to that host.
/// </summary>
internal sealed class DueLanes(Database database, TimeProvider time)
{
    private const int Batch = 256;

    private readonly Lock guard = new();
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);
    private readonly Channel<Lane> ready = Channel.CreateUnbounded<Lane>();

    /// <summary>Nothing is left to hand out: time to <see cref="Feed"/>.</summary>
    public bool IsEmpty => ready.Reader.Count == 0;

    /// <summary>Reads what is due into the queue.</summary>
    /// <returns>How many lanes were added, and when the next one will be due.</returns>
    public (int Added, DateTimeOffset? NextDue) Feed()
    {
        HashSet<string> before;
        lock (guard)
        {
            failed.Clear();
            // A lane under way now may be finished by the time it has been read: then what was read of it is out of date.
            before = new HashSet<string>(taken, StringComparer.Ordinal);
        }
        var now = time.GetUtcNow();
        var (due, next) = database.Read(c => (LaneStore.Due(c, now, before.Count + Batch), LaneStore.NextDue(c, now)));
        var added = 0;
        lock (guard)
        {
            foreach (var lane in due)
            {
                if (before.Contains(lane.Inbox) || (lane.HostFailing && hosts.ContainsKey(lane.Host))) continue;
                taken.Add(lane.Inbox);
                hosts[lane.Host] = hosts.GetValueOrDefault(lane.Host) + 1;
                ready.Writer.TryWrite(lane);
                added++;
            }
        }
        return (added, next);
    }

    public ValueTask<bool> WaitForOne(CancellationToken ct) => ready.Reader.WaitToReadAsync(ct);

    /// <summary>The next lane, for its taker to <see cref="Release"/>; null when there is none.</summary>
    public Lane? Take()
    {
        while (ready.Reader.TryRead(out var lane))
        {
            if (!IsStale(lane)) return lane;
            Release(lane, TimeSpan.Zero);
        }
        return null;
    }

    /// <param name="rest">Keep it out of the queue for so long.</param>
    public void Release(Lane lane, TimeSpan rest)
    {
        if (rest > TimeSpan.Zero)
        {
            time.CreateTimer(_ => Release(lane, TimeSpan.Zero), null, rest, Timeout.InfiniteTimeSpan);
            return;
        }
        lock (guard)
        {
            taken.Remove(lane.Inbox);
            if (--hosts[lane.Host] == 0) hosts.Remove(lane.Host);
        }
    }

    /// <summary>A failure of the host has been written: what was read before that of its other lanes is not handed out.</summary>
    public void HostFailed(string host)
    {
        lock (guard) failed.Add(host);
    }

    private bool IsStale(Lane lane)
    {
        lock (guard) return failed.Contains(lane.Host);
    }
}
