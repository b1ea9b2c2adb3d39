using System.Text.Json;
using Calf.Mastodon.Streaming;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

public sealed class PollsApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await AddPoll(200, multiple: false);
        await AddPoll(201, multiple: true);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_vote_is_counted_and_remembered()
    {
        var before = await api.Get("/api/v1/polls/200");
        Assert.False(before.GetProperty("voted").GetBoolean());
        Assert.Empty(before.GetProperty("own_votes").EnumerateArray());

        var after = await api.Post("/api/v1/polls/200/votes", """{"choices":[1]}""");
        Assert.True(after.GetProperty("voted").GetBoolean());
        Assert.Equal([1], after.GetProperty("own_votes").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(3, after.GetProperty("options")[1].GetProperty("votes_count").GetInt64());
        Assert.Equal((4L, 4L), (after.GetProperty("votes_count").GetInt64(), after.GetProperty("voters_count").GetInt64()));
        Assert.True((await api.Get("/api/v1/statuses/200")).GetProperty("poll").GetProperty("voted").GetBoolean());
    }

    [Fact]
    public async Task The_stream_tells_of_new_counts()
    {
        using var listener = api.Get<StreamHub>().Listen(new Calf.Mastodon.Caller(1, 7, true, "read"));
        listener.Subscribe(StreamName.User);
        await api.Post("/api/v1/polls/200/votes", """{"choices":[0]}""");
        var (_, told) = await listener.Events.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("status.update", told.Type);
        Assert.Contains("\"own_votes\":[0]", told.Payload!);
    }

    [Theory]
    [InlineData("200", """{"choices":[2]}""", "does not exist")]
    [InlineData("200", """{"choices":["hay"]}""", "does not exist")]
    [InlineData("200", """{"choices":[-1]}""", "does not exist")]
    [InlineData("200", """{"choices":[0,1]}""", "already voted")]
    public async Task A_wrong_choice_is_refused_with_a_sentence(string id, string body, string error)
    {
        var refused = await api.Post($"/api/v1/polls/{id}/votes", body, status: 422);
        Assert.Contains(error, refused.GetProperty("error").GetString());
        Assert.False((await api.Get($"/api/v1/polls/{id}")).GetProperty("voted").GetBoolean());
    }

    [Fact]
    public async Task A_vote_for_nothing_lacks_its_parameter_and_all_that_is_wrong_is_said()
    {
        var missing = await api.Post("/api/v1/polls/200/votes", """{"choices":[]}""", status: 400);
        Assert.Equal("param is missing or the value is empty or invalid: choices", missing.GetProperty("error").GetString());
        await api.Post("/api/v1/polls/200/votes", """{"choices":[0]}""");
        api.Clock.Advance(TimeSpan.FromDays(2));
        var wrong = await api.Post("/api/v1/polls/200/votes", """{"choices":[7]}""", status: 422);
        Assert.Equal("Validation failed: The poll has already ended, The chosen vote option does not exist, You have already voted on this poll", wrong.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Several_can_be_chosen_where_the_poll_says_so_and_none_twice()
    {
        await api.Post("/api/v1/polls/201/votes", new[] { ("choices[]", "0"), ("choices[]", "1") });
        Assert.Contains("already voted", (await api.Post("/api/v1/polls/201/votes", """{"choices":[1]}""", status: 422)).GetProperty("error").GetString());
        await api.Post("/api/v1/polls/200/votes", """{"choices":[0]}""");
        Assert.Contains("already voted", (await api.Post("/api/v1/polls/200/votes", """{"choices":[1]}""", status: 422)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_ended_poll_takes_no_vote_and_what_is_no_poll_is_not_found()
    {
        api.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True((await api.Get("/api/v1/polls/200")).GetProperty("expired").GetBoolean());
        Assert.Contains("already ended", (await api.Post("/api/v1/polls/200/votes", """{"choices":[0]}""", status: 422)).GetProperty("error").GetString());
        await api.AddStatus(300, 2);
        await api.Get("/api/v1/polls/300", status: 404);
        await api.Post("/api/v1/polls/300/votes", """{"choices":[0]}""", status: 404);
        await api.Get("/api/v1/polls/999", status: 404);
    }

    [Fact]
    public async Task Voting_wants_a_scope_and_reading_a_public_poll_wants_nothing()
    {
        await api.Post("/api/v1/polls/200/votes", """{"choices":[0]}""", await api.TokenWith("read"), 403);
        await api.Post("/api/v1/polls/200/votes", """{"choices":[0]}""", token: null, status: 401);
        var open = await api.Get("/api/v1/polls/200", token: null);
        Assert.False(open.TryGetProperty("voted", out _));
        Assert.False(open.TryGetProperty("own_votes", out _));
        await api.AddStatus(301, 2, s => s with { Visibility = Visibility.Private });
        await api.Database.Write(c => PollStore.Set(c, 301, new Poll([new PollOption("a", 0)], false, null, null, null)));
        await api.Get("/api/v1/polls/301", token: null, status: 404);
    }

    [Fact]
    public async Task The_owners_poll_is_asked_within_the_limits_that_the_instance_tells()
    {
        var limits = (await api.Get("/api/v2/instance")).GetProperty("configuration").GetProperty("polls");
        Assert.Equal((4, 50, 300, 2629746), (limits.GetProperty("max_options").GetInt32(), limits.GetProperty("max_characters_per_option").GetInt32(),
            limits.GetProperty("min_expiration").GetInt32(), limits.GetProperty("max_expiration").GetInt32()));

        var asked = await api.Post("/api/v1/statuses", new[] { ("status", "Food?"), ("poll[options][]", "hay"), ("poll[options][]", "grass"), ("poll[expires_in]", "300"), ("poll[hide_totals]", "true") });
        var poll = asked.GetProperty("poll");
        Assert.Equal(asked.GetProperty("id").GetString(), poll.GetProperty("id").GetString());
        Assert.True(poll.GetProperty("voted").GetBoolean());
        Assert.False(poll.GetProperty("multiple").GetBoolean());
        Assert.Equal(JsonValueKind.Null, poll.GetProperty("options")[0].GetProperty("votes_count").ValueKind);
        Assert.Contains("own polls", (await api.Post($"/api/v1/polls/{poll.GetProperty("id").GetString()}/votes", """{"choices":[0]}""", status: 422)).GetProperty("error").GetString());

        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var edited = await api.Send(HttpMethod.Put, $"/api/v1/statuses/{poll.GetProperty("id").GetString()}",
            ApiFixture.Content("""{"status":"Food!","poll":{"options":["hay","straw"],"expires_in":3600,"multiple":true}}"""));
        Assert.Equal("straw", edited.GetProperty("poll").GetProperty("options")[1].GetProperty("title").GetString());
        var history = await api.Get($"/api/v1/statuses/{poll.GetProperty("id").GetString()}/history");
        Assert.Equal(["grass", "straw"], history.EnumerateArray().Select(h => h.GetProperty("poll").GetProperty("options")[1].GetProperty("title").GetString()!));
    }

    [Theory]
    [InlineData("""{"options":["hay"],"expires_in":300}""", "more than one")]
    [InlineData("""{"options":["a","b","c","d","e"],"expires_in":300}""", "more than 4")]
    [InlineData("""{"options":["a","a"],"expires_in":300}""", "duplicate")]
    [InlineData("""{"options":["a","123456789012345678901234567890123456789012345678901"],"expires_in":300}""", "longer than 50")]
    [InlineData("""{"options":["a","b"],"expires_in":299}""", "too soon")]
    [InlineData("""{"options":["a","b"],"expires_in":2629747}""", "future")]
    [InlineData("""{"options":["a","b"]}""", "Deadline can't be blank")]
    public async Task A_poll_outside_the_limits_is_refused_and_nothing_is_posted(string poll, string error)
    {
        var refused = await api.Post("/api/v1/statuses", $$"""{"status":"Food?","poll":{{poll}}}""", status: 422);
        Assert.Contains(error, refused.GetProperty("error").GetString());
        Assert.Equal(2, (await api.Get("/api/v1/timelines/home")).GetArrayLength());
    }

    private async Task AddPoll(long id, bool multiple)
    {
        await api.AddStatus(id, 2, s => s with { Type = "Question" });
        await api.Database.Write(c => PollStore.Set(c, id, new Poll([new PollOption("Hay", 1), new PollOption("Grass", 2)], multiple, api.Clock.GetUtcNow().AddDays(1), null, 3)));
    }
}
