using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Calf.Mastodon.Streaming;

/// <summary>
/// One open connection. What it has not read yet waits in a bounded queue; a listener that lets it run full is dropped, and its
/// app asks for what it missed when it connects again.
/// </summary>
public sealed class StreamListener(StreamHub hub, Caller caller) : IDisposable
{
    public const int Capacity = 256;

    // Single-threaded use of the reader; the hub writes from one thread at a time.
    private readonly Channel<(IReadOnlyList<StreamName> Streams, StreamEvent Event)> queue =
        Channel.CreateBounded<(IReadOnlyList<StreamName>, StreamEvent)>(Capacity);

    private readonly ConcurrentDictionary<StreamName, bool> streams = new();

    public long? TokenId => caller.TokenId;

    /// <summary>Ends when the connection is to be closed.</summary>
    public ChannelReader<(IReadOnlyList<StreamName> Streams, StreamEvent Event)> Events => queue.Reader;

    /// <exception cref="ApiException">403: the token has no scope for it.</exception>
    public void Subscribe(StreamName stream)
    {
        if (!Scopes.Allow(caller.Scopes, stream.RequiredScope))
            throw new ApiException(StatusCodes.Status403Forbidden, "This action is outside the authorized scopes");
        streams[stream] = true;
    }

    public void Unsubscribe(StreamName stream) => streams.TryRemove(stream, out _);

    public void Offer(StreamEvent told)
    {
        IReadOnlyList<StreamName> wanted = told.Streams is null ? [.. streams.Keys] : [.. told.Streams.Where(streams.ContainsKey)];
        if (wanted.Count == 0 && !told.IsHeartbeat) return;
        if (!queue.Writer.TryWrite((wanted, told))) Close();
    }

    public void Close() => queue.Writer.TryComplete();

    public void Dispose()
    {
        Close();
        hub.Leave(this);
    }
}
