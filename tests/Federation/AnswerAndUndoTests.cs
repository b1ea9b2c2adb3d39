using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>How follows are answered and things taken back, in whatever shape and order that comes.</summary>
public sealed class AnswerAndUndoTests : RemoteWorld
{
    [Theory]
    [Trait("Wire", "087")]
    [InlineData("\"FOLLOW\"", true)]
    [InlineData("""{"id":"FOLLOW","type":"Follow","actor":"OWNER","object":"ACTOR"}""", true)]
    [InlineData("""{"type":"Follow","actor":"OWNER","object":"ACTOR"}""", true)]
    [InlineData("""{"id":"https://remote.test/rewritten","type":"Follow","actor":"OWNER","object":"ACTOR"}""", true)]
    [InlineData("""{"id":"https://remote.test/rewritten","type":"Follow","actor":"OWNER","object":"https://second.test/users/sam"}""", false)]
    [InlineData("\"https://alice.test/users/alice#follows/another\"", false)]
    public async Task An_accept_is_matched_by_id_or_by_both_ends(string inner, bool accepted)
    {
        var follow = await Ask();
        await Send("a1", "Accept", Fill(inner, follow));
        Assert.Equal(accepted, Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, Known(Rae).Id)));
    }

    [Fact]
    [Trait("Wire", "087")]
    public async Task Nobody_accepts_for_somebody_else()
    {
        var follow = await Ask();
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Send(sam, "a1", "Accept", Fill("""{"id":"FOLLOW","type":"Follow","actor":"OWNER","object":"ACTOR"}""", follow));
        Assert.False(Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, Known(Rae).Id)));
    }

    [Fact]
    [Trait("Wire", "088")]
    public async Task A_follow_that_is_sent_again_is_undone_by_its_latest_id()
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Send("f2", "Follow", Quote(Alice.Owner.Uri));
        await Send("u1", "Undo", Quote($"{Rae.Actor}/f2"));
        Assert.Equal(0, Alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    [Trait("Wire", "089")]
    [Trait("Wire", "090")]
    public async Task What_is_sent_back_stands_whole_in_the_undo_and_every_id_is_new()
    {
        await Follow(Rae);
        await Create("n1", "hi");
        var note = Find($"{Rae.Actor}/n1")!;
        Rae.Received.Clear();
        for (var i = 0; i < 2; i++)
        {
            await Alice.Get<Favouriting>().Favourite(note.Id);
            await Alice.Get<Favouriting>().Unfavourite(note.Id);
            await Alice.Get<Boosting>().Boost(note.Id);
            await Alice.Get<Boosting>().Unboost(note.Id);
            Fediverse.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await Alice.Get<Following>().Unfollow(Known(Rae).Id);
        await Alice.Get<Blocking>().Block(Known(Rae).Id);
        await Alice.Get<Blocking>().Unblock(Known(Rae).Id);
        await Fediverse.Settle();

        var undos = Rae.Received.Where(a => Text(a, "type") == "Undo").ToList();
        Assert.Equal(["Announce", "Announce", "Block", "Follow", "Like", "Like"], undos.Select(u => Text(u.GetProperty("object"), "type")).Order());
        Assert.All(undos, undo =>
        {
            var inner = undo.GetProperty("object");
            Assert.Equal(Alice.Owner.Uri, Text(inner, "actor"));
            Assert.StartsWith("https://alice.test/", Text(inner, "id"), StringComparison.Ordinal);
            Assert.Contains(Text(inner, "object"), new[] { Rae.Actor, note.Uri });
            Assert.False(inner.TryGetProperty("@context", out _));
        });
        var ids = Rae.Received.Select(a => Text(a, "id")).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    [Trait("Wire", "090")]
    [Trait("Wire", "095")]
    public async Task What_the_shared_inbox_could_not_place_is_taken_when_it_comes_to_the_owners_own()
    {
        var create = $$"""{"id":"{{Rae.Actor}}/c1","type":"Create","actor":"{{Rae.Actor}}","object":{{Note(Rae, "n1", "bcc", "")}}}""";
        await Rae.SendAndSettle(Alice, create);
        Assert.Null(Find($"{Rae.Actor}/n1"));
        for (var i = 0; i < 2; i++)
        {
            using var response = await Rae.Send(Alice, create, path: "/users/alice/inbox");
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await Fediverse.Settle();
        }
        Assert.NotNull(Find($"{Rae.Actor}/n1"));
        Assert.Equal(1, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM seen_activities")));
    }

    [Theory]
    [Trait("Wire", "091")]
    [InlineData("Follow", "OWNER")]
    [InlineData("Like", "POST")]
    [InlineData("EmojiReact", "POST")]
    [InlineData("Announce", "POST")]
    [InlineData("Block", "OWNER")]
    public async Task What_is_undone_before_it_arrives_has_no_effect(string type, string about)
    {
        var post = await Post("hi");
        var inner = about.Replace("OWNER", Alice.Owner.Uri, StringComparison.Ordinal).Replace("POST", post.Uri, StringComparison.Ordinal);
        await Send("u1", "Undo", $$"""{"id":"{{Rae.Actor}}/x1","type":"{{type}}","actor":"{{Rae.Actor}}","object":"{{inner}}"}""");
        await Send("x1", type, Quote(inner), ",\"content\":\"🔥\"");

        var (me, status) = Alice.Database.Read(c => (AccountStore.Owner(c)!, StatusStore.Find(c, post.Id)!));
        Assert.Equal((0, 0, 0), (me.FollowersCount, status.FavouritesCount, status.BoostsCount));
        Assert.False(Alice.Database.Read(c => BlockStore.Exists(c, Known(Rae).Id, me.Id)));
        Assert.Empty(Told());
        Assert.Contains("undone before", Verdicts($"{Rae.Actor}/x1")[0].Reason);

        // Another one with another id is another action.
        await Send("x2", type, Quote(inner), ",\"content\":\"🔥\"");
        Assert.Empty(Verdicts($"{Rae.Actor}/x2"));
    }

    [Fact]
    [Trait("Wire", "091")]
    public async Task Nobody_can_undo_in_advance_what_another_server_will_send()
    {
        var post = await Post("hi");
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Send(sam, "u1", "Undo", Quote($"{Rae.Actor}/l1"));
        await Send(sam, "d1", "Delete", Quote($"{Rae.Actor}/n1"));
        await Send("l1", "Like", Quote(post.Uri));
        await Follow(Rae);
        await Create("n1", "still here");
        Assert.Equal(1, Find(post.Uri)!.FavouritesCount);
        Assert.NotNull(Find($"{Rae.Actor}/n1"));
    }

    [Theory]
    [Trait("Wire", "092")]
    [InlineData("Accept")]
    [InlineData("Reject")]
    public async Task An_answer_to_nothing_is_202_and_does_nothing(string type)
    {
        foreach (var inner in new[] { Quote("https://alice.test/users/alice#follows/none"), """{"type":"Follow"}""", Quote("https://elsewhere.test/1"), "7" })
        {
            var id = Guid.NewGuid();
            var status = await Rae.SendAndSettle(Alice, $$"""{"id":"{{Rae.Actor}}/{{id}}","type":"{{type}}","actor":"{{Rae.Actor}}","object":{{inner}}}""");
            Assert.Equal(HttpStatusCode.Accepted, status);
            Assert.Contains("not known here", Assert.Single(Verdicts($"{Rae.Actor}/{id}")).Reason);
        }
        Assert.Equal(0, Alice.Database.Read(AccountStore.Owner)!.FollowingCount);
    }

    [Fact]
    [Trait("Wire", "111")]
    public async Task Two_followers_on_one_server_get_one_letter_at_its_shared_inbox()
    {
        using var neighbour = new StandIn(Fediverse, "remote.test", "nina");
        Rae.ShareWith(neighbour);
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Send(neighbour, "f1", "Follow", Quote(Alice.Owner.Uri));
        neighbour.Received.Clear();
        await Post("hello @rae@remote.test");
        await Fediverse.Settle();
        Assert.Equal("Create", Text(Assert.Single(neighbour.Received), "type"));
        Assert.Equal("POST https://remote.test/inbox", Fediverse.Requests.Last(r => r.StartsWith("POST", StringComparison.Ordinal)));
        Assert.DoesNotContain(Fediverse.Requests, r => r.StartsWith("POST https://alice.test", StringComparison.Ordinal));
    }

    private async Task<Follow> Ask()
    {
        var account = await Alice.Get<Calf.Federation.RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None);
        var follow = await Alice.Get<Following>().Follow(account.Account!.Id);
        await Fediverse.Settle();
        return follow;
    }

    private string Fill(string inner, Follow follow) => inner.Replace("FOLLOW", follow.Uri, StringComparison.Ordinal)
        .Replace("OWNER", Alice.Owner.Uri, StringComparison.Ordinal).Replace("ACTOR", Rae.Actor, StringComparison.Ordinal);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
