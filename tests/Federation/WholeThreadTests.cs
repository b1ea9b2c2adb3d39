using System.Net;
using Calf.Federation;
using Calf.Federation.Conversations;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>A thread that is spread over servers comes together here, and what is missing of it is known by number and reason.</summary>
public sealed class WholeThreadTests : RemoteWorld
{
    private CalfServer bob = null!;
    private CalfServer carol = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await Fediverse.Join("bob.test");
        carol = await Fediverse.Join("carol.test");
    }

    [Fact]
    [Trait("Wire", "085")]
    public async Task A_thread_over_four_servers_completes_to_the_exact_tree_and_the_exact_account_of_what_is_missing()
    {
        // Bob writes, Carol answers, Bob answers her; Dave, whose server is off by now, answered Bob; Carol's second answer is for Bob's eyes.
        await Fediverse.Follow(carol, bob);
        await Fediverse.Follow(bob, carol);
        var root = await Write(bob, "root");
        var first = await Answer(carol, root.Uri, "first");
        var second = await Answer(bob, first.Uri, "second");
        var secret = await Answer(carol, root.Uri, "secret", Visibility.Private);
        using var dave = new StandIn(Fediverse, "dave.test", "dave");
        await bob.Get<RemoteAccounts>().Fetch(dave.Actor, CancellationToken.None);
        await dave.SendAndSettle(bob, Created(dave, "gone-server", root.Uri));
        Fediverse.Answer("dave.test", _ => throw new HttpRequestException("No route to host"));
        // Rae answers Carol, and lists on two pages: an answer of her own, one that was deleted, one that she shows to nobody, one of another thread, and herself.
        Serve(Rae, "third", first.Uri, $$"""
            ,"replies":{"id":"{{Rae.Actor}}/third/replies","type":"Collection","totalItems":6,"first":{"type":"CollectionPage","items":["{{Rae.Actor}}/fourth","{{Rae.Actor}}/deleted"],"next":"{{Rae.Actor}}/third/replies?page=2"} }
            """);
        Rae.Serve($"{Rae.Actor}/third/replies?page=2", $$"""{"id":"{{Rae.Actor}}/third/replies?page=2","type":"CollectionPage","items":["{{Rae.Actor}}/hidden","{{Rae.Actor}}/stranger","{{Rae.Actor}}/third"],"next":"{{Rae.Actor}}/third/replies?page=2"}""");
        Serve(Rae, "fourth", $"{Rae.Actor}/third", $$""","replies":{"type":"Collection","items":["{{Rae.Actor}}/fourth","{{Rae.Actor}}/third"]}""");
        Serve(Rae, "stranger", "https://far.test/other");
        Rae.Serve($"{Rae.Actor}/deleted", $$"""{"id":"{{Rae.Actor}}/deleted","type":"Tombstone"}""", HttpStatusCode.Gone);
        await carol.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None);
        await Rae.SendAndSettle(carol, Created(Rae, "third", first.Uri));
        Assert.Equal(2, carol.Database.Read(c => ThreadStore.Descendants(c, StatusStore.FindByUri(c, first.Uri)!)).Count);

        // Alice opens Bob's second post and knows nothing else.
        var opened = (await Alice.Get<RemoteStatuses>().Fetch(second.Uri, CancellationToken.None)).Status!;
        Assert.NotNull(await Alice.Get<ThreadWorker>().Open(opened));
        await Alice.Get<ThreadWorker>().Step();

        Assert.Equal(
            [(root.Uri, null), (first.Uri, root.Uri), (second.Uri, first.Uri), ($"{Rae.Actor}/third", first.Uri), ($"{Rae.Actor}/fourth", $"{Rae.Actor}/third")],
            Tree(root.Uri));
        Assert.Null(Find(secret.Uri));
        Assert.Null(Find($"{Rae.Actor}/stranger"));
        var state = State(opened);
        Assert.Equal(4, state.Here);
        Assert.Equal(
            [("deleted", 1), ("not_public", 1), ("unlisted", 1), ("unreachable", 1)],
            state.Missing.Select(m => (m.Reason, (int)m.Count)).Order());
        Assert.Equal(8, state.Announced);
        Assert.Equal(
            [("dave.test", "unreachable"), ("remote.test", "deleted"), ("remote.test", "not_public")],
            state.Posts.Select(p => (p.Host, p.Reason)).Order());
        Assert.All(state.Posts, p => Assert.NotEmpty(p.Detail));
        Assert.Null(state.Beginning);
        Assert.False(state.Looking);
        // Nobody is told of what was only fetched, and nothing of it goes home.
        Assert.Empty(Told());
        Assert.Empty(Alice.Database.Read(c => c.Query($"SELECT status_id FROM home", r => r.Long())));

        // What was away comes when it is there again, and what is deleted is not asked for again.
        var back = new StandIn(Fediverse, "dave.test", "dave");
        back.Serve($"{back.Actor}/gone-server", Reply(back, "gone-server", root.Uri));
        var before = Fediverse.Requests.Count;
        Fediverse.Time.Advance(TimeSpan.FromMinutes(20));
        await Alice.Get<ThreadWorker>().Open(opened);
        Assert.Equal(1, await Alice.Get<ThreadWorker>().Step());
        Assert.Equal((5, 8), (State(opened).Here, (int)State(opened).Announced));
        Assert.DoesNotContain($"GET {Rae.Actor}/deleted", Fediverse.Requests.Skip(before));
        back.Dispose();
    }

    [Fact]
    public async Task The_work_that_is_left_survives_a_restart()
    {
        await Root(["a1", "a2"]);
        Serve(Rae, "a1", $"{Rae.Actor}/n1");
        var answered = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        Serve(Rae, "n1", "", Listing([$"{Rae.Actor}/a1", $"{sam.Actor}/a2"]));
        sam.Serve($"{sam.Actor}/a2", Reply(sam, "a2", $"{Rae.Actor}/n1"));
        sam.BeforeAnswer = () =>
        {
            asked.TrySetResult();
            return answered.Task;
        };
        var status = Find($"{Rae.Actor}/n1")!;
        await Alice.Get<ThreadWorker>().Open(status);
        using var stop = new CancellationTokenSource();
        var look = Alice.Get<ThreadWorker>().Step(stop.Token);
        await asked.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        Assert.Equal((2, "waiting"), ((int)State(status).Announced, Assert.Single(State(status).Missing).Reason));
        Assert.True(State(status).Looking);
        // The same database, as after a start: nothing is remembered anywhere else.
        answered.SetResult();
        await Alice.Get<ThreadWorker>().Step();
        Assert.Equal((2, 2), (State(status).Here, (int)State(status).Announced));
    }

    [Fact]
    public async Task A_server_that_answers_slowly_keeps_no_other_thread_waiting_and_ends_after_a_while()
    {
        using var slow = new StandIn(Fediverse, "slow.test", "slow");
        await Root(["a1"]);
        Serve(Rae, "a1", $"{Rae.Actor}/n1");
        Serve(Rae, "n2", "", Listing([$"{slow.Actor}/x"]));
        await Send("n2/create", "Create", Reply(Rae, "n2", ""));
        var asked = new TaskCompletionSource();
        slow.BeforeAnswer = () =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        var completion = Alice.Get<ThreadCompletion>();
        await Want($"{Rae.Actor}/n2");
        await Want($"{Rae.Actor}/n1");
        var held = completion.Look(Find($"{Rae.Actor}/n2")!.Id, CancellationToken.None);
        await asked.Task;
        Assert.Equal(1, await completion.Look(Find($"{Rae.Actor}/n1")!.Id, CancellationToken.None));
        // Longer than a request may take, or a look: whichever comes first.
        Fediverse.Time.Advance(ThreadCompletion.LongestLook);
        Assert.Equal(0, await held);
        Assert.Equal(1, State(Find($"{Rae.Actor}/n2")!).Missing.Sum(m => m.Count));
    }

    [Fact]
    public async Task Ten_thousand_replies_cost_no_more_than_the_caps_and_are_counted()
    {
        using var flood = new StandIn(Fediverse, "flood.test", "flood");
        await Root([]);
        Serve(Rae, "n1", "", Listing([.. Enumerable.Range(0, 10_000).Select(n => $"{flood.Actor}/x{n}")]));
        await Want($"{Rae.Actor}/n1");
        await Alice.Get<ThreadWorker>().Step();
        var state = State(Find($"{Rae.Actor}/n1")!);
        Assert.Equal(10_000, state.Announced);
        Assert.Contains(state.Missing, m => m is { Reason: "over_cap", Count: 10_000 - ThreadWalk.MaxOfOnePost });
        Assert.InRange(Fediverse.Requests.Count(r => r.StartsWith("GET https://flood.test", StringComparison.Ordinal)), 1, ThreadWalk.MaxOfOnePost);
        // Nor do they cost it again.
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        var before = Fediverse.Requests.Count;
        await Want($"{Rae.Actor}/n1");
        await Alice.Get<ThreadWorker>().Step();
        Assert.InRange(Fediverse.Requests.Count - before, 0, 5);
    }

    [Fact]
    public async Task Two_hundred_posts_on_twenty_servers_cost_each_server_little_and_the_next_opening_less()
    {
        const int servers = 20, each = 10;
        var peers = Enumerable.Range(0, servers).Select(n => new StandIn(Fediverse, $"s{n}.test", $"u{n}")).ToList();
        // Each post answers one of the server before; each server lists what answers its own.
        string Uri(int post) => $"{peers[post % servers].Actor}/p{post}";
        int Parent(int post) => (post - 1) / 3;
        for (var post = 0; post < servers * each; post++)
        {
            var answers = Enumerable.Range(1, servers * each - 1).Where(p => Parent(p) == post).Select(Uri).ToArray();
            peers[post % servers].Serve(Uri(post), Reply(peers[post % servers], $"p{post}", post == 0 ? "" : Uri(Parent(post)),
                Listing(answers) + $",\"published\":\"{Fediverse.Time.GetUtcNow().AddHours(-30).AddMinutes(9 * post):O}\""));
        }
        var opened = (await Alice.Get<RemoteStatuses>().Fetch(Uri(0), CancellationToken.None)).Status!;
        var start = Fediverse.Requests.Count;
        await Alice.Get<ThreadWorker>().Open(opened);
        Assert.Equal(servers * each - 1, await Alice.Get<ThreadWorker>().Step());
        Assert.Equal((199, 199), (State(opened).Here, (int)State(opened).Announced));
        var first = Fediverse.Requests.Skip(start).GroupBy(r => new Uri(r.Split(' ')[1]).Host).ToDictionary(g => g.Key, g => g.Count());
        // Each post once, its author once, and where the handle leads.
        Assert.Equal(servers, first.Count);
        Assert.All(first.Values, count => Assert.InRange(count, each, each + 3));

        start = Fediverse.Requests.Count;
        Fediverse.Time.Advance(TimeSpan.FromMinutes(30));
        await Alice.Get<ThreadWorker>().Open(opened);
        Assert.Equal(0, await Alice.Get<ThreadWorker>().Step());
        Assert.InRange(Fediverse.Requests.Count - start, 0, servers);
        foreach (var peer in peers) peer.Dispose();
    }

    [Fact]
    public async Task Posts_that_the_owner_favourites_boosts_or_answers_complete_their_threads()
    {
        foreach (var (id, act) in new (string, Func<long, Task>)[]
                 {
                     ("n1", id => Alice.Get<Favouriting>().Favourite(id)), ("n2", id => Alice.Get<Boosting>().Boost(id)),
                     ("n3", id => Alice.Get<Posting>().Post(new NewStatus("yes", Visibility.Public, InReplyToId: id))),
                 })
        {
            Serve(Rae, id, "", Listing([$"{Rae.Actor}/{id}-answer"]));
            Serve(Rae, $"{id}-answer", $"{Rae.Actor}/{id}");
            var status = (await Alice.Get<RemoteStatuses>().Fetch($"{Rae.Actor}/{id}", CancellationToken.None)).Status!;
            await act(status.Id);
            Assert.Equal(1, await Alice.Get<ThreadWorker>().Step());
            Assert.NotNull(Find($"{Rae.Actor}/{id}-answer"));
        }
    }

    [Fact]
    public async Task A_thread_is_looked_through_again_ever_more_seldom_until_it_sleeps()
    {
        await Root([]);
        await Want($"{Rae.Actor}/n1");
        var (end, looks) = (Fediverse.Time.GetUtcNow().AddDays(12), new List<DateTimeOffset>());
        for (var status = Find($"{Rae.Actor}/n1")!; Fediverse.Time.GetUtcNow() < end; Fediverse.Time.Advance(TimeSpan.FromMinutes(5)))
        {
            if (!State(status).Looking) continue;
            looks.Add(Fediverse.Time.GetUtcNow());
            await Alice.Get<ThreadWorker>().Step();
        }
        var pauses = looks.Zip(looks.Skip(1), (a, b) => b - a).ToList();
        Assert.InRange(looks.Count, 8, 20);
        Assert.Equal(pauses, pauses.Order());
        Assert.True(looks[^1] < end.AddDays(-3));
        Assert.Null(State(Find($"{Rae.Actor}/n1")!).NextLookAt);
    }

    [Fact]
    public async Task What_the_owner_blocks_is_said_to_be_blocked_and_what_the_thread_begins_with_may_be_missing()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        using var tom = new StandIn(Fediverse, "third.test", "tom");
        await Root([]);
        Serve(Rae, "n1", $"{Rae.Actor}/lost", Listing([$"{sam.Actor}/a1", $"{tom.Actor}/a2"]));
        Serve(tom, "a2", $"{Rae.Actor}/n1");
        await Send("n1/update", "Update", Reply(Rae, "n1", $"{Rae.Actor}/lost"));
        Serve(Rae, "n5", $"{Rae.Actor}/lost", Listing([$"{sam.Actor}/a1", $"{tom.Actor}/a2"]));
        Serve(tom, "a2", $"{Rae.Actor}/n5");
        await Alice.Get<DomainBlocking>().Block("second.test");
        var status = (await Alice.Get<RemoteStatuses>().Fetch($"{Rae.Actor}/n5", CancellationToken.None)).Status!;
        await Want(status.Uri);
        await Alice.Get<ThreadWorker>().Step();
        Assert.Equal([("blocked", 1)], State(status).Missing.Select(m => (m.Reason, (int)m.Count)));
        Assert.Equal(($"{Rae.Actor}/lost", "not_public"), (State(status).Beginning!.Uri, State(status).Beginning!.Reason));
        await Alice.Get<Blocking>().Block(Known(tom).Id);
        Assert.Equal((0, 2, 2L), (State(status).Here, (int)State(status).Announced, State(status).Missing.Single().Count));
    }

    private async Task Root(string[] answers)
    {
        await Follow(Rae);
        Serve(Rae, "n1", "", Listing([.. answers.Select(a => $"{Rae.Actor}/{a}")]));
        await Send("n1/create", "Create", Reply(Rae, "n1", "", Listing([])));
    }

    private async Task Want(string uri) => await Alice.Get<ThreadWorker>().Open(Find(uri)!);

    private CompletenessEntity State(Status status) => CompletenessEntity.Of(
        Alice.Database.Read(c => Completeness.Of(c, StatusStore.Find(c, status.Id)!, Alice.Owner.Id, Fediverse.Time.GetUtcNow())), Fediverse.Time.GetUtcNow());

    private IEnumerable<(string, string?)> Tree(string root) => Alice.Database.Read(c =>
    {
        var top = StatusStore.FindByUri(c, root)!;
        return new[] { top }.Concat(ThreadStore.Descendants(c, top)).Select(s => (s.Uri, s.InReplyToUri)).ToList();
    });

    private static Task<Status> Write(CalfServer who, string text) => who.Get<Posting>().Post(new NewStatus(text, Visibility.Public));

    private async Task<Status> Answer(CalfServer who, string uri, string text, Visibility visibility = Visibility.Public)
    {
        await Fediverse.Settle();
        Fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        var parent = (await who.Get<RemoteStatuses>().Fetch(uri, CancellationToken.None)).Status!;
        var answer = await who.Get<Posting>().Post(new NewStatus(text, visibility, InReplyToId: parent.Id));
        await Fediverse.Settle();
        return answer;
    }

    private static string Listing(string[] answers) => $",\"replies\":{{\"type\":\"Collection\",\"items\":[{string.Join(',', answers.Select(Quote))}]}}";

    private static string Reply(StandIn author, string id, string parent, string more = "") =>
        Note(author, id, id)[..^1] + (parent.Length > 0 ? $",\"inReplyTo\":\"{parent}\"" : "") + more + "}";

    private static void Serve(StandIn author, string id, string parent, string more = "") => author.Serve($"{author.Actor}/{id}", Reply(author, id, parent, more));

    private static string Created(StandIn author, string id, string parent) =>
        $$"""{"id":"{{author.Actor}}/{{id}}/create","type":"Create","actor":"{{author.Actor}}","object":{{Reply(author, id, parent)}}}""";
}
