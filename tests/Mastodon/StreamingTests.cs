using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Calf.Events;
using Calf.Mastodon.Streaming;
using Calf.Notifications;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

public sealed class StreamingTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_user_stream_tells_of_posts_edits_deletions_and_notifications()
    {
        using var client = api.Client();
        using var reader = await Open(client, "/api/v1/streaming/user");
        var status = await api.AddStatus(200, 2);
        var events = api.Get<EventHub>();
        events.Publish(new StatusAdded(status.Id, Home: true));
        Assert.Equal("200", (await Next(reader, "update")).GetProperty("id").GetString());
        events.Publish(new StatusEdited(status.Id));
        Assert.Equal("200", (await Next(reader, "status.update")).GetProperty("id").GetString());
        var notification = await api.Database.Write(c => NotificationStore.Add(c, NotificationTypes.Follow, 2, null, api.Clock.GetUtcNow()));
        events.Publish(new NotificationAdded(notification!.Value));
        var told = await Next(reader, "notification");
        Assert.Equal("follow", told.GetProperty("type").GetString());
        Assert.Empty(SchemaCheck.Entity("Notification", told));
        events.Publish(new StatusRemoved(status.Id));
        Assert.Equal(200, (await Next(reader, "delete")).GetInt64());
    }

    [Fact]
    public async Task Streams_carry_only_what_belongs_to_them()
    {
        using var hashtag = new Listener(api, "read", new StreamName(StreamName.Hashtag, "cows"));
        using var notifications = new Listener(api, "read", new StreamName(StreamName.Notifications));
        using var remote = new Listener(api, "read", new StreamName(StreamName.PublicRemote));
        using var user = new Listener(api, "read", new StreamName(StreamName.User));
        await api.AddStatus(200, 2, s => s with { Visibility = Visibility.Unlisted });
        await api.AddStatus(201, 2);
        await api.Database.Write(c => StatusParts.AddTags(c, 201, ["Cows"]));
        var events = api.Get<EventHub>();
        events.Publish(new StatusAdded(200, Home: true));
        events.Publish(new StatusAdded(201, Home: false));
        Assert.Equal("201", await hashtag.Next());
        Assert.Equal("201", await remote.Next());
        Assert.Equal("200", await user.Next());
        Assert.False(user.HasMore);
        Assert.False(notifications.HasMore);
    }

    [Fact]
    public void A_slow_reader_is_dropped_and_others_stay()
    {
        using var slow = api.Get<StreamHub>().Listen(new Calf.Mastodon.Caller(1, 1, true, "read"));
        using var other = api.Get<StreamHub>().Listen(new Calf.Mastodon.Caller(2, 1, true, "read"));
        slow.Subscribe(new StreamName(StreamName.User));
        for (var i = 0; i <= StreamListener.Capacity; i++) slow.Offer(new StreamEvent(null, "delete", "1"));
        while (slow.Events.TryRead(out _)) { }
        Assert.True(slow.Events.Completion.IsCompleted);
        Assert.False(other.Events.Completion.IsCompleted);
    }

    [Fact]
    public void A_revoked_token_ends_its_streams()
    {
        var hub = api.Get<StreamHub>();
        using var one = hub.Listen(new Calf.Mastodon.Caller(1, 1, true, "read"));
        using var other = hub.Listen(new Calf.Mastodon.Caller(2, 1, true, "read"));
        hub.CloseToken(1);
        Assert.True(one.Events.Completion.IsCompleted);
        Assert.False(other.Events.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_quiet_stream_thumps()
    {
        using var client = api.Client();
        using var reader = await Open(client, "/api/v1/streaming/public");
        api.Clock.Advance(StreamHub.HeartbeatEvery);
        Assert.Equal(":thump", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Streams_need_a_token_with_the_right_scope()
    {
        await api.Get("/api/v1/streaming/user", token: null, status: 401);
        await api.Get("/api/v1/streaming/user", token: await api.TokenWith("read:notifications"), status: 403);
        await api.Get("/api/v1/streaming/hashtag", status: 400);
        await api.Get("/api/v1/streaming?stream=nonsense", status: 400);
    }

    [Fact]
    public async Task One_socket_carries_several_streams()
    {
        var socketClient = api.TestServer.CreateWebSocketClient();
        socketClient.SubProtocols.Add(ApiFixture.Token);
        var cancel = TestContext.Current.CancellationToken;
        using var socket = await socketClient.ConnectAsync(new Uri("wss://calf.test/api/v1/streaming"), cancel);
        Assert.Equal(ApiFixture.Token, socket.SubProtocol);
        await Say(socket, """{"type":"subscribe","stream":"nonsense"}""");
        Assert.Equal(400, (await Hear(socket)).GetProperty("status").GetInt32());
        await Say(socket, """{"type":"subscribe","stream":"user"}""");
        await Say(socket, """{"type":"subscribe","stream":"hashtag","tag":"Cows"}""");
        await Say(socket, "no json");
        Assert.Equal(400, (await Hear(socket)).GetProperty("status").GetInt32());

        await api.AddStatus(200, 2);
        await api.Database.Write(c => StatusParts.AddTags(c, 200, ["cows"]));
        api.Get<EventHub>().Publish(new StatusAdded(200, Home: true));
        var user = await Hear(socket);
        Assert.Equal("user", user.GetProperty("stream")[0].GetString());
        Assert.Equal("update", user.GetProperty("event").GetString());
        using var payload = JsonDocument.Parse(user.GetProperty("payload").GetString()!);
        Assert.Empty(SchemaCheck.Entity("Status", payload.RootElement));
        Assert.Equal("cows", (await Hear(socket)).GetProperty("stream")[1].GetString());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
    }

    private static async Task<StreamReader> Open(HttpClient client, string address)
    {
        var reader = new StreamReader(await client.GetStreamAsync(address, TestContext.Current.CancellationToken));
        // Once this has come, the listener is in the hub.
        Assert.Equal(":)", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        return reader;
    }

    private static async Task<JsonElement> Next(StreamReader reader, string type)
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal($"event: {type}", await reader.ReadLineAsync(cancel));
        var data = await reader.ReadLineAsync(cancel);
        Assert.Equal("", await reader.ReadLineAsync(cancel));
        using var document = JsonDocument.Parse(data!["data: ".Length..]);
        return document.RootElement.Clone();
    }

    private static Task Say(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> Hear(WebSocket socket)
    {
        var buffer = new byte[65536];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
        return document.RootElement.Clone();
    }

    private sealed class Listener : IDisposable
    {
        private readonly StreamListener listener;

        public Listener(ApiFixture api, string scopes, StreamName stream)
        {
            listener = api.Get<StreamHub>().Listen(new Calf.Mastodon.Caller(1, 1, true, scopes));
            listener.Subscribe(stream);
        }

        public bool HasMore => listener.Events.TryPeek(out _);

        public async Task<string> Next()
        {
            var (_, told) = await listener.Events.ReadAsync(TestContext.Current.CancellationToken);
            using var document = JsonDocument.Parse(told.Payload!);
            return document.RootElement.GetProperty("id").GetString()!;
        }

        public void Dispose() => listener.Dispose();
    }
}
