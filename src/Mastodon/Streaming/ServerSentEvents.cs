namespace Calf.Mastodon.Streaming;

/// <summary>Writes a stream as server-sent events until either side has had enough.</summary>
public static class ServerSentEvents
{
    /// <summary>What Mastodon writes: a browser passes on no event without data.</summary>
    private const string NoPayload = "undefined";

    public static async Task Send(HttpContext http, StreamListener listener)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // Without this nginx keeps events back until its buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";
        await using var dropping = listener.Dropped.Register(http.Abort);
        try
        {
            await Write(response, ":)\n", http.RequestAborted);
            await foreach (var (_, told) in listener.Events.ReadAllAsync(http.RequestAborted))
                await Write(response, told.IsHeartbeat ? ":thump\n" : $"event: {told.Type}\ndata: {told.Payload ?? NoPayload}\n\n", http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The app has gone, or does not read.
        }
    }

    private static async Task Write(HttpResponse response, string text, CancellationToken aborted)
    {
        await response.WriteAsync(text, aborted);
        await response.Body.FlushAsync(aborted);
    }
}
