using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>What activities of other servers do, in the shapes and orders in which they come.</summary>
public sealed class HandlerTests : IAsyncLifetime
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
    public async Task Wire_088_A_repeated_follow_is_accepted_again_under_its_new_id()
    {
        await Send("f1", "Follow", Quote(alice.Owner.Uri));
        await Send("f2", "Follow", Quote(alice.Owner.Uri));
        Assert.Equal(2, rae.Received.Count(a => a.GetProperty("type").GetString() == "Accept"));
        Assert.Equal($"{rae.Actor}/f2", alice.Database.Read(c => FollowStore.Find(c, Rae().Id, alice.Owner.Id))!.Uri);
        Assert.Equal(1, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    public async Task Wire_087_The_accept_embeds_the_follow_with_its_id()
    {
        await Send("f1", "Follow", Quote(alice.Owner.Uri));
        var accept = Assert.Single(rae.Received);
        Assert.Equal($"{rae.Actor}/f1", accept.GetProperty("object").GetProperty("id").GetString());
        Assert.Equal(rae.Actor, accept.GetProperty("object").GetProperty("actor").GetString());
    }

    [Theory]
    [InlineData("""{"id":"ACTOR/f1","type":"Follow","actor":"ACTOR","object":"OWNER"}""")]
    [InlineData("""{"type":"Follow","object":"OWNER"}""")]
    [InlineData("\"ACTOR/f1\"")]
    public async Task Wire_089_An_undo_is_understood_whole_in_part_and_bare(string inner)
    {
        await Send("f1", "Follow", Quote(alice.Owner.Uri));
        await Send("u1", "Undo", inner.Replace("ACTOR", rae.Actor, StringComparison.Ordinal).Replace("OWNER", alice.Owner.Uri, StringComparison.Ordinal));
        Assert.False(alice.Database.Read(c => FollowStore.IsFollowing(c, Rae().Id, alice.Owner.Id)));
        Assert.Equal(0, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    public async Task Wire_091_A_like_that_was_undone_before_it_arrived_does_not_count()
    {
        var post = await alice.Get<Posting>().Post(new NewStatus("hi", Visibility.Public));
        await Send("u1", "Undo", $$"""{"id":"{{rae.Actor}}/l1","type":"Like","actor":"{{rae.Actor}}","object":"{{post.Uri}}"}""");
        await Send("l1", "Like", Quote(post.Uri));
        Assert.Equal(0, alice.Database.Read(c => StatusStore.Find(c, post.Id))!.FavouritesCount);
    }

    [Fact]
    public async Task Wire_092_A_reject_after_an_accept_ends_the_follow()
    {
        var follow = await FollowRae();
        await Send("r1", "Reject", Quote(follow.Uri));
        Assert.Null(alice.Database.Read(c => FollowStore.Find(c, alice.Owner.Id, Rae().Id)));
    }

    [Fact]
    public async Task Wire_092_An_accept_of_a_follow_that_was_never_sent_does_nothing()
    {
        await Send("a1", "Accept", $$"""{"id":"https://alice.test/x","type":"Follow","actor":"{{alice.Owner.Uri}}","object":"{{rae.Actor}}"}""");
        Assert.Null(alice.Database.Read(c => FollowStore.Find(c, alice.Owner.Id, Rae().Id)));
        Assert.Contains("not known", Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 5))).Reason);
    }

    [Fact]
    public async Task Wire_094_A_post_that_nobody_asked_for_is_dropped_with_a_reason()
    {
        await Create("n1", "unasked", $"\"{Public}\"");
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1")));
        Assert.Contains("do not follow", Assert.Single(alice.Database.Read(c => VerdictStore.About(c, $"{rae.Actor}/n1"))).Reason);
    }

    [Fact]
    public async Task A_post_of_a_followed_account_goes_home_sanitised()
    {
        await FollowRae();
        await Create("n1", "<p>hi <script>alert(1)</script><img src=x onerror=y><b>you</b></p>", $"\"{Public}\"");
        var status = alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1"))!;
        Assert.DoesNotContain("script", status.Content);
        Assert.DoesNotContain("img", status.Content);
        Assert.Equal([status.Id], alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_boost_that_comes_together_with_its_post_counts(bool followed)
    {
        var post = await alice.Get<Posting>().Post(new NewStatus("hi", Visibility.Public));
        if (followed) await FollowRae();
        await rae.Send(alice, $$"""
            {"id":"{{rae.Actor}}/n1/create","type":"Create","actor":"{{rae.Actor}}",
             "object":{"id":"{{rae.Actor}}/n1","type":"Note","attributedTo":"{{rae.Actor}}","content":"hello","to":["{{Public}}"],"inReplyTo":"{{post.Uri}}"} }
            """);
        await rae.Send(alice, $$"""{"id":"{{rae.Actor}}/b1","type":"Announce","actor":"{{rae.Actor}}","object":"{{rae.Actor}}/n1","to":["{{Public}}"]}""");
        await fediverse.Settle();
        Assert.Equal(1, alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1"))!.BoostsCount);
    }

    [Fact]
    public async Task Wire_093_An_object_that_names_another_author_is_not_believed()
    {
        await FollowRae();
        using var sam = new StandIn(fediverse, "second.test", "sam");
        var note = $$"""{"id":"{{rae.Actor}}/n1","type":"Note","attributedTo":"https://remote.test/users/somebody","content":"x","to":["{{Public}}"]}""";
        await Send("c1", "Create", note);
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1")));
    }

    [Fact]
    public async Task Wire_098_A_deleted_post_stays_out_when_its_create_comes_late()
    {
        await FollowRae();
        await Send("d1", "Delete", $$"""{"id":"{{rae.Actor}}/n1","type":"Tombstone"}""");
        await Create("n1", "late", $"\"{Public}\"");
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1")));
    }

    [Fact]
    public async Task Wire_098_Nobody_deletes_another_ones_post()
    {
        var post = await alice.Get<Posting>().Post(new NewStatus("mine", Visibility.Public));
        await Send("d1", "Delete", Quote(post.Uri));
        Assert.NotNull(alice.Database.Read(c => StatusStore.Find(c, post.Id)));
    }

    [Fact]
    public async Task Wire_099_Nobody_changes_another_ones_post()
    {
        var post = await alice.Get<Posting>().Post(new NewStatus("mine", Visibility.Public));
        await Send("e1", "Update", $$"""{"id":"{{post.Uri}}","type":"Note","attributedTo":"{{rae.Actor}}","content":"yours","updated":"2026-11-02T00:00:00Z"}""");
        Assert.Equal("<p>mine</p>", alice.Database.Read(c => StatusStore.Find(c, post.Id))!.Content);
    }

    [Fact]
    public async Task Wire_095_A_post_that_came_to_the_personal_inbox_makes_a_silent_recipient()
    {
        var note = $$"""{"id":"{{rae.Actor}}/n1","type":"Note","attributedTo":"{{rae.Actor}}","content":"bcc","to":[]}""";
        using var response = await rae.Send(alice, $$"""{"id":"{{rae.Actor}}/c1","type":"Create","actor":"{{rae.Actor}}","object":{{note}}}""", path: "/users/alice/inbox");
        await fediverse.Settle();
        var status = alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1"))!;
        Assert.Equal(Visibility.Direct, status.Visibility);
        Assert.True(alice.Database.Read(c => StatusParts.IsMentioned(c, status.Id, alice.Owner.Id)));
        Assert.Empty(alice.Database.Read(c => NotificationStore.All(c, [], [], null, new Paging(10))));
    }

    [Fact]
    public async Task A_like_from_an_account_that_may_not_see_the_post_is_ignored()
    {
        var post = await alice.Get<Posting>().Post(new NewStatus("secret", Visibility.Private));
        await Send("l1", "Like", Quote(post.Uri));
        Assert.Equal(0, alice.Database.Read(c => StatusStore.Find(c, post.Id))!.FavouritesCount);
    }

    [Fact]
    public async Task A_question_is_kept_with_its_options_and_an_update_counts_without_an_edit()
    {
        await FollowRae();
        string Question(int votes) => $$$"""{"id":"{{{rae.Actor}}}/q1","type":"Question","attributedTo":"{{{rae.Actor}}}","content":"Which?","to":["{{{Public}}}"],"endTime":"2026-11-09T00:00:00Z","oneOf":[{"type":"Note","name":"hay","replies":{"totalItems":{{{votes}}}}},{"type":"Note","name":"grass","replies":{"totalItems":0}}],"votersCount":{{{votes}}}}""";
        await Send("c1", "Create", Question(1));
        await Send("u1", "Update", Question(5));
        var status = alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/q1"))!;
        var poll = alice.Database.Read(c => StatusParts.Polls(c, [status.Id]))[status.Id];
        Assert.Equal([new PollOption("hay", 5), new PollOption("grass", 0)], poll.Options);
        Assert.Null(status.EditedAt);
    }

    [Fact]
    public async Task An_article_reads_as_title_and_link()
    {
        await FollowRae();
        await Send("c1", "Create", $$"""{"id":"{{rae.Actor}}/a1","type":"Article","name":"On grass","url":"https://remote.test/grass","summary":"It is green","attributedTo":"{{rae.Actor}}","content":"long","to":["{{Public}}"]}""");
        var status = alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/a1"))!;
        Assert.Contains("On grass", status.Content);
        Assert.Contains("https://remote.test/grass", status.Content);
        Assert.Equal("", status.SpoilerText);
    }

    [Theory]
    [InlineData("Arrive")]
    [InlineData("Nonsense")]
    public async Task Wire_110_Unknown_types_pass_without_harm(string type)
    {
        await Send("x1", type, Quote("ap://somewhere/else"));
        Assert.Contains(type, Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 5))).Reason);
    }

    private async Task<Follow> FollowRae()
    {
        var account = await alice.Get<Calf.Federation.RemoteAccounts>().Fetch(rae.Actor, CancellationToken.None);
        var follow = await alice.Get<Following>().Follow(account.Account!.Id);
        await fediverse.Settle();
        await Send("accept", "Accept", Quote(follow.Uri));
        Assert.True(alice.Database.Read(c => FollowStore.IsFollowing(c, alice.Owner.Id, account.Account.Id)));
        return follow;
    }

    private Account Rae() => alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor))!;

    private Task Create(string id, string content, string to) => Send($"{id}/create", "Create",
        $$"""{"id":"{{rae.Actor}}/{{id}}","type":"Note","attributedTo":"{{rae.Actor}}","content":{{System.Text.Json.JsonSerializer.Serialize(content, TestJson.Default.String)}},"to":[{{to}}]}""");

    private Task Send(string id, string type, string inner) =>
        rae.SendAndSettle(alice, $$"""{"id":"{{rae.Actor}}/{{id}}","type":"{{type}}","actor":"{{rae.Actor}}","object":{{inner}}}""");

    private static string Quote(string text) => $"\"{text}\"";
}
