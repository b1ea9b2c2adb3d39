using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.Mastodon;
using Calf.Mastodon.Streaming;

namespace Calf.Tests.Mastodon;

/// <summary>Apps that listen, by server-sent events, by a socket or inside the process.</summary>
public static class Streams
{
    public static readonly IReadOnlyList<string> Names =
    [
        "user", "user:notification", "direct", "public", "public:local", "public:remote", "public:media", "public:local:media", "public:remote:media",
        "hashtag", "hashtag:local", "list",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Listens to every stream there is: to the hashtag cows and to list 1.</summary>
    public static StreamListener ToAll(ApiFixture api, string scopes = "read")
    {
        var listener = api.Get<StreamHub>().Listen(new Caller(1, 7, true, scopes));
        foreach (var name in Names.Where(name => Scopes.Allow(scopes, StreamName.ScopeFor(name)))) listener.Subscribe(name, tag: "Cows", list: "1");
        return listener;
    }

    /// <summary>The next thing that is told, and the names of the streams that it is of.</summary>
    public static async Task<(string Type, string? Payload, List<string> Streams)> Told(StreamListener listener)
    {
        var (streams, told) = await listener.Events.ReadAsync(Cancel);
        return (told.Type, told.Payload, [.. streams.Select(path => path[0])]);
    }

    public static async Task<StreamReader> Open(HttpClient client, string address)
    {
        var reader = new StreamReader(await client.GetStreamAsync(address, Cancel));
        // Once this has come, the listener is in the hub.
        Assert.Equal(":)", await reader.ReadLineAsync(Cancel));
        return reader;
    }

    public static async Task<string> Next(StreamReader reader, string type)
    {
        Assert.Equal($"event: {type}", await reader.ReadLineAsync(Cancel));
        var data = await reader.ReadLineAsync(Cancel);
        Assert.Equal("", await reader.ReadLineAsync(Cancel));
        return data!["data: ".Length..];
    }

    public static async Task<JsonElement> NextJson(StreamReader reader, string type)
    {
        using var document = JsonDocument.Parse(await Next(reader, type));
        return document.RootElement.Clone();
    }

    /// <param name="header">The token, where it is neither in the address nor a protocol.</param>
    public static async Task<WebSocket> Connect(ApiFixture api, string query = "", string? protocol = ApiFixture.Token, string? header = null)
    {
        var client = api.TestServer.CreateWebSocketClient();
        if (protocol is not null) client.SubProtocols.Add(protocol);
        if (header is not null) client.ConfigureRequest = request => request.Headers.Authorization = "Bearer " + header;
        return await client.ConnectAsync(new Uri("wss://calf.test/api/v1/streaming" + query), Cancel);
    }

    public static Task Say(WebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Cancel);

    public static async Task<JsonElement> Hear(WebSocket socket)
    {
        var buffer = new byte[65536];
        var received = await socket.ReceiveAsync(buffer, Cancel);
        using var document = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
        return document.RootElement.Clone();
    }

    /// <summary>How the server closed it, when that is the next that it says.</summary>
    public static async Task<WebSocketCloseStatus?> Closed(WebSocket socket)
    {
        var received = await socket.ReceiveAsync(new byte[4096], Cancel);
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        return received.CloseStatus;
    }
}
