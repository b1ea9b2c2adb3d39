using System.Threading.Channels;
using Calf.Accounts;

namespace Calf.Mastodon.Streaming;

/// <summary>
/// One open connection. What it has not read yet waits in a bounded queue; a listener that lets it run full is dropped, and its
/// app asks for what it missed when it connects again.
/// </summary>
public sealed class StreamListener(StreamHub hub, Caller caller) : IDisposable
{
    public const int Capacity = 256;

    private readonly Channel<(IReadOnlyList<IReadOnlyList<string>> Streams, StreamEvent Event)> queue =
        Channel.CreateBounded<(IReadOnlyList<IReadOnlyList<string>>, StreamEvent)>(Capacity);

    private readonly CancellationTokenSource dropped = new();

    // Replaced as a whole: there are one or two of them, for hundreds of listeners.
    private Subscription[] subscriptions = [];

    public Caller Caller => caller;

    /// <summary>
    /// What to tell with the streams that it is of, each in the words in which it was asked for: <c>["hashtag", "Cats"]</c>. Ends when
    /// the connection is to be closed.
    /// </summary>
    public ChannelReader<(IReadOnlyList<IReadOnlyList<string>> Streams, StreamEvent Event)> Events => queue.Reader;

    /// <summary>It has not read for too long: nothing can be sent to it any more.</summary>
    public CancellationToken Dropped => dropped.Token;

    /// <exception cref="ApiException">401: the token has no scope for it, or there is no such list. 400: there is no such stream.</exception>
    public void Subscribe(string? name, string? tag = null, string? list = null)
    {
        Demand(name);
        var stream = Find(name, tag, list);
        var path = (string[])[stream.Name, .. stream.Tag is null ? Array.Empty<string>() : [(name == StreamName.List ? list : tag)!]];
        lock (dropped)
        {
            if (!Array.Exists(subscriptions, s => s.Stream == stream)) subscriptions = [.. subscriptions, new Subscription(stream, path)];
        }
    }

    /// <exception cref="ApiException">As above.</exception>
    public void Unsubscribe(string? name, string? tag, string? list)
    {
        var stream = Find(name, tag, list);
        lock (dropped) subscriptions = Array.FindAll(subscriptions, s => s.Stream != stream);
    }

    public void Offer(StreamEvent told)
    {
        if (told.Scope is { } scope && !Scopes.Allow(caller.Scopes, scope)) return;
        IReadOnlyList<IReadOnlyList<string>> wanted = [.. from s in subscriptions where told.BelongsTo(s.Stream) select s.Path];
        if (wanted.Count == 0 && !told.IsHeartbeat) return;
        if (queue.Writer.TryWrite((wanted, told)) || queue.Reader.Completion.IsCompleted) return;
        Close();
        dropped.Cancel();
    }

    public void Close() => queue.Writer.TryComplete();

    public void Dispose()
    {
        hub.Leave(this);
        Close();
    }

    private StreamName Find(string? name, string? tag, string? list)
    {
        var stream = StreamName.Parse(name, tag, list);
        if (name == StreamName.List && !hub.HasList(list!)) throw new ApiException(StatusCodes.Status401Unauthorized, "Not authorized to stream this list");
        return stream;
    }

    private void Demand(string? name)
    {
        if (!Scopes.Allow(caller.Scopes, StreamName.ScopeFor(name))) throw new ApiException(StatusCodes.Status401Unauthorized, "Access token does not have the required scopes");
    }

    private readonly record struct Subscription(StreamName Stream, IReadOnlyList<string> Path);
}
