using Calf.Federation.Gaps;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Servers that answer badly or not at all while a gap is repaired: it costs a bounded number of requests, and the others are repaired.</summary>
public sealed class HostileOutboxTests : RemoteWorld
{
    private CalfServer bob = null!;
    private StandIn sam = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await Fediverse.Join("bob.test");
        sam = new StandIn(Fediverse, "second.test", "sam");
        await Fediverse.Follow(Alice, bob);
        await Follow(Rae);
        await Follow(sam);
        Serve(sam, "[]");
    }

    public override async ValueTask DisposeAsync()
    {
        sam.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Pages_without_end_are_read_up_to_the_cap()
    {
        Serve(Rae, $"[{Note(0)}]", next: 1);
        for (var n = 1; n < 3 * GapRepair.MaxPages; n++) ServePage(Rae, n, $"[{Note(n)}]", n + 1);
        var missed = await Away();
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal(GapRepair.MaxPages, Fetches("/users/rae/outbox?"));
        Assert.Equal(GapRepair.MaxPages + 1, Home().Count);
        Assert.Contains(missed.Uri, Home());
        Assert.Equal("offline 9 h: 21 posts from 2 accounts recovered, 1 account wrote more than is fetched", Report().Sentence);
    }

    [Fact]
    public async Task Of_one_account_so_many_posts_are_fetched_and_the_report_says_that_there_are_more()
    {
        const int perPage = 100;
        for (var n = 0; n < 2 * GapRepair.MaxPosts / perPage; n++) ServePage(Rae, n, $"[{string.Join(',', Enumerable.Range(n * perPage, perPage).Select(i => Note(i, hours: 20)))}]", n + 1);
        Rae.Serve(Rae.Actor + "/outbox", $$"""{"id":"{{Rae.Actor}}/outbox","type":"OrderedCollection","first":"{{Rae.Actor}}/outbox?page=0"}""");
        await Away(hours: 24);
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal(GapRepair.MaxPosts / perPage, Fetches("/users/rae/outbox?"));
        Assert.Equal("offline 24 h: 401 posts from 2 accounts recovered, 1 account wrote more than is fetched", Report().Sentence);
        Assert.Equal(GapRepair.MaxPosts, Alice.Database.Read(c => c.Count($"SELECT posts FROM gap_walks WHERE host = 'remote.test'")));
        Assert.NotNull(Report().Gap.FinishedAt);
    }

    [Fact]
    public async Task When_there_are_enough_in_all_nobody_else_is_asked_and_the_report_says_so()
    {
        Serve(Rae, $"[{Note(0)}]", next: 1);
        for (var n = 1; n < GapRepair.MaxPages; n++) ServePage(Rae, n, $"[{Note(n)}]", n + 1);
        Serve(sam, "[]", next: 1);
        for (var n = 1; n < GapRepair.MaxPages; n++) ServePage(sam, n, "[]", n + 1);
        await Away();
        // As if so many had come already: three more, and it is enough.
        await Alice.Database.Write(c => c.Execute($"UPDATE gap_walks SET state = 1, posts = {(long)GapRepair.MaxAll - 3} WHERE host = 'bob.test'"));
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal(3, Fetches("/users/rae/outbox?"));
        Assert.InRange(Fetches("/users/sam/outbox?"), 1, 4);
        Assert.Equal("offline 9 h: 10000 posts from 2 accounts recovered, 2 accounts wrote more than is fetched", Report().Sentence);
        Assert.Equal(["The 10000 posts that are recovered at most were reached."], Alice.Database.Read(c => c.Query($"SELECT DISTINCT reason FROM gap_walks WHERE state = 4", r => r.Text())));
        Assert.NotNull(Report().Gap.FinishedAt);
        var asked = Fediverse.Requests.Count;
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal(asked, Fediverse.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_names_itself_is_read_once()
    {
        Serve(Rae, $"[{Note(0)}]", next: 0);
        var missed = await Away();
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal(1, Fetches("/users/rae/outbox?"));
        Assert.Equal([missed.Uri, $"{Rae.Actor}/n0"], Home());
    }

    [Fact]
    public async Task Posts_of_others_of_the_future_and_of_long_ago_do_not_count()
    {
        var forged = Note(1).Replace(Rae.Actor, "https://victim.test/users/v", StringComparison.Ordinal);
        var inOthersName = Note(2).Replace($"\"attributedTo\":\"{Rae.Actor}\"", $"\"attributedTo\":\"{Rae.Actor}x\"", StringComparison.Ordinal);
        Serve(Rae, $"[{forged},{inOthersName},{Note(3, hours: 500)},{Note(4)},{Note(5, hours: -500)},7,null,{{\"type\":\"Announce\",\"object\":\"https://victim.test/1\"}}]");
        var missed = await Away();
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal([missed.Uri, $"{Rae.Actor}/n4"], Home());
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("victim", StringComparison.Ordinal));
        Assert.Empty(Told());
    }

    [Fact]
    public async Task Who_does_not_answer_is_tried_a_few_times_and_named()
    {
        Fediverse.Answer("remote.test", _ => throw new HttpRequestException("There is nobody."));
        Serve(sam, "[]", System.Net.HttpStatusCode.Forbidden);
        var missed = await Away();
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal([missed.Uri], Home());
        Assert.Equal(GapRepair.Delays.Count + 1, Fediverse.Requests.Count(r => r.EndsWith("/users/rae/outbox", StringComparison.Ordinal)));
        var report = Report();
        Assert.Equal("offline 9 h: 1 post from 1 account recovered, 1 server did not answer, 1 server showed nothing", report.Sentence);
        Assert.Equal([("remote.test", false), ("second.test", true)], report.Servers.Select(s => (s.Host, s.Answered)));
        Assert.Contains("403", report.Servers[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_answers_slowly_holds_nobody_up()
    {
        var missed = await Away();
        Rae.BeforeAnswer = () => new TaskCompletionSource().Task;
        await GapSteps.Repair(Alice, Fediverse, slow: true);
        Assert.Equal([missed.Uri], Home());
        Assert.Equal("offline 9 h: 1 post from 1 account recovered, 1 server did not answer", Report().Sentence);
        Assert.Contains("10 seconds", Assert.Single(Report().Servers).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_broken_outbox_does_not_keep_its_neighbours_from_being_read()
    {
        using var neighbour = new StandIn(Fediverse, "remote.test", "nell");
        Rae.ShareWith(neighbour);
        await Follow(neighbour, "accept2");
        Serve(neighbour, "[]", System.Net.HttpStatusCode.InternalServerError, at: Rae.Actor + "/outbox");
        Serve(neighbour, $"[{Note(0).Replace(Rae.Actor, neighbour.Actor, StringComparison.Ordinal)}]");
        var missed = await Away();
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Equal([missed.Uri, $"{neighbour.Actor}/n0"], Home());
        Assert.Equal(1, Assert.Single(Report().Servers).Accounts);
    }

    [Fact]
    public async Task Only_boosts_whose_post_its_own_server_shows_are_taken_and_the_rest_is_counted()
    {
        var post = $"{sam.Actor}/real";
        sam.Serve(post, Note(sam, "real", "real"));
        Serve(Rae, $"[{Boost(1, post)},{Boost(2, $"{sam.Actor}/none")}]");
        await Away();
        await GapSteps.Repair(Alice, Fediverse);
        Assert.Contains($"{Rae.Actor}/b1", Home());
        Assert.Equal(2, Home().Count);
        Assert.Equal((2, 1), (Report().Posts, Report().Missed));
        Assert.Empty(Told());
    }

    private GapReport Report() => Assert.Single(Alice.Database.Read(c => GapReport.Latest(c, 5)));

    private List<string> Home() => Alice.Database.Read(c => StatusStore.FindInOrder(c, TimelineStore.Home(c, new Paging(400))).ConvertAll(s => s.Uri));

    private int Fetches(string what) => Fediverse.Requests.Count(r => r.StartsWith("GET ", StringComparison.Ordinal) && r.Contains(what, StringComparison.Ordinal));

    /// <summary>Alice sleeps for hours, in which Bob posts something that does not arrive.</summary>
    private async Task<Status> Away(int hours = 9)
    {
        await Alice.Get<Heartbeat>().Step();
        Fediverse.Time.Advance(TimeSpan.FromHours(hours - 1));
        // It is not delivered: nobody steps the delivery.
        var missed = await bob.Get<Posting>().Post(new NewStatus("missed", Visibility.Public));
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Alice.Get<Heartbeat>().Step();
        return missed;
    }

    private string At(int n, int hours) => Fediverse.Time.GetUtcNow().AddHours(1 + hours).AddMinutes(-n).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A post that Rae will write in an hour, or in so many more, some minutes before.</summary>
    private string Note(int n, int hours = 0) => $$"""
        {"id":"{{Rae.Actor}}/n{{n}}/create","type":"Create","actor":"{{Rae.Actor}}","published":"{{At(n, hours)}}","object":
         {"id":"{{Rae.Actor}}/n{{n}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"<p>{{n}}</p>","published":"{{At(n, hours)}}","to":["{{Public}}"]} }
        """;

    private string Boost(int n, string post) =>
        $$"""{"id":"{{Rae.Actor}}/b{{n}}","type":"Announce","actor":"{{Rae.Actor}}","published":"{{At(n, 0)}}","to":["{{Public}}"],"object":"{{post}}"}""";

    private static void Serve(StandIn by, string items, System.Net.HttpStatusCode status = System.Net.HttpStatusCode.OK, int? next = null, string? at = null)
    {
        var outbox = at ?? by.Actor + "/outbox";
        by.Serve(outbox, $$"""{"id":"{{outbox}}","type":"OrderedCollection","totalItems":1,"first":"{{outbox}}?page=0"}""", status);
        ServePage(by, 0, items, next, outbox);
    }

    private static void ServePage(StandIn by, int n, string items, int? next, string? at = null)
    {
        var outbox = at ?? by.Actor + "/outbox";
        by.Serve($"{outbox}?page={n}", $$"""
            {"id":"{{outbox}}?page={{n}}","type":"OrderedCollectionPage","orderedItems":{{items}}{{(next is null ? "" : $",\"next\":\"{outbox}?page={next}\"")}} }
            """);
    }
}
