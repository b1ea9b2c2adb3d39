using Calf.Accounts;
using Calf.Follows;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>What activities of other servers do, in the shapes and orders in which they come.</summary>
public sealed class HandlerTests : RemoteWorld
{
    [Fact]
    [Trait("Wire", "088")]
    public async Task A_repeated_follow_is_accepted_again_under_its_new_id()
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Send("f2", "Follow", Quote(Alice.Owner.Uri));
        Assert.Equal(2, Rae.Received.Count(a => a.GetProperty("type").GetString() == "Accept"));
        Assert.Equal($"{Rae.Actor}/f2", Alice.Database.Read(c => FollowStore.Find(c, Known(Rae).Id, Alice.Owner.Id))!.Uri);
        Assert.Equal(1, Alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    [Trait("Wire", "087")]
    public async Task The_accept_embeds_the_follow_with_its_id()
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        var accept = Assert.Single(Rae.Received);
        Assert.Equal($"{Rae.Actor}/f1", accept.GetProperty("object").GetProperty("id").GetString());
        Assert.Equal(Rae.Actor, accept.GetProperty("object").GetProperty("actor").GetString());
    }

    [Theory]
    [InlineData("""{"id":"ACTOR/f1","type":"Follow","actor":"ACTOR","object":"OWNER"}""")]
    [InlineData("""{"type":"Follow","object":"OWNER"}""")]
    [InlineData("\"ACTOR/f1\"")]
    [Trait("Wire", "089")]
    public async Task An_undo_is_understood_whole_in_part_and_bare(string inner)
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Send("u1", "Undo", inner.Replace("ACTOR", Rae.Actor, StringComparison.Ordinal).Replace("OWNER", Alice.Owner.Uri, StringComparison.Ordinal));
        Assert.False(Alice.Database.Read(c => FollowStore.IsFollowing(c, Known(Rae).Id, Alice.Owner.Id)));
        Assert.Equal(0, Alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    [Trait("Wire", "091")]
    public async Task A_like_that_was_undone_before_it_arrived_does_not_count()
    {
        var post = await Post("hi");
        await Send("u1", "Undo", $$"""{"id":"{{Rae.Actor}}/l1","type":"Like","actor":"{{Rae.Actor}}","object":"{{post.Uri}}"}""");
        await Send("l1", "Like", Quote(post.Uri));
        Assert.Equal(0, Alice.Database.Read(c => StatusStore.Find(c, post.Id))!.FavouritesCount);
    }

    [Fact]
    [Trait("Wire", "092")]
    public async Task A_reject_after_an_accept_ends_the_follow()
    {
        var follow = await Follow(Rae);
        await Send("r1", "Reject", Quote(follow.Uri));
        Assert.Null(Alice.Database.Read(c => FollowStore.Find(c, Alice.Owner.Id, Known(Rae).Id)));
    }

    [Fact]
    [Trait("Wire", "092")]
    public async Task An_accept_of_a_follow_that_was_never_sent_does_nothing()
    {
        await Send("a1", "Accept", $$"""{"id":"https://alice.test/x","type":"Follow","actor":"{{Alice.Owner.Uri}}","object":"{{Rae.Actor}}"}""");
        Assert.Null(Alice.Database.Read(c => FollowStore.Find(c, Alice.Owner.Id, Known(Rae).Id)));
        Assert.Contains("not known", Assert.Single(Verdicts()).Reason);
    }

    [Fact]
    [Trait("Wire", "094")]
    public async Task A_post_that_nobody_asked_for_is_dropped_with_a_reason()
    {
        await Create("n1", "unasked");
        Assert.Null(Find($"{Rae.Actor}/n1"));
        Assert.Contains("do not follow", Assert.Single(Verdicts($"{Rae.Actor}/n1")).Reason);
    }

    [Fact]
    public async Task A_post_of_a_followed_account_goes_home_sanitised()
    {
        await Follow(Rae);
        await Create("n1", "<p>hi <script>alert(1)</script><img src=x onerror=y><b>you</b></p>");
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.DoesNotContain("script", status.Content);
        Assert.DoesNotContain("img", status.Content);
        Assert.Equal([status.Id], Alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_boost_that_comes_together_with_its_post_counts(bool followed)
    {
        var post = await Post("hi");
        if (followed) await Follow(Rae);
        await Rae.Send(Alice, $$"""
            {"id":"{{Rae.Actor}}/n1/create","type":"Create","actor":"{{Rae.Actor}}",
             "object":{"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"{{Rae.Actor}}","content":"hello","to":["{{Public}}"],"inReplyTo":"{{post.Uri}}"} }
            """);
        await Rae.Send(Alice, $$"""{"id":"{{Rae.Actor}}/b1","type":"Announce","actor":"{{Rae.Actor}}","object":"{{Rae.Actor}}/n1","to":["{{Public}}"]}""");
        await Fediverse.Settle();
        Assert.Equal(1, Find($"{Rae.Actor}/n1")!.BoostsCount);
    }

    [Fact]
    [Trait("Wire", "093")]
    public async Task An_object_that_names_another_author_is_not_believed()
    {
        await Follow(Rae);
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        var note = $$"""{"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"https://remote.test/users/somebody","content":"x","to":["{{Public}}"]}""";
        await Send("c1", "Create", note);
        Assert.Null(Find($"{Rae.Actor}/n1"));
    }

    [Fact]
    [Trait("Wire", "098")]
    public async Task A_deleted_post_stays_out_when_its_create_comes_late()
    {
        await Follow(Rae);
        await Send("d1", "Delete", $$"""{"id":"{{Rae.Actor}}/n1","type":"Tombstone"}""");
        await Create("n1", "late");
        Assert.Null(Find($"{Rae.Actor}/n1"));
    }

    [Fact]
    [Trait("Wire", "098")]
    public async Task Nobody_deletes_another_ones_post()
    {
        var post = await Post("mine");
        await Send("d1", "Delete", Quote(post.Uri));
        Assert.NotNull(Alice.Database.Read(c => StatusStore.Find(c, post.Id)));
    }

    [Fact]
    [Trait("Wire", "099")]
    public async Task Nobody_changes_another_ones_post()
    {
        var post = await Post("mine");
        await Send("e1", "Update", $$"""{"id":"{{post.Uri}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"yours","updated":"2026-11-02T00:00:00Z"}""");
        Assert.Equal("<p>mine</p>", Alice.Database.Read(c => StatusStore.Find(c, post.Id))!.Content);
    }

    [Fact]
    [Trait("Wire", "095")]
    public async Task A_post_that_came_to_the_personal_inbox_makes_a_silent_recipient()
    {
        var note = $$"""{"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"{{Rae.Actor}}","content":"bcc","to":[]}""";
        using var response = await Rae.Send(Alice, $$"""{"id":"{{Rae.Actor}}/c1","type":"Create","actor":"{{Rae.Actor}}","object":{{note}}}""", path: "/users/alice/inbox");
        await Fediverse.Settle();
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.Equal(Visibility.Direct, status.Visibility);
        Assert.True(Alice.Database.Read(c => StatusParts.IsMentioned(c, status.Id, Alice.Owner.Id)));
        Assert.Empty(Alice.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, new Paging(10))));
    }

    [Fact]
    public async Task A_like_from_an_account_that_may_not_see_the_post_is_ignored()
    {
        var post = await Post("secret", Visibility.Private);
        await Send("l1", "Like", Quote(post.Uri));
        Assert.Equal(0, Alice.Database.Read(c => StatusStore.Find(c, post.Id))!.FavouritesCount);
    }

    [Fact]
    public async Task A_question_is_kept_with_its_options_and_an_update_counts_without_an_edit()
    {
        await Follow(Rae);
        string Question(int votes) => $$$"""{"id":"{{{Rae.Actor}}}/q1","type":"Question","attributedTo":"{{{Rae.Actor}}}","content":"Which?","to":["{{{Public}}}"],"endTime":"2026-11-09T00:00:00Z","oneOf":[{"type":"Note","name":"hay","replies":{"totalItems":{{{votes}}}}},{"type":"Note","name":"grass","replies":{"totalItems":0}}],"votersCount":{{{votes}}}}""";
        await Send("c1", "Create", Question(1));
        await Send("u1", "Update", Question(5));
        var status = Find($"{Rae.Actor}/q1")!;
        var poll = Alice.Database.Read(c => PollStore.Find(c, status.Id))!;
        Assert.Equal([new PollOption("hay", 5), new PollOption("grass", 0)], poll.Options);
        Assert.Null(status.EditedAt);
    }

    [Fact]
    public async Task An_article_reads_as_title_and_link()
    {
        await Follow(Rae);
        await Send("c1", "Create", $$"""{"id":"{{Rae.Actor}}/a1","type":"Article","name":"On grass","url":"https://remote.test/grass","summary":"It is green","attributedTo":"{{Rae.Actor}}","content":"long","to":["{{Public}}"]}""");
        var status = Find($"{Rae.Actor}/a1")!;
        Assert.Contains("On grass", status.Content);
        Assert.Contains("https://remote.test/grass", status.Content);
        Assert.Equal("", status.SpoilerText);
    }

    [Theory]
    [InlineData("Arrive")]
    [InlineData("Nonsense")]
    [Trait("Wire", "110")]
    public async Task Unknown_types_pass_without_harm(string type)
    {
        await Send("x1", type, Quote("ap://somewhere/else"));
        Assert.Contains(type, Assert.Single(Verdicts()).Reason);
    }
}
