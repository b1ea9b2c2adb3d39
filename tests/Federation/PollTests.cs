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
public sealed class PollTests : RemoteWorld
{
    [Fact]
    [Trait("Wire", "100")]
    [Trait("Wire", "101")]
    public async Task A_poll_is_asked_answered_counted_and_ended_between_two_servers()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        var asked = await Ask(multiple: false);
        await Fediverse.Settle();
        var seen = bob.Database.Read(c => StatusStore.FindByUri(c, asked.Uri))!;
        Assert.Equal("Question", seen.Type);
        Assert.Equal(["hay", "grass"], Poll(bob, seen).Options.Select(o => o.Title));

        await bob.Get<Voting>().Vote(seen.Id, [1]);
        await Fediverse.Settle();
        Assert.Equal([0L, 1L], Poll(Alice, asked).Options.Select(o => o.Votes));
        Assert.Equal(1, Poll(Alice, asked).VotersCount);
        Assert.Equal(0, Alice.Database.Read(c => StatusStore.Find(c, asked.Id))!.RepliesCount);
        Assert.DoesNotContain(Told(Alice), n => n.Type == NotificationTypes.Mention);

        // Counts go out some minutes later, once, and are no edit.
        Assert.Equal(0, await Alice.Get<PollWorker>().Step());
        Fediverse.Time.Advance(VoteIntake.ResultsEvery);
        Assert.Equal(1, await Alice.Get<PollWorker>().Step());
        Assert.Equal(0, await Alice.Get<PollWorker>().Step());
        await Fediverse.Settle();
        Assert.Equal([0L, 1L], Poll(bob, seen).Options.Select(o => o.Votes));
        Assert.Null(bob.Database.Read(c => StatusStore.Find(c, seen.Id))!.EditedAt);

