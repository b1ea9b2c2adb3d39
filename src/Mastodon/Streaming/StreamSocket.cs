using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calf.Mastodon.Streaming;

/// <summary>What is sent over the socket. The payload is JSON inside a JSON string, as Mastodon has it.</summary>
public sealed record StreamMessage(IReadOnlyList<string> Stream, string Event, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payload);

/// <summary>Why something that an app asked for is not done.</summary>
public sealed record StreamComplaint(string Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StreamMessage))]
[JsonSerializable(typeof(StreamComplaint))]
internal sealed partial class StreamJson : JsonSerializerContext;

/// <summary>One WebSocket that carries any number of streams. https://docs.joinmastodon.org/methods/streaming/#websocket</summary>
public sealed class StreamSocket(WebSocket socket, StreamListener listener) : IDisposable
{
    /// <summary>How long a socket may be silent before it is asked whether it is there, and how long it has for an answer.</summary>
    public static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30);

    private const int MaxWishBytes = 4096;
    private const string NoBinary = "The mastodon streaming server does not support binary messages";

    // A socket takes one send at a time, and both loops send.
    private readonly SemaphoreSlim sending = new(1, 1);

    /// <param name="first">What the address asked for.</param>
    public async Task Run(StreamWish? first, CancellationToken aborted)
    {
        await using var dropping = listener.Dropped.Register(socket.Abort);
        try
        {
            if (first is { } wish) await Obey(wish, aborted);
            var receiving = Receive(aborted);
            await Send(aborted);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted);
            await receiving;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The app has gone, or does not read.
        }
    }

    public void Dispose() => sending.Dispose();

    private async Task Send(CancellationToken aborted)
    {
        await foreach (var (streams, told) in listener.Events.ReadAllAsync(aborted))
        {
            if (told.IsHeartbeat) continue; // The server pings by itself.
            foreach (var stream in streams)
                await SendText(JsonSerializer.SerializeToUtf8Bytes(new StreamMessage(stream, told.Type, told.Payload), StreamJson.Default.StreamMessage), aborted);
        }
    }

    private async Task Receive(CancellationToken aborted)
    {
        try
        {
            // Most connections say nothing for hours, and hold no buffer meanwhile.
            while (await socket.ReceiveAsync(Memory<byte>.Empty, aborted) is { MessageType: not WebSocketMessageType.Close } begun)
                if (!begun.EndOfMessage && !await Hear(aborted)) return;
        }
        finally
        {
            listener.Close();
        }
    }

    /// <summary>Takes a message that has begun to come; false when it was the last.</summary>
    private async Task<bool> Hear(CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxWishBytes);
        try
        {
            for (var length = 0; length < MaxWishBytes;)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length, MaxWishBytes - length), aborted);
                if (part.MessageType == WebSocketMessageType.Close) return false;
                if (part.MessageType == WebSocketMessageType.Binary) return await Refuse(WebSocketCloseStatus.InvalidMessageType, NoBinary, aborted);
                length += part.Count;
                if (!part.EndOfMessage) continue;
                if (StreamWish.Read(buffer.AsMemory(0, length)) is { } wish) await Obey(wish, aborted);
                return true;
            }
            return await Refuse(WebSocketCloseStatus.MessageTooBig, null, aborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> Refuse(WebSocketCloseStatus why, string? words, CancellationToken aborted)
    {
        await socket.CloseOutputAsync(why, words, aborted);
        return false;
    }

    private async Task Obey(StreamWish wish, CancellationToken aborted)
    {
        try
        {
            if (wish.Type == StreamWish.Subscribe) listener.Subscribe(wish.Stream, wish.Tag, wish.List);
            else if (wish.Type == StreamWish.Unsubscribe) listener.Unsubscribe(wish.Stream, wish.Tag, wish.List);
        }
        catch (ApiException refused)
        {
            var complaint = wish.Type == StreamWish.Subscribe ? new StreamComplaint(refused.Message, refused.Status) : new StreamComplaint("Error unsubscribing from channel", null);
            await SendText(JsonSerializer.SerializeToUtf8Bytes(complaint, StreamJson.Default.StreamComplaint), aborted);
        }
    }

    private async Task SendText(ReadOnlyMemory<byte> text, CancellationToken aborted)
    {
        await sending.WaitAsync(aborted);
        try
        {
            await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, aborted);
        }
        finally
        {
            sending.Release();
        }
    }
}
