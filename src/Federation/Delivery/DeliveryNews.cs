using Calf.Events;

namespace Calf.Federation.Delivery;

/// <summary>Tells that deliveries of a post went on: once for many, as a post goes to thousands of servers within seconds.</summary>
internal sealed class DeliveryNews : IDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock guard = new();
    private readonly HashSet<long> changed = [];
    private readonly EventHub events;
    private readonly ITimer timer;

    public DeliveryNews(EventHub events, TimeProvider time)
    {
        this.events = events;
        timer = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Changed(long statusId)
    {
        lock (guard)
        {
            if (changed.Add(statusId) && changed.Count == 1) timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tell()
    {
        long[] told;
        lock (guard)
        {
            told = [.. changed];
            changed.Clear();
        }
        foreach (var statusId in told) events.Publish(new DeliveryChanged(statusId));
    }

    public void Dispose() => timer.Dispose();
}
