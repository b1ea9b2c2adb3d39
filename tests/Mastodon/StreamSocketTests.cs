using System.Net.WebSockets;
using System.Text.Json;
using Calf.Events;
using Calf.Lists;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>One socket for many streams.</summary>
public sealed class StreamSocketTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.Database.Write(c => ListStore.Save(c, new AccountList(1, "Farm", RepliesPolicies.List, Exclusive: false)));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task It_carries_what_was_asked_for_in_the_words_of_who_asked()
    {
        using var socket = await Streams.Connect(api);
        Assert.Equal(ApiFixture.Token, socket.SubProtocol);
        await Streams.Say(socket, """{"type":"subscribe","stream":"user"}""");
        await Streams.Say(socket, """{"type":"subscribe","stream":["hashtag"],"tag":"Cows"}""");
        await Streams.Say(socket, """{"type":"subscribe","stream":"hashtag","tag":"COWS"}""");
        await Streams.Say(socket, """{"type":"subscribe","stream":"list","list":1}""");
        await Settled(socket);

        await api.Database.Write(c => ListStore.AddMember(c, 1, 2));
        await api.AddStatus(200, 2);
        await api.Database.Write(c => StatusParts.AddTags(c, 200, ["cows"]));
        api.Get<EventHub>().Publish(new StatusAdded(200, Home: true));
        var streams = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var told = await Streams.Hear(socket);
            Assert.Equal("update", told.GetProperty("event").GetString());
            Assert.Equal(["stream", "event", "payload"], told.EnumerateObject().Select(m => m.Name));
            using var payload = JsonDocument.Parse(told.GetProperty("payload").GetString()!);
            Assert.Empty(SchemaCheck.Entity("Status", payload.RootElement));
            streams.Add(string.Join(' ', told.GetProperty("stream").EnumerateArray().Select(s => s.GetString())));
        }
        Assert.Equal(["user", "hashtag Cows", "list 1"], streams);

        await Streams.Say(socket, """{"type":"unsubscribe","stream":"hashtag","tag":"cows"}""");
        await Streams.Say(socket, """{"type":"unsubscribe","stream":"user"}""");
        await Settled(socket);
        api.Get<EventHub>().Publish(new StatusRemoved(200, Public: true));
        Assert.Equal("""{"stream":["list","1"],"event":"delete","payload":"200"}""", (await Streams.Hear(socket)).GetRawText());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
    }

    [Theory]
    [InlineData("""{"type":"subscribe","stream":"nonsense"}""", """{"error":"Unknown stream type","status":400}""")]
    [InlineData("""{"type":"subscribe"}""", """{"error":"Unknown stream type","status":400}""")]
    [InlineData("""{"type":"subscribe","stream":"hashtag"}""", """{"error":"Missing tag name parameter","status":400}""")]
    [InlineData("""{"type":"subscribe","stream":"hashtag:local","tag":""}""", """{"error":"Missing tag name parameter","status":400}""")]
    [InlineData("""{"type":"subscribe","stream":"list"}""", """{"error":"Missing list name parameter","status":400}""")]
    [InlineData("""{"type":"subscribe","stream":"list","list":"2"}""", """{"error":"Not authorized to stream this list","status":401}""")]
    [InlineData("""{"type":"subscribe","stream":"user:notification"}""", """{"error":"Access token does not have the required scopes","status":401}""")]
    [InlineData("""{"type":"unsubscribe","stream":"nonsense"}""", """{"error":"Error unsubscribing from channel"}""")]
    public async Task What_cannot_be_had_is_said_in_Mastodons_words_and_the_socket_stays(string wish, string answer)
    {
        using var socket = await Streams.Connect(api, protocol: await api.TokenWith("read:statuses"));
        await Streams.Say(socket, wish);
        Assert.Equal(answer, (await Streams.Hear(socket)).GetRawText());
        await Settled(socket);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"dance","stream":"user"}""")]
    [InlineData("""{"type":"unsubscribe","stream":"direct"}""")]
    public async Task What_means_nothing_is_passed_over_in_silence(string message)
    {
        using var socket = await Streams.Connect(api);
        await Streams.Say(socket, message);
        await Settled(socket);
    }

    [Fact]
    public async Task The_token_is_taken_from_header_address_or_protocol_and_the_first_stream_from_the_address()
    {
        foreach (var (query, protocol, header) in ((string, string?, string?)[])
            [("?stream=direct", null, ApiFixture.Token), ("/?stream=direct", ApiFixture.Token, null), ("/public", ApiFixture.Token, null), ($"?stream=direct&access_token={ApiFixture.Token}", null, null), ("?stream=direct", ApiFixture.Token, null)])
        {
            using var socket = await Streams.Connect(api, query, protocol, header);
            Assert.Equal(protocol, socket.SubProtocol);
            await Settled(socket);
        }
        using var lost = await Streams.Connect(api, "?stream=nonsense");
        Assert.Equal("""{"error":"Unknown stream type","status":400}""", (await Streams.Hear(lost)).GetRawText());
        await Settled(lost);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("unknown", false)]
    [InlineData("app", true)]
    public async Task Without_a_token_of_the_owners_there_is_no_socket(string? token, bool app)
    {
        if (app) token = await api.TokenWith("read", byOwner: false);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Streams.Connect(api, protocol: token));
        Assert.Contains("401", refused.Message);
    }

    [Fact]
    public async Task What_is_not_text_ends_it()
    {
        using var socket = await Streams.Connect(api);
        await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, Cancel);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await Streams.Closed(socket));
    }

    [Fact]
    public async Task What_is_too_long_ends_it()
    {
        using var socket = await Streams.Connect(api);
        await Streams.Say(socket, new string(' ', 5000));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await Streams.Closed(socket));
    }

    /// <summary>All that was said before has been heard: what comes after it is answered, and nothing else came.</summary>
    private static async Task Settled(WebSocket socket)
    {
        await Streams.Say(socket, """{"type":"subscribe","stream":"settled"}""");
        Assert.Equal("""{"error":"Unknown stream type","status":400}""", (await Streams.Hear(socket)).GetRawText());
    }
}
