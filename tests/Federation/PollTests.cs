using System.Text.Json;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Polls between two Calfs, and between a Calf and servers of other make.</summary>
public sealed class PollTests : IAsyncLifetime
{
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse);
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        await fediverse.DisposeAsync();
    }

    [Fact]
    [Trait("Wire", "100")]
    [Trait("Wire", "101")]
    public async Task A_poll_is_asked_answered_counted_and_ended_between_two_servers()
    {
        var bob = await fediverse.Join("bob.test");
        await fediverse.Follow(bob, alice);
        var asked = await Ask(multiple: false);
        await fediverse.Settle();
        var seen = bob.Database.Read(c => StatusStore.FindByUri(c, asked.Uri))!;
        Assert.Equal("Question", seen.Type);
        Assert.Equal(["hay", "grass"], Poll(bob, seen).Options.Select(o => o.Title));

        await bob.Get<Voting>().Vote(seen.Id, [1]);
        await fediverse.Settle();
        Assert.Equal([0L, 1L], Poll(alice, asked).Options.Select(o => o.Votes));
        Assert.Equal(1, Poll(alice, asked).VotersCount);
        Assert.Equal(0, alice.Database.Read(c => StatusStore.Find(c, asked.Id))!.RepliesCount);
        Assert.DoesNotContain(Told(alice), n => n.Type == NotificationTypes.Mention);

        // Counts go out some minutes later, once, and are no edit.
        Assert.Equal(0, await alice.Get<PollWorker>().Step());
        fediverse.Time.Advance(VoteIntake.ResultsEvery);
        Assert.Equal(1, await alice.Get<PollWorker>().Step());
        Assert.Equal(0, await alice.Get<PollWorker>().Step());
        await fediverse.Settle();
        Assert.Equal([0L, 1L], Poll(bob, seen).Options.Select(o => o.Votes));
        Assert.Null(bob.Database.Read(c => StatusStore.Find(c, seen.Id))!.EditedAt);

        fediverse.Time.Advance(TimeSpan.FromHours(1) + PollWorker.LastCountsTake);
        await alice.Get<PollWorker>().Step();
        await fediverse.Settle();
        await bob.Get<PollWorker>().Step();
        Assert.NotNull(Poll(bob, seen).ClosedAt);
        Assert.Single(Told(alice), n => n.Type == NotificationTypes.Poll && n.StatusId == asked.Id);
        Assert.Single(Told(bob), n => n.Type == NotificationTypes.Poll && n.StatusId == seen.Id);
        Assert.Equal(0, await bob.Get<PollWorker>().Step());
    }

    [Fact]
    [Trait("Wire", "101")]
    public async Task A_poll_is_served_as_a_question_with_its_counts_and_its_end()
    {
        var asked = await Ask(multiple: true);
        await Vote(asked, "hay");
        var question = await Document(asked);
        Assert.Equal("Question", question.GetProperty("type").GetString());
        Assert.False(question.TryGetProperty("oneOf", out _));
        Assert.Equal("2026-11-01T13:00:00.000Z", question.GetProperty("endTime").GetString());
        Assert.False(question.TryGetProperty("closed", out _));
        Assert.Equal(1, question.GetProperty("votersCount").GetInt32());
        var hay = question.GetProperty("anyOf")[0];
        Assert.Equal(("hay", 1), (hay.GetProperty("name").GetString(), hay.GetProperty("replies").GetProperty("totalItems").GetInt32()));

        fediverse.Time.Advance(TimeSpan.FromHours(1));
        await alice.Get<PollWorker>().Step();
        Assert.Equal("2026-11-01T13:00:00.000Z", (await Document(asked)).GetProperty("closed").GetString());
    }

    [Fact]
    public async Task Hidden_counts_are_not_told_before_the_end()
    {
        var asked = await alice.Get<Posting>().Post(new NewStatus("Food?", Visibility.Public, Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(1), HideTotals: true)));
        await Vote(asked, "hay");
        Assert.False((await Document(asked)).GetProperty("oneOf")[0].GetProperty("replies").TryGetProperty("totalItems", out _));
        fediverse.Time.Advance(TimeSpan.FromHours(1));
        await alice.Get<PollWorker>().Step();
        Assert.Equal(1, (await Document(asked)).GetProperty("oneOf")[0].GetProperty("replies").GetProperty("totalItems").GetInt32());
    }

    [Fact]
    [Trait("Wire", "100")]
    public async Task Only_the_first_vote_counts_where_one_can_be_chosen()
    {
        var asked = await Ask(multiple: false);
        await Vote(asked, "hay");
        await Vote(asked, "grass");
        await Vote(asked, "hay");
        Assert.Equal([1L, 0L], Poll(alice, asked).Options.Select(o => o.Votes));
        Assert.Contains("second vote", Assert.Single(Verdicts()));
    }

    [Fact]
    [Trait("Wire", "100")]
    public async Task Votes_in_an_array_count_once_for_each_choice()
    {
        var asked = await Ask(multiple: true);
        var both = $"[{VoteNote(asked, "hay", 1)},{VoteNote(asked, "grass", 2)},{VoteNote(asked, "grass", 3)}]";
        await rae.SendAndSettle(alice, $$"""{"id":"{{rae.Actor}}/c1","type":"Create","actor":"{{rae.Actor}}","to":["{{alice.Owner.Uri}}"],"object":{{both}}}""");
        Assert.Equal([1L, 1L], Poll(alice, asked).Options.Select(o => o.Votes));
        Assert.Equal(1, Poll(alice, asked).VotersCount);
        Assert.Empty(Verdicts());
        Assert.Equal(1, alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    [Trait("Wire", "101")]
    public async Task Who_voted_hears_of_the_counts_without_following_not_oftener_than_every_few_minutes()
    {
        var asked = await Ask(multiple: true);
        await Vote(asked, "hay");
        fediverse.Time.Advance(VoteIntake.ResultsEvery / 2);
        await Vote(asked, "grass");
        await alice.Get<PollWorker>().Step();
        fediverse.Time.Advance(VoteIntake.ResultsEvery / 2);
        await alice.Get<PollWorker>().Step();
        await fediverse.Settle();
        var update = Assert.Single(rae.Received, a => a.GetProperty("type").ValueEquals("Update"));
        Assert.Equal("Question", update.GetProperty("object").GetProperty("type").GetString());
        Assert.False(update.GetProperty("object").TryGetProperty("updated", out _));
        fediverse.Time.Advance(TimeSpan.FromHours(1));
        await alice.Get<PollWorker>().Step();
        await fediverse.Settle();
        var ids = rae.Received.Where(a => a.GetProperty("type").ValueEquals("Update")).Select(a => a.GetProperty("id").GetString()).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(Visibility.Private, 0, "hay", "may not see")]
    [InlineData(Visibility.Public, 61, "hay", "has ended")]
    [InlineData(Visibility.Public, 0, "straw", "does not offer")]
    public async Task A_vote_that_may_not_count_leaves_a_reason_and_nothing_else(Visibility visibility, int minutesLater, string option, string reason)
    {
        var asked = await Ask(multiple: false, visibility);
        fediverse.Time.Advance(TimeSpan.FromMinutes(minutesLater));
        await Vote(asked, option);
        Assert.Equal([0L, 0L], Poll(alice, asked).Options.Select(o => o.Votes));
        Assert.Contains(reason, Assert.Single(Verdicts()));
        Assert.Equal(1, alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    public async Task A_vote_in_somebody_elses_poll_is_no_reply_either()
    {
        await rae.SendAndSettle(alice, $$"""
            {"id":"{{rae.Actor}}/c1","type":"Create","actor":"{{rae.Actor}}","to":["{{alice.Owner.Uri}}"],
             "object":{"id":"{{rae.Actor}}/v1","type":"Note","attributedTo":"{{rae.Actor}}","name":"hay","inReplyTo":"https://far.test/q","to":["{{alice.Owner.Uri}}"]} }
            """);
        Assert.Contains("not one of yours", Assert.Single(Verdicts()));
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/v1")));
    }

    [Fact]
    [Trait("Wire", "100")]
    public async Task The_owners_votes_go_to_the_author_only_one_note_for_each_choice()
    {
        var question = await Receive("anyOf", "");
        await alice.Get<Voting>().Vote(question.Id, [0, 1]);
        await fediverse.Settle();
        var votes = rae.Received.Where(a => a.GetProperty("type").GetString() == "Create").ToList();
        Assert.Equal(["hay", "grass"], votes.Select(v => v.GetProperty("object").GetProperty("name").GetString()!));
        foreach (var vote in votes)
        {
            var note = vote.GetProperty("object");
            Assert.Equal("Note", note.GetProperty("type").GetString());
            Assert.Equal(question.Uri, note.GetProperty("inReplyTo").GetString());
            Assert.Equal([rae.Actor], note.GetProperty("to").EnumerateArray().Select(t => t.GetString()!));
            Assert.False(note.TryGetProperty("content", out _));
            Assert.False(note.TryGetProperty("cc", out _));
        }
        Assert.Equal(2, votes.Select(v => v.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    [Trait("Wire", "101")]
    public async Task Who_looks_at_a_poll_sees_fresh_counts_and_asks_once_a_minute()
    {
        var question = await Receive("oneOf", "");
        rae.Serve(question.Uri, Question("oneOf", "", 5));
        await alice.Get<PollRefreshing>().Refresh(question.Id, CancellationToken.None);
        Assert.Equal(5, Poll(alice, question).VotersCount);
        var asked = fediverse.Requests.Count;
        rae.Serve(question.Uri, Question("oneOf", "", 6));
        await alice.Get<PollRefreshing>().Refresh(question.Id, CancellationToken.None);
        Assert.Equal(asked, fediverse.Requests.Count);
        fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        rae.Serve(question.Uri, "", System.Net.HttpStatusCode.ServiceUnavailable);
        await alice.Get<PollRefreshing>().Refresh(question.Id, CancellationToken.None);
        Assert.Equal(5, Poll(alice, question).VotersCount);
    }

    [Theory]
    [Trait("Wire", "101")]
    [InlineData("\"closed\":\"2026-11-01T12:00:00Z\",")]
    [InlineData("\"closed\":true,")]
    [InlineData("\"endTime\":\"2026-11-01T11:00:00Z\",")]
    public async Task An_ended_poll_takes_no_vote(string end)
    {
        var question = await Receive("oneOf", end);
        var refused = await Assert.ThrowsAsync<ActionException>(() => alice.Get<Voting>().Vote(question.Id, [0]));
        Assert.Contains("ended", refused.Message);
    }

    [Fact]
    [Trait("Wire", "101")]
    public async Task New_counts_are_no_edit_even_with_a_date_and_another_question_is_one()
    {
        var question = await Receive("oneOf", "");
        await alice.Get<Voting>().Vote(question.Id, [0]);
        await Update("oneOf", "\"updated\":\"2026-11-01T12:00:00Z\",", 7);
        Assert.Equal(7, Poll(alice, question).Options[0].Votes);
        Assert.Null(alice.Database.Read(c => StatusStore.Find(c, question.Id))!.EditedAt);

        await Update("anyOf", "\"updated\":\"2026-11-01T12:00:00Z\",", 0);
        Assert.NotNull(alice.Database.Read(c => StatusStore.Find(c, question.Id))!.EditedAt);
        Assert.False(alice.Database.Read(c => PollVoteStore.HasVoted(c, question.Id, alice.Owner.Id)));
    }

    [Fact]
    public async Task An_edit_keeps_votes_only_while_the_poll_asks_the_same()
    {
        var asked = await Ask(multiple: false);
        await Vote(asked, "hay");
        await alice.Get<Editing>().Edit(asked.Id, new StatusChange("Food!", Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(2))));
        Assert.Equal(1, Poll(alice, asked).Options[0].Votes);
        fediverse.Time.Advance(TimeSpan.FromSeconds(1));
        await alice.Get<Editing>().Edit(asked.Id, new StatusChange("Food!", Poll: new NewPoll(["hay", "straw"], TimeSpan.FromHours(2))));
        Assert.Equal([0L, 0L], Poll(alice, asked).Options.Select(o => o.Votes));
        fediverse.Time.Advance(TimeSpan.FromSeconds(1));
        await alice.Get<Editing>().Edit(asked.Id, new StatusChange("No more questions"));
        Assert.Null(alice.Database.Read(c => PollStore.Find(c, asked.Id)));
        Assert.Equal("Note", alice.Database.Read(c => StatusStore.Find(c, asked.Id))!.Type);
    }

    private Task<Status> Ask(bool multiple, Visibility visibility = Visibility.Public) =>
        alice.Get<Posting>().Post(new NewStatus("Food?", visibility, Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(1), multiple)));

    private int sent;

    private Task Vote(Status asked, string option) => rae.SendAndSettle(alice,
        $$"""{"id":"{{rae.Actor}}/c{{++sent}}","type":"Create","actor":"{{rae.Actor}}","to":"{{alice.Owner.Uri}}","object":{{VoteNote(asked, option, sent)}}}""");

    private string VoteNote(Status asked, string option, int n) =>
        $$"""{"id":"{{rae.Actor}}/v{{n}}","type":"Note","attributedTo":"{{rae.Actor}}","name":"{{option}}","inReplyTo":"{{asked.Uri}}","to":"{{alice.Owner.Uri}}","content":null}""";

    private async Task<Status> Receive(string kind, string extra)
    {
        var question = Question(kind, extra, 0);
        rae.Serve($"{rae.Actor}/q1", question);
        await rae.SendAndSettle(alice, $$"""{"id":"{{rae.Actor}}/q1/create","type":"Create","actor":"{{rae.Actor}}","object":{{question}}}""");
        return alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/q1"))!;
    }

    private Task Update(string kind, string extra, int votes) => rae.SendAndSettle(alice,
        $$"""{"id":"{{rae.Actor}}/u{{++sent}}","type":"Update","actor":"{{rae.Actor}}","object":{{Question(kind, extra, votes)}}}""");

    private string Question(string kind, string extra, int votes) => $$$"""
        {"id":"{{{rae.Actor}}}/q1","type":"Question","attributedTo":"{{{rae.Actor}}}","content":"Food?",{{{extra}}}"to":["{{{Public}}}","{{{alice.Owner.Uri}}}"],"published":"2026-11-01T10:00:00Z",
         "{{{kind}}}":[{"type":"Note","name":"hay","replies":{"type":"Collection","totalItems":{{{votes}}}}},{"type":"Note","name":"grass"}],"votersCount":{{{votes}}}}
        """;

    private async Task<JsonElement> Document(Status status)
    {
        using var client = alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        return JsonElement.Parse(await client.GetByteArrayAsync(new Uri(status.Uri), TestContext.Current.CancellationToken));
    }

    private List<string> Verdicts() => [.. alice.Database.Read(c => VerdictStore.Latest(c, 10)).Select(v => v.Reason)];

    private static Poll Poll(CalfServer who, Status status) => who.Database.Read(c => PollStore.Find(c, status.Id))!;

    private static List<Notification> Told(CalfServer who) => who.Database.Read(c => NotificationStore.All(c, [], [], null, new Paging(40)));
}
