using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Lists;
using Calf.Mastodon;
using Calf.Mastodon.Streaming;
using Calf.Security;

namespace Calf.Tests.Mastodon;

/// <summary>Who may listen, how long, and what is said to others.</summary>
public sealed class StreamAccessTests : IAsyncLifetime
{
    private const string NoScope = "Access token does not have the required scopes";

    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.Database.Write(c => ListStore.Save(c, new AccountList(1, "Farm", RepliesPolicies.List, Exclusive: false)));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("user", "read", 200, null)]
    [InlineData("user", "read:statuses", 200, null)]
    [InlineData("user", "read:notifications", 401, NoScope)]
    [InlineData("user/notification", "read:notifications", 200, null)]
    [InlineData("user/notification", "read:statuses", 401, NoScope)]
    [InlineData("public", "read", 200, null)]
    [InlineData("public?only_media=true", "read", 200, null)]
    [InlineData("public/local", "read", 200, null)]
    [InlineData("public/local?only_media=1", "read", 200, null)]
    [InlineData("public/remote", "read", 200, null)]
    [InlineData("public/remote?only_media=true", "read", 200, null)]
    [InlineData("public", "write", 401, NoScope)]
    [InlineData("direct", "read", 200, null)]
    [InlineData("direct", "read:lists", 401, NoScope)]
    [InlineData("hashtag?tag=cows", "read", 200, null)]
    [InlineData("hashtag", "read", 400, "Missing tag name parameter")]
    [InlineData("hashtag/local?tag=cows", "read", 200, null)]
    [InlineData("hashtag/local?tag=", "read", 400, "Missing tag name parameter")]
    [InlineData("list?list=1", "read:statuses", 200, null)]
    [InlineData("list?list=1", "read:lists", 401, NoScope)]
    [InlineData("list", "read", 400, "Missing list name parameter")]
    [InlineData("list?list=2", "read", 401, "Not authorized to stream this list")]
    [InlineData("list?list=farm", "read", 401, "Not authorized to stream this list")]
    [InlineData("nonsense", "read", 400, "Unknown channel requested")]
    [InlineData("user/nonsense", "read", 400, "Unknown channel requested")]
    [InlineData("?stream=user", "read", 200, null)]
    [InlineData("?stream=public:remote:media", "read", 200, null)]
    [InlineData("?stream=nonsense", "read", 400, "Unknown stream type")]
    [InlineData("?", "read", 400, "Unknown channel requested")]
    public async Task A_stream_is_given_or_refused_in_Mastodons_words(string stream, string scopes, int status, string? error)
    {
        using var client = api.Client(await api.TokenWith(scopes));
        using var response = await client.GetAsync("/api/v1/streaming" + (stream[0] == '?' ? "" : "/") + stream, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200)
        {
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
            Assert.Equal(1, api.Get<StreamHub>().Count);
        }
        else
        {
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(error, answer.RootElement.GetProperty("error").GetString());
            Assert.Equal(0, api.Get<StreamHub>().Count);
        }
    }

    [Fact]
    public async Task Without_a_token_of_the_owners_nothing_is_streamed()
    {
        Assert.Equal("Missing access token", await ErrorOf(token: null, "user"));
        Assert.Equal("Missing access token", await ErrorOf(token: null, "public/local"));
        Assert.Equal("Invalid access token", await ErrorOf("unknown", "user"));
        Assert.Equal("Invalid access token", await ErrorOf(await api.TokenWith("read", byOwner: false), "public"));
        // What is no stream is said to anybody.
        using var client = api.Client(token: null);
        using var response = await client.GetAsync("/api/v1/streaming/nonsense", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_token_may_stand_in_the_address()
    {
        using var client = api.Client(token: null);
        using var reader = await Streams.Open(client, $"/api/v1/streaming/user?access_token={ApiFixture.Token}");
    }

    [Fact]
    public async Task A_revoked_token_ends_its_streams_and_no_others()
    {
        var text = Tokens.New();
        await api.Database.Write(c => AccessTokenStore.Add(c, Tokens.Hash(text), 7, byOwner: true, "read", api.Clock.GetUtcNow()));
        using var client = api.Client(text);
        using var reader = await Streams.Open(client, "/api/v1/streaming/user");
        using var socket = await Streams.Connect(api, protocol: text);
        using var other = await Streams.Connect(api, "?stream=user");
        await api.Post("/oauth/revoke", new[] { ("client_id", "client"), ("client_secret", "secret"), ("token", text) }, token: null);
        Assert.Null(await reader.ReadLineAsync(Cancel));
        Assert.NotNull(await Streams.Closed(socket));
        api.Get<EventHub>().Publish(new StatusRemoved(5, Public: true));
        Assert.Equal("5", (await Streams.Hear(other)).GetProperty("payload").GetString());
    }

    [Fact]
    public void A_signed_out_browser_hears_no_more()
    {
        var hub = api.Get<StreamHub>();
        using var one = hub.Listen(new Caller(null, null, true, Scopes.Everything) { SessionId = 5 });
        using var other = hub.Listen(new Caller(null, null, true, Scopes.Everything) { SessionId = 6 });
        api.Get<EventHub>().Publish(new SessionEnded(5));
        Assert.True(one.Events.Completion.IsCompleted);
        Assert.False(other.Events.Completion.IsCompleted);
    }

    [Fact]
    public async Task Who_does_not_read_is_dropped_and_others_hear_everything()
    {
        using var client = api.Client();
        using var lazy = await client.GetAsync("/api/v1/streaming/user", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reading = Streams.ToAll(api);
        await api.AddStatus(200, 2, s => s with { Content = new string('x', 30_000) });
        var hub = api.Get<StreamHub>();
        Assert.Equal(2, hub.Count);
        var heard = 0;
        for (; heard < 2 * StreamListener.Capacity && hub.Count > 1; heard++)
        {
            api.Get<EventHub>().Publish(new StatusEdited(200));
            Assert.Equal("status.update", (await Streams.Told(reading)).Type);
        }
        // A queue and what lies between the two; not all that was told.
        Assert.InRange(heard, StreamListener.Capacity, 2 * StreamListener.Capacity - 1);
        Assert.Equal(1, hub.Count);
        await Assert.ThrowsAnyAsync<Exception>(() => lazy.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<string?> ErrorOf(string? token, string stream) =>
        (await api.Get("/api/v1/streaming/" + stream, token, status: 401)).GetProperty("error").GetString();
}
