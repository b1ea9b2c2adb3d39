using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Gaps;
using Calf.Federation.Outbox;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>A Calf that was off finds what was posted meanwhile, and nothing twice.</summary>
public sealed class GapTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private CalfServer bob = null!;
    private CalfServer carol = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        bob = await fediverse.Join("bob.test");
        carol = await fediverse.Join("carol.test");
        await fediverse.Follow(alice, bob);
        await fediverse.Follow(alice, carol);
        await fediverse.Follow(carol, bob);
    }

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_exact_set_is_recovered_with_what_the_owner_would_have_been_told(bool clean)
    {
        var before = await Post(bob, "before");
        var own = await Post(alice, "I am off");
        await alice.Get<Heartbeat>().Step();
        Assert.Empty(alice.Database.Read(c => GapStore.Latest(c, 5)));
        var old = await Post(bob, "not boosted yet");
        Assert.Equal([old.Uri, own.Uri, before.Uri], Home());
        var folder = await fediverse.Leave(alice, clean);

        List<Status> missed = [];
        for (var n = 0; n < 23; n++) missed.Add(await Post(bob, $"missed {n}"));
        missed.Add(await Post(bob, "for followers", Visibility.Private));
        var mention = await Post(bob, "Are you there, @alice@alice.test?");
        missed.Add(mention);
        var first = await Post(carol, "a beginning");
        missed.Add(first);
        missed.Add(await Post(carol, "and more", answers: first.Id));
        await Post(carol, "to a stranger here: @bob@bob.test", Visibility.Direct);
        // Of what is in home no second copy by a boost; of what is a day old there is.
        await Boost(carol, missed[5].Uri);
        var gone = await Post(bob, "deleted");
        await bob.Get<Deleting>().Delete(gone.Id);
        missed.Add(await Boost(carol, old.Uri, late: true));
        fediverse.Time.Advance(TimeSpan.FromHours(1));
        Assert.DoesNotContain(fediverse.Requests, r => r.StartsWith("GET https://bob.test/users/bob/outbox", StringComparison.Ordinal));

        alice = await fediverse.Return("alice.test", folder);
        await Repair();

        string[] expected = [.. missed.OrderByDescending(s => s.CreatedAt).Select(s => s.Uri), old.Uri, own.Uri, before.Uri];
        Assert.Equal(expected, Home());
        Assert.Equal([(NotificationTypes.Mention, mention.Uri)], Told());
        Assert.Equal(mention.CreatedAt, alice.Database.Read(c => StatusStore.FindByUri(c, mention.Uri))!.CreatedAt);
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, gone.Uri)));
        Assert.DoesNotContain(fediverse.Requests, r => r.StartsWith("POST https://bob.test", StringComparison.Ordinal) && r.Contains("like", StringComparison.Ordinal));
        var report = Assert.Single(alice.Database.Read(c => GapReport.Latest(c, 5)));
        // The boost that home does not show is here all the same.
        Assert.Equal((2, 2, missed.Count + 1, 0), (report.Accounts, report.Recovered, report.Posts, report.Missed));
        Assert.Equal("offline 28 h: 29 posts from 2 accounts recovered", report.Sentence);

        // The other servers try again to deliver all of it.
        for (var n = 0; n < 6; n++)
        {
            fediverse.Time.Advance(TimeSpan.FromHours(4));
            await fediverse.Settle();
        }
        Assert.Contains("POST https://alice.test/inbox", fediverse.Requests);
        Assert.Equal(expected, Home());
        Assert.Equal([(NotificationTypes.Mention, mention.Uri)], Told());
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_repair_was()
    {
        var folder = await fediverse.Leave(alice);
        for (var n = 0; n < 35; n++) await Post(bob, $"missed {n}");
        alice = await fediverse.Return("alice.test", folder);
        await alice.Get<GapRepair>().Step();
        var found = Home().Count;
        Assert.InRange(found, 1, 34);
        folder = await fediverse.Leave(alice, clean: false);
        var asked = fediverse.Requests.Count(r => r.Contains("/bob/outbox", StringComparison.Ordinal));

        alice = await fediverse.Return("alice.test", folder);
        await Repair();
        Assert.Equal(35, Home().Count);
        Assert.Equal(35, Assert.Single(alice.Database.Read(c => GapReport.Latest(c, 5))).Posts);
        // Ten stand on a page: three more, and none again.
        Assert.Equal(3, fediverse.Requests.Count(r => r.Contains("/bob/outbox", StringComparison.Ordinal)) - asked);
    }

    [Fact]
    public async Task What_came_here_otherwise_meanwhile_goes_home_too()
    {
        var folder = await fediverse.Leave(alice);
        var missed = await Post(bob, "missed");
        fediverse.Time.Advance(TimeSpan.FromHours(1));
        alice = await fediverse.Return("alice.test", folder);
        // The owner looks at the profile at once.
        await alice.Get<RemoteOutbox>().FetchLatest(await Fediverse.See(alice, bob), CancellationToken.None);
        Assert.NotNull(alice.Database.Read(c => StatusStore.FindByUri(c, missed.Uri)));
        Assert.Empty(Home());
        await Repair();
        Assert.Equal([missed.Uri], Home());
        Assert.Equal(1, Assert.Single(alice.Database.Read(c => GapReport.Latest(c, 5))).Posts);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(48, false)]
    public async Task Of_new_posts_of_somebody_the_owner_is_told_while_they_are_news(int hours, bool told)
    {
        await alice.Get<Following>().Follow(Known(bob).Id, notify: true);
        var folder = await fediverse.Leave(alice);
        var missed = await Post(bob, "missed");
        fediverse.Time.Advance(TimeSpan.FromHours(hours));
        alice = await fediverse.Return("alice.test", folder);
        await Repair();
        Assert.Equal([missed.Uri], Home());
        Assert.Equal(told ? [(NotificationTypes.Status, missed.Uri)] : [], Told());
    }

    [Fact]
    public async Task An_answer_of_a_stranger_in_a_thread_of_the_owners_is_told()
    {
        var dave = await fediverse.Join("dave.test");
        await Fediverse.See(dave, alice);
        var root = await Post(bob, "a thread");
        await Post(alice, "@bob@bob.test I answer", answers: alice.Database.Read(c => StatusStore.FindByUri(c, root.Uri))!.Id);
        var folder = await fediverse.Leave(alice);
        await fediverse.Follow(dave, bob);
        var at = (await dave.Get<RemoteStatuses>().Fetch(root.Uri, CancellationToken.None)).Status!;
        var answer = await Post(dave, "@bob@bob.test @alice@alice.test so do I", answers: at.Id);
        fediverse.Time.Advance(TimeSpan.FromHours(1));
        alice = await fediverse.Return("alice.test", folder);
        await Repair();
        Assert.Equal([(NotificationTypes.Mention, answer.Uri)], Told());
        Assert.DoesNotContain(answer.Uri, Home());
    }

    [Fact]
    public async Task A_short_stop_or_a_clock_that_was_put_back_is_no_gap()
    {
        var folder = await fediverse.Leave(alice);
        fediverse.Time.Advance(Heartbeat.LeastGap - TimeSpan.FromSeconds(1));
        alice = await fediverse.Return("alice.test", folder);
        Assert.Empty(alice.Database.Read(c => GapStore.Latest(c, 5)));
        await alice.Database.Write(c => GapStore.SetAlive(c, fediverse.Time.GetUtcNow().AddDays(2)));
        await alice.Get<Heartbeat>().Step();
        Assert.Empty(alice.Database.Read(c => GapStore.Latest(c, 5)));
        Assert.Equal(fediverse.Time.GetUtcNow().ToUnixTimeMilliseconds(), alice.Database.Read(GapStore.LastAlive)!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task At_rest_the_heart_beats_slower_and_never_so_slow_that_it_seems_a_gap()
    {
        var heart = alice.Get<Heartbeat>();
        await heart.Step();
        List<DateTimeOffset> written = [];
        for (var minute = 0; minute < 20; minute++)
        {
            fediverse.Time.Advance(TimeSpan.FromMinutes(1));
            await heart.Step();
            written.Add(alice.Database.Read(GapStore.LastAlive)!.Value);
        }
        Assert.Equal(6, written.Distinct().Count());
        await Post(alice, "awake");
        await heart.Step();
        Assert.Equal(fediverse.Time.GetUtcNow().ToUnixTimeMilliseconds(), alice.Database.Read(GapStore.LastAlive)!.Value.ToUnixTimeMilliseconds());
        Assert.Empty(alice.Database.Read(c => GapStore.Latest(c, 5)));
        // The machine slept.
        fediverse.Time.Advance(TimeSpan.FromHours(9));
        await heart.Step();
        Assert.StartsWith("offline 9 h", Assert.Single(alice.Database.Read(c => GapReport.Latest(c, 5))).Sentence);
    }

    private Account Known(CalfServer who) => alice.Database.Read(c => AccountStore.FindByUri(c, who.Owner.Uri))!;

    private List<string> Home() =>
        alice.Database.Read(c => StatusStore.FindInOrder(c, TimelineStore.Home(c, new Paging(400))).ConvertAll(s => s.Uri));

    private List<(string, string)> Told() => alice.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, new Paging(40)))
        .ConvertAll(n => (n.Type, alice.Database.Read(c => StatusStore.Find(c, n.StatusId ?? 0))?.Uri ?? ""));

    private async Task<Status> Post(CalfServer by, string text, Visibility visibility = Visibility.Public, long? answers = null)
    {
        fediverse.Time.Advance(TimeSpan.FromSeconds(20));
        var post = await by.Get<Posting>().Post(new NewStatus(text, visibility, InReplyToId: answers));
        await fediverse.Settle();
        return post;
    }

    private async Task<Status> Boost(CalfServer by, string uri, bool late = false)
    {
        if (late) fediverse.Time.Advance(TimeSpan.FromHours(27));
        var boost = await by.Get<Boosting>().Boost(by.Database.Read(c => StatusStore.FindByUri(c, uri))!.Id);
        await fediverse.Settle();
        return boost;
    }

    private Task Repair() => GapSteps.Repair(alice, fediverse);
}
