using System.Net;
using Calf.Federation.Inbox;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>
/// CVE-2026-69132 (Fedify): what others do leaves state behind that nothing bounds. Here: how much one host can make us hold and fetch, whoever it speaks for.
/// </summary>
[Trait("Wire", "119")]
public sealed class InboxBoundsTests : AttackWorld
{
    [Theory]
    [InlineData(1, InboxQueue.MaxBytesPerHost)]
    [InlineData(InboxQueue.MaxPerHost, 0)]
    public async Task A_host_with_too_much_waiting_is_told_to_come_later_and_others_are_not(int count, long bytes)
    {
        await Wait("second.test", count, bytes);
        using var refused = await Sam.Send(Alice, Like(Sam, 1));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(InboxQueue.RetryAfter, refused.Headers.RetryAfter!.Delta);
        var verdict = Assert.Single(Verdicts());
        Assert.Equal((429, "second.test", "Like"), (verdict.Status, verdict.Host, verdict.Type));
        Assert.Contains("come again later", verdict.Reason);
        Assert.Equal(count, Alice.Database.Read(InboxQueue.Count));

        Assert.Equal(HttpStatusCode.Accepted, await Rae.SendAndSettle(Alice, Like(Rae, 1)));
        Assert.Equal(1, Likes());
    }

    [Fact]
    public async Task What_is_forwarded_counts_for_who_delivered_it_not_for_who_is_named()
    {
        await Wait("second.test", 1, InboxQueue.MaxBytesPerHost);
        using var refused = await Sam.Send(Alice, Rae.Prove(Like(Rae, 1)));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("second.test", Assert.Single(Verdicts()).Host);
        Assert.Equal(HttpStatusCode.Accepted, await Rae.SendAndSettle(Alice, Rae.Prove(Like(Rae, 1))));
        Assert.Equal(1, Likes());
    }

    [Fact]
    public async Task Who_forwards_in_the_name_of_many_gets_one_turn_like_everybody()
    {
        using var sent = await Sam.Send(Alice, Rae.Prove(Like(Rae, 1)));
        Assert.Empty(Alice.Database.Read(c => InboxQueue.Due(c, Fediverse.Time.GetUtcNow(), ["second.test"], 10)));
        Assert.Single(Alice.Database.Read(c => InboxQueue.Due(c, Fediverse.Time.GetUtcNow(), ["remote.test"], 10)));
    }

