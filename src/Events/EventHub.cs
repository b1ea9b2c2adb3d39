using System.Collections.Concurrent;

namespace Calf.Events;

/// <summary>Something that just happened here, told after it was committed.</summary>
public abstract record Event;

/// <summary>A status was stored. <paramref name="Home"/>: it belongs in the owner's home timeline.</summary>
public sealed record StatusAdded(long StatusId, bool Home) : Event;

public sealed record StatusEdited(long StatusId) : Event;

/// <summary>The counts of a poll changed, or it ended.</summary>
public sealed record PollChanged(long StatusId) : Event;

/// <summary>A status or a boost is gone; <paramref name="StatusId"/> is the id that it had. <paramref name="Public"/>: it was in lists that all may see.</summary>
public sealed record StatusRemoved(long StatusId, bool Public) : Event;

/// <summary>Somebody favourited or boosted a status, or took that back.</summary>
public sealed record CountsChanged(long StatusId) : Event;

public sealed record NotificationAdded(long NotificationId) : Event;

/// <summary>Notifications that had waited in the requests tray are among the others now.</summary>
public sealed record NotificationsMerged : Event;

/// <summary>The profile, keys, pins or counts of an account changed.</summary>
public sealed record AccountChanged(long AccountId) : Event;

/// <summary>A direct post came into a conversation.</summary>
public sealed record ConversationChanged(long ConversationId) : Event;

/// <summary>The owner's filters say something else than before.</summary>
public sealed record FiltersChanged : Event;

/// <summary>A draft of the owner's was stored or deleted.</summary>
public sealed record DraftChanged(string Name) : Event;

/// <summary>A browser was signed out.</summary>
public sealed record SessionEnded(long SessionId) : Event;

/// <summary>A quote came in that is to be looked at.</summary>
public sealed record QuoteWaits : Event;

/// <summary>Activities were queued for other servers.</summary>
public sealed record DeliveriesQueued : Event;

/// <summary>The state of deliveries of the owner's post changed.</summary>
public sealed record DeliveryChanged(long StatusId) : Event;

/// <summary>
/// Carries events inside the process. Listeners are called in the order of the commits, on the thread that committed: they hand
/// over and return.
/// </summary>
public sealed partial class EventHub(ILogger<EventHub>? log = null)
{
    private readonly ConcurrentDictionary<long, Action<Event>> listeners = new();
    private long lastListener;

    /// <summary>Listens until the result is disposed.</summary>
    public IDisposable Listen(Action<Event> listener)
    {
        var key = Interlocked.Increment(ref lastListener);
        listeners[key] = listener;
        return new Listening(this, key);
    }

    public void Publish(Event happened)
    {
        foreach (var listener in listeners.Values)
        {
            try
            {
                listener(happened);
            }
#pragma warning disable CA1031 // One that fails must not take the others along, nor the thread that writes the database.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (log is not null) Log.ListenerFailed(log, happened.GetType().Name, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Telling of {happened} failed")]
        public static partial void ListenerFailed(ILogger log, string happened, Exception failure);
    }

    private sealed class Listening(EventHub hub, long key) : IDisposable
    {
        public void Dispose() => hub.listeners.TryRemove(key, out _);
    }
}