        Fediverse.Time.Advance(TimeSpan.FromHours(1) + PollWorker.LastCountsTake);
        await Alice.Get<PollWorker>().Step();
        await Fediverse.Settle();
        await bob.Get<PollWorker>().Step();
        Assert.NotNull(Poll(bob, seen).ClosedAt);
        Assert.Single(Told(Alice), n => n.Type == NotificationTypes.Poll && n.StatusId == asked.Id);
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

        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Alice.Get<PollWorker>().Step();
        Assert.Equal("2026-11-01T13:00:00.000Z", (await Document(asked)).GetProperty("closed").GetString());
    }

    [Fact]
    public async Task Hidden_counts_are_not_told_before_the_end()
    {
        var asked = await Alice.Get<Posting>().Post(new NewStatus("Food?", Visibility.Public, Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(1), HideTotals: true)));
        await Vote(asked, "hay");
        Assert.False((await Document(asked)).GetProperty("oneOf")[0].GetProperty("replies").TryGetProperty("totalItems", out _));
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Alice.Get<PollWorker>().Step();
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
        Assert.Equal([1L, 0L], Poll(Alice, asked).Options.Select(o => o.Votes));
        Assert.Contains("second vote", Assert.Single(Verdicts()));
    }

    [Fact]
    [Trait("Wire", "100")]
    public async Task Votes_in_an_array_count_once_for_each_choice()
    {
        var asked = await Ask(multiple: true);
        var both = $"[{VoteNote(asked, "hay", 1)},{VoteNote(asked, "grass", 2)},{VoteNote(asked, "grass", 3)}]";
        await Rae.SendAndSettle(Alice, $$"""{"id":"{{Rae.Actor}}/c1","type":"Create","actor":"{{Rae.Actor}}","to":["{{Alice.Owner.Uri}}"],"object":{{both}}}""");
        Assert.Equal([1L, 1L], Poll(Alice, asked).Options.Select(o => o.Votes));
        Assert.Equal(1, Poll(Alice, asked).VotersCount);
        Assert.Empty(Verdicts());
        Assert.Equal(1, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    [Trait("Wire", "101")]
    public async Task Who_voted_hears_of_the_counts_without_following_not_oftener_than_every_few_minutes()
    {
        var asked = await Ask(multiple: true);
        await Vote(asked, "hay");
        Fediverse.Time.Advance(VoteIntake.ResultsEvery / 2);
        await Vote(asked, "grass");
        await Alice.Get<PollWorker>().Step();
        Fediverse.Time.Advance(VoteIntake.ResultsEvery / 2);
        await Alice.Get<PollWorker>().Step();
        await Fediverse.Settle();
        var update = Assert.Single(Rae.Received, a => a.GetProperty("type").ValueEquals("Update"));
        Assert.Equal("Question", update.GetProperty("object").GetProperty("type").GetString());
        Assert.False(update.GetProperty("object").TryGetProperty("updated", out _));
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Alice.Get<PollWorker>().Step();
        await Fediverse.Settle();
        var ids = Rae.Received.Where(a => a.GetProperty("type").ValueEquals("Update")).Select(a => a.GetProperty("id").GetString()).ToList();
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
        Fediverse.Time.Advance(TimeSpan.FromMinutes(minutesLater));
        await Vote(asked, option);
        Assert.Equal([0L, 0L], Poll(Alice, asked).Options.Select(o => o.Votes));
        Assert.Contains(reason, Assert.Single(Verdicts()));
        Assert.Equal(1, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    public async Task A_vote_in_somebody_elses_poll_is_no_reply_either()
    {
        await Rae.SendAndSettle(Alice, $$"""
            {"id":"{{Rae.Actor}}/c1","type":"Create","actor":"{{Rae.Actor}}","to":["{{Alice.Owner.Uri}}"],
             "object":{"id":"{{Rae.Actor}}/v1","type":"Note","attributedTo":"{{Rae.Actor}}","name":"hay","inReplyTo":"https://far.test/q","to":["{{Alice.Owner.Uri}}"]} }
            """);
        Assert.Contains("not one of yours", Assert.Single(Verdicts()));
        Assert.Null(Alice.Database.Read(c => StatusStore.FindByUri(c, $"{Rae.Actor}/v1")));
    }

    [Fact]
    [Trait("Wire", "100")]
    public async Task The_owners_votes_go_to_the_author_only_one_note_for_each_choice()
    {
        var question = await Receive("anyOf", "");
        await Alice.Get<Voting>().Vote(question.Id, [0, 1]);
        await Fediverse.Settle();
        var votes = Rae.Received.Where(a => a.GetProperty("type").GetString() == "Create").ToList();
        Assert.Equal(["hay", "grass"], votes.Select(v => v.GetProperty("object").GetProperty("name").GetString()!));
        foreach (var vote in votes)
        {
            var note = vote.GetProperty("object");
            Assert.Equal("Note", note.GetProperty("type").GetString());
            Assert.Equal(question.Uri, note.GetProperty("inReplyTo").GetString());
            Assert.Equal([Rae.Actor], note.GetProperty("to").EnumerateArray().Select(t => t.GetString()!));
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
        Rae.Serve(question.Uri, Question("oneOf", "", 5));
        await Alice.Get<PollRefreshing>().Refresh(question.Id, CancellationToken.None);
        Assert.Equal(5, Poll(Alice, question).VotersCount);
        var asked = Fediverse.Requests.Count;
        Rae.Serve(question.Uri, Question("oneOf", "", 6));
        await Alice.Get<PollRefreshing>().Refresh(question.Id, CancellationToken.None);
        Assert.Equal(asked, Fediverse.Requests.Count);
        Fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        Rae.Serve(question.Uri, "", System.Net.HttpStatusCode.ServiceUnavailable);
        await Alice.Get<PollRefreshing>().Refresh(question.Id, CancellationToken.None);
        Assert.Equal(5, Poll(Alice, question).VotersCount);
    }

    [Theory]
    [Trait("Wire", "101")]
    [InlineData("\"closed\":\"2026-11-01T12:00:00Z\",")]
    [InlineData("\"closed\":true,")]
    [InlineData("\"endTime\":\"2026-11-01T11:00:00Z\",")]
    public async Task An_ended_poll_takes_no_vote(string end)
    {
        var question = await Receive("oneOf", end);
        var refused = await Assert.ThrowsAsync<ActionException>(() => Alice.Get<Voting>().Vote(question.Id, [0]));
        Assert.Contains("ended", refused.Message);
    }

    [Fact]
    [Trait("Wire", "101")]
    public async Task New_counts_are_no_edit_even_with_a_date_and_another_question_is_one()
    {
        var question = await Receive("oneOf", "");
        await Alice.Get<Voting>().Vote(question.Id, [0]);
        await Update("oneOf", "\"updated\":\"2026-11-01T12:00:00Z\",", 7);
        Assert.Equal(7, Poll(Alice, question).Options[0].Votes);
        Assert.Null(Alice.Database.Read(c => StatusStore.Find(c, question.Id))!.EditedAt);

        await Update("anyOf", "\"updated\":\"2026-11-01T12:00:00Z\",", 0);
        Assert.NotNull(Alice.Database.Read(c => StatusStore.Find(c, question.Id))!.EditedAt);
        Assert.False(Alice.Database.Read(c => PollVoteStore.HasVoted(c, question.Id, Alice.Owner.Id)));
    }

    [Fact]
    public async Task An_edit_keeps_votes_only_while_the_poll_asks_the_same()
    {
        var asked = await Ask(multiple: false);
        await Vote(asked, "hay");
        await Alice.Get<Editing>().Edit(asked.Id, new StatusChange("Food!", Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(2))));
        Assert.Equal(1, Poll(Alice, asked).Options[0].Votes);
        Fediverse.Time.Advance(TimeSpan.FromSeconds(1));
        await Alice.Get<Editing>().Edit(asked.Id, new StatusChange("Food!", Poll: new NewPoll(["hay", "straw"], TimeSpan.FromHours(2))));
        Assert.Equal([0L, 0L], Poll(Alice, asked).Options.Select(o => o.Votes));
        Fediverse.Time.Advance(TimeSpan.FromSeconds(1));
        await Alice.Get<Editing>().Edit(asked.Id, new StatusChange("No more questions"));
        Assert.Null(Alice.Database.Read(c => PollStore.Find(c, asked.Id)));
        Assert.Equal("Note", Alice.Database.Read(c => StatusStore.Find(c, asked.Id))!.Type);
    }

    private Task<Status> Ask(bool multiple, Visibility visibility = Visibility.Public) =>
        Alice.Get<Posting>().Post(new NewStatus("Food?", visibility, Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(1), multiple)));

    private int sent;

    private Task Vote(Status asked, string option) => Rae.SendAndSettle(Alice,
        $$"""{"id":"{{Rae.Actor}}/c{{++sent}}","type":"Create","actor":"{{Rae.Actor}}","to":"{{Alice.Owner.Uri}}","object":{{VoteNote(asked, option, sent)}}}""");

    private string VoteNote(Status asked, string option, int n) =>
        $$"""{"id":"{{Rae.Actor}}/v{{n}}","type":"Note","attributedTo":"{{Rae.Actor}}","name":"{{option}}","inReplyTo":"{{asked.Uri}}","to":"{{Alice.Owner.Uri}}","content":null}""";

    private async Task<Status> Receive(string kind, string extra)
    {
        var question = Question(kind, extra, 0);
        Rae.Serve($"{Rae.Actor}/q1", question);
        await Rae.SendAndSettle(Alice, $$"""{"id":"{{Rae.Actor}}/q1/create","type":"Create","actor":"{{Rae.Actor}}","object":{{question}}}""");
        return Alice.Database.Read(c => StatusStore.FindByUri(c, $"{Rae.Actor}/q1"))!;
    }

    private Task Update(string kind, string extra, int votes) => Rae.SendAndSettle(Alice,
        $$"""{"id":"{{Rae.Actor}}/u{{++sent}}","type":"Update","actor":"{{Rae.Actor}}","object":{{Question(kind, extra, votes)}}}""");

    private string Question(string kind, string extra, int votes) => $$$"""
        {"id":"{{{Rae.Actor}}}/q1","type":"Question","attributedTo":"{{{Rae.Actor}}}","content":"Food?",{{{extra}}}"to":["{{{Public}}}","{{{Alice.Owner.Uri}}}"],"published":"2026-11-01T10:00:00Z",
         "{{{kind}}}":[{"type":"Note","name":"hay","replies":{"type":"Collection","totalItems":{{{votes}}}}},{"type":"Note","name":"grass"}],"votersCount":{{{votes}}}}
        """;

    private async Task<JsonElement> Document(Status status)
    {
        using var client = Alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        return JsonElement.Parse(await client.GetByteArrayAsync(new Uri(status.Uri), TestContext.Current.CancellationToken));
    }

    private List<string> Verdicts() => [.. Alice.Database.Read(c => VerdictStore.Latest(c, 10)).Select(v => v.Reason)];

    private static Poll Poll(CalfServer who, Status status) => who.Database.Read(c => PollStore.Find(c, status.Id))!;

    private static List<Notification> Told(CalfServer who) => who.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, new Paging(40)));
}