    [Fact]
    public async Task There_is_room_again_when_something_was_applied()
    {
        await Wait("second.test", InboxQueue.MaxPerHost, 0);
        Assert.True(Alice.Database.Read(c => InboxQueue.IsFull(c, "second.test", 1)));
        await Alice.Database.Write(c => c.Execute($"DELETE FROM inbox_queue WHERE id = (SELECT min(id) FROM inbox_queue)"));
        Assert.False(Alice.Database.Read(c => InboxQueue.IsFull(c, "second.test", 1)));
        await Alice.Database.Write(c => c.Execute($"DELETE FROM inbox_queue"));
        Assert.Equal(0, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM inbox_held")));
    }

    [Fact]
    public async Task The_verdicts_of_one_host_push_out_those_of_no_other()
    {
        var now = Fediverse.Time.GetUtcNow();
        await Alice.Database.Write(c =>
        {
            VerdictStore.Add(c, new(now, "quiet.test", "", "", "", "https://quiet.test/1", 401, "Of one who sends little."));
            for (var i = 0; i < VerdictStore.MaxRowsPerHost + 10; i++) VerdictStore.Add(c, new(now, "loud.test", "", "", "", $"https://loud.test/{i}", 401, "Of one who sends much."));
        });
        Assert.Equal(VerdictStore.MaxRowsPerHost, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM verdicts WHERE host = 'loud.test'")));
        Assert.Single(Verdicts("https://quiet.test/1"));
        Assert.Empty(Verdicts("https://loud.test/9"));
        Assert.Single(Verdicts("https://loud.test/10"));
    }

    [Fact]
    public async Task What_had_no_effect_leaves_only_its_verdict()
    {
        await Sam.SendAndSettle(Alice, $$"""{"id":"{{Sam.Actor}}/1","type":"Arrive","actor":"{{Sam.Actor}}"}""");
        Assert.Equal(0, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM seen_activities")));
        Assert.Single(Verdicts());
    }

    [Fact]
    public async Task A_host_that_lets_us_wait_lets_others_go_first()
    {
        await Follow(Sam);
        Sam.BeforeAnswer = () =>
        {
            Fediverse.Time.Advance(InboxWorker.LongestTurn);
            return Task.CompletedTask;
        };
        for (var n = 1; n <= 2; n++)
        {
            Sam.Serve($"{Sam.Actor}/n{n}", Note(Sam, $"n{n}", "slow"));
            using var announced = await Sam.Send(Alice, $$"""{"id":"{{Sam.Actor}}/boosts/{{n}}","type":"Announce","actor":"{{Sam.Actor}}","object":"{{Sam.Actor}}/n{{n}}"}""");
        }
        await Fediverse.Settle();
        Assert.NotNull(Find($"{Sam.Actor}/n1"));
        Assert.Null(Find($"{Sam.Actor}/n2"));
        await Rae.SendAndSettle(Alice, Like(Rae, 1));
        Assert.Equal((1, 1), (Likes(), Alice.Database.Read(InboxQueue.Count)));

        Fediverse.Time.Advance(InboxWorker.RestAfterLongTurn);
        await Fediverse.Settle();
        Assert.NotNull(Find($"{Sam.Actor}/n2"));
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "041")]
    public async Task What_the_ladder_fetched_is_counted_when_the_activity_is_applied()
    {
        using var sent = await Sam.Send(Alice, Like(Sam, 1));
        Assert.NotEmpty(Fediverse.Requests);
        Assert.Equal(Fediverse.Requests.Count, Alice.Database.Read(c => c.Count($"SELECT fetches FROM inbox_queue")));
    }

    [Fact]
    [Trait("Wire", "041")]
    public async Task One_activity_fetches_no_more_than_its_budget_over_all_tries()
    {
        await Follow(Rae);
        using var busy = new StandIn(Fediverse, "busy.test", "bea");
        busy.Serve($"{busy.Actor}/1", "", HttpStatusCode.ServiceUnavailable);
        using var sent = await Rae.Send(Alice, $$"""{"id":"{{Rae.Actor}}/boosts/1","type":"Announce","actor":"{{Rae.Actor}}","object":"{{busy.Actor}}/1"}""");
        await Fediverse.Settle();
        Assert.Equal(1, Alice.Database.Read(c => c.Count($"SELECT fetches FROM inbox_queue")));

        await Alice.Database.Write(c => c.Execute($"UPDATE inbox_queue SET fetches = {(long)(Calf.ActivityPub.FetchBudget.Default - 1)}"));
        busy.Serve($"{busy.Actor}/1", Note(busy, "1", "here again"));
        var before = Fediverse.Requests.Count;
        Fediverse.Time.Advance(TimeSpan.FromMinutes(2));
        await Fediverse.Settle();
        // The post could still be had, its author could not.
        Assert.Equal([$"GET {busy.Actor}/1"], Fediverse.Requests.Skip(before));
        Assert.Null(Find($"{busy.Actor}/1"));
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
        Assert.Contains("too many fetches", Assert.Single(Verdicts()).Reason);
    }

    [Fact]
    [Trait("Wire", "041")]
    public async Task Who_spends_the_budget_of_a_request_makes_nobody_else_s_key_a_missing_one()
    {
        // Sam delivers what rae proved, and names a key of his that costs all that the request may fetch.
        var spent = new Calf.ActivityPub.FetchBudget(0);
        var keys = Alice.Get<ActorKeys>();
        Assert.True((await keys.Find($"{Rae.Actor}#main-key", refresh: false, spent, CancellationToken.None)).Transient);
        Assert.NotNull((await keys.Find($"{Rae.Actor}#main-key", refresh: false, new(), CancellationToken.None)).Key);
    }

    private string Like(StandIn who, int n) => $$"""{"id":"{{who.Actor}}/likes/{{n}}","type":"Like","actor":"{{who.Actor}}","object":"{{OwnPost.Uri}}"}""";

    /// <summary>Puts activities in the queue that are not due yet, with so many bytes in all.</summary>
    private Task Wait(string carrier, int count, long bytes)
    {
        var later = Fediverse.Time.GetUtcNow() + TimeSpan.FromDays(1);
        return Alice.Database.Write(c => c.Execute($"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {(long)count})
            INSERT INTO inbox_queue (activity_id, actor_uri, host, personal, trusted, body, received_at, due_at, relayed, carrier)
            SELECT 'waiting ' || n, '', {carrier}, 0, 1, zeroblob({bytes / count}), {later}, {later}, 0, {carrier} FROM numbers
            """));
    }
}
