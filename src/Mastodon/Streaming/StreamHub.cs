using System.Collections.Concurrent;
using System.Threading.Channels;
using Calf.Events;

namespace Calf.Mastodon.Streaming;

/// <summary>
/// Takes what happened from the event hub, has it rendered once, and offers it to every listener. Without listeners nothing is
/// rendered.
/// </summary>
public sealed partial class StreamHub : IHostedService, IDisposable
{
    /// <summary>Mastodon's; proxies cut connections that are silent for a minute.</summary>
    public static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<StreamListener, bool> listeners = new();
    private readonly Channel<Event> happenings = Channel.CreateUnbounded<Event>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StreamEvents events;
    private readonly ILogger<StreamHub> logger;
    private readonly IDisposable listening;
    private readonly ITimer heartbeat;
    private Task telling = Task.CompletedTask;

    public StreamHub(EventHub hub, StreamEvents events, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<StreamHub> logger)
    {
        this.events = events;
        this.logger = logger;
        listening = hub.Listen(happened =>
        {
            if (listeners.IsEmpty) return;
            if (happened is SessionEnded { SessionId: var ended }) CloseThose(listener => listener.Caller.SessionId == ended);
            else happenings.Writer.TryWrite(happened);
        });
        // The web server waits for open connections before it lets StopAsync be called.
        lifetime.ApplicationStopping.Register(() => CloseThose(_ => true));
        heartbeat = time.CreateTimer(_ => Offer(StreamEvent.Heartbeat), null, HeartbeatEvery, HeartbeatEvery);
    }

    public StreamListener Listen(Caller caller)
    {
        var listener = new StreamListener(this, caller);
        listeners[listener] = true;
        return listener;
    }

    internal void Leave(StreamListener listener) => listeners.TryRemove(listener, out _);

    /// <summary>Closes the connections of a token that was revoked.</summary>
    public void CloseToken(long tokenId) => CloseThose(listener => listener.Caller.TokenId == tokenId);

    /// <summary>How many are listening.</summary>
    internal int Count => listeners.Count;

    internal bool HasList(string id) => events.HasList(id);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        telling = Task.Run(Tell, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        happenings.Writer.TryComplete();
        return telling;
    }

    private void CloseThose(Predicate<StreamListener> which)
    {
        foreach (var listener in listeners.Keys)
            if (which(listener)) listener.Close();
    }

    private async Task Tell()
    {
        await foreach (var happened in happenings.Reader.ReadAllAsync())
        {
            try
            {
                foreach (var told in events.Of(happened)) Offer(told);
            }
#pragma warning disable CA1031 // One event that cannot be told must not silence all later ones.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                Log.NotTold(logger, happened.GetType().Name, problem);
            }
        }
    }

    private void Offer(StreamEvent told)
    {
        foreach (var listener in listeners.Keys) listener.Offer(told);
    }

    public void Dispose()
    {
        listening.Dispose();
        heartbeat.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Event} could not be told to streams")]
        public static partial void NotTold(ILogger logger, string @event, Exception problem);
    }
}
