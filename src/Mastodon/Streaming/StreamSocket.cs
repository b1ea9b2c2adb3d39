using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calf.Mastodon.Streaming;

/// <summary>What is sent over the socket. The payload is JSON inside a JSON string, as Mastodon has it.</summary>
public sealed record StreamMessage(IReadOnlyList<string> Stream, string Event, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payload);

/// <summary>What an app sends: <c>subscribe</c> or <c>unsubscribe</c> with a stream's name.</summary>
public sealed record StreamWish(string? Type, string? Stream, string? Tag, string? List);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StreamMessage))]
[JsonSerializable(typeof(StreamWish))]
internal sealed partial class StreamJson : JsonSerializerContext;

/// <summary>One WebSocket that carries any number of streams. https://docs.joinmastodon.org/methods/streaming/#websocket</summary>
public sealed class StreamSocket(WebSocket socket, StreamListener listener) : IDisposable
{
    private const int MaxWishBytes = 4096;

    // A socket takes one send at a time, and both loops send.
    private readonly SemaphoreSlim sending = new(1, 1);

    public async Task Run(CancellationToken aborted)
    {
        try
        {
            var receiving = Receive(aborted);
            await Send(aborted);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted);
            await receiving;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The app has gone.
        }
    }

    public void Dispose() => sending.Dispose();

    private async Task Send(CancellationToken aborted)
    {
        await foreach (var (streams, told) in listener.Events.ReadAllAsync(aborted))
        {
            if (told.IsHeartbeat) continue; // The server pings by itself.
            foreach (var stream in streams)
                await SendText(JsonSerializer.SerializeToUtf8Bytes(new StreamMessage(stream.Path, told.Type, told.Payload), StreamJson.Default.StreamMessage), aborted);
        }
    }

    private async Task Receive(CancellationToken aborted)
    {
        try
        {
            var buffer = new byte[MaxWishBytes];
            while (await ReceiveText(buffer, aborted) is { } length)
                if (Obey(buffer.AsSpan(0, length)) is { } complaint) await SendText(Encoding.UTF8.GetBytes(complaint), aborted);
        }
        finally
        {
            listener.Close();
        }
    }

    /// <summary>The length of the next message; null when the socket is closing or the message is too long.</summary>
    private async Task<int?> ReceiveText(byte[] buffer, CancellationToken aborted)
    {
        for (var length = 0; length < buffer.Length;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), aborted);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return length;
        }
        return null;
    }

    private string? Obey(ReadOnlySpan<byte> message)
    {
        try
        {
            var wish = JsonSerializer.Deserialize(message, StreamJson.Default.StreamWish);
            if (wish?.Type == "subscribe") listener.Subscribe(StreamName.Parse(wish.Stream, wish.Tag, wish.List));
            else if (wish?.Type == "unsubscribe") listener.Unsubscribe(StreamName.Parse(wish.Stream, wish.Tag, wish.List));
            return null;
        }
        catch (JsonException)
        {
            return """{"error":"The message is not valid JSON","status":400}""";
        }
        catch (ApiException refused)
        {
            return $$"""{"error":"{{refused.Message}}","status":{{refused.Status}}}""";
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
