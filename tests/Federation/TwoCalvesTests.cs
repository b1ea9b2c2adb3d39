using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Every verb that federates, from one Calf to another, with what must not happen.</summary>
public sealed class TwoCalvesTests : IAsyncLifetime
{
    private static readonly Paging Page = new(40);

    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private CalfServer bob = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        bob = await fediverse.Join("bob.test");
    }

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Fact]
    public async Task A_follow_is_accepted_and_counted_on_both_sides()
    {
        await fediverse.Follow(bob, alice);

        Assert.True(bob.Database.Read(c => FollowStore.IsFollowing(c, bob.Owner.Id, Known(bob, alice).Id)));
        Assert.True(alice.Database.Read(c => FollowStore.IsFollowing(c, Known(alice, bob).Id, alice.Owner.Id)));
        Assert.Equal(1, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
        Assert.Equal(1, bob.Database.Read(AccountStore.Owner)!.FollowingCount);
        Assert.Equal(0, alice.Database.Read(AccountStore.Owner)!.FollowingCount);
        Assert.Equal([NotificationTypes.Follow], Told(alice));
        Assert.Empty(Told(bob));
    }

    [Fact]
    public async Task A_locked_account_decides_who_follows()
    {
        await alice.Get<ProfileEditing>().Edit(new ProfileChange(Locked: true));
        await fediverse.Follow(bob, alice);
        Assert.False(bob.Database.Read(c => FollowStore.IsFollowing(c, bob.Owner.Id, Known(bob, alice).Id)));
        Assert.Equal([NotificationTypes.FollowRequest], Told(alice));
        Assert.Equal(0, alice.Database.Read(AccountStore.Owner)!.FollowersCount);

        await alice.Get<Following>().Approve(Known(alice, bob).Id);
        await fediverse.Settle();
        Assert.True(bob.Database.Read(c => FollowStore.IsFollowing(c, bob.Owner.Id, Known(bob, alice).Id)));
        Assert.Equal([NotificationTypes.Follow], Told(alice));
    }

    [Fact]
    public async Task A_refused_request_leaves_no_follow()
    {
        await alice.Get<ProfileEditing>().Edit(new ProfileChange(Locked: true));
        await fediverse.Follow(bob, alice);
        await alice.Get<Following>().Refuse(Known(alice, bob).Id);
        await fediverse.Settle();

        Assert.Null(bob.Database.Read(c => FollowStore.Find(c, bob.Owner.Id, Known(bob, alice).Id)));
        Assert.Null(alice.Database.Read(c => FollowStore.Find(c, Known(alice, bob).Id, alice.Owner.Id)));
        Assert.Empty(Told(alice));
    }

    [Fact]
    public async Task A_post_reaches_followers_and_nobody_else()
    {
        var carol = await fediverse.Join("carol.test");
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "Hello *herd*, this is #Calf");

        var received = Find(bob, post.Uri)!;
        Assert.Equal("<p>Hello <em>herd</em>, this is <a href=\"https://alice.test/tags/calf\" class=\"mention hashtag\" rel=\"nofollow noopener\" target=\"_blank\">#<span>Calf</span></a></p>", received.Content);
        Assert.Equal(Visibility.Public, received.Visibility);
        Assert.Equal(post.CreatedAt, received.CreatedAt);
        Assert.Equal([received.Id], Home(bob));
        Assert.Null(Find(carol, post.Uri));
        Assert.Empty(Told(bob));
    }

    [Fact]
    public async Task A_direct_post_reaches_the_mentioned_only()
    {
        var carol = await fediverse.Join("carol.test");
        await fediverse.Follow(bob, alice);
        await fediverse.Follow(carol, alice);
        var post = await Post(alice, "psst @bob@bob.test", Visibility.Direct);

        Assert.Equal(Visibility.Direct, Find(bob, post.Uri)!.Visibility);
        Assert.Contains(NotificationTypes.Mention, Told(bob));
        Assert.Null(Find(carol, post.Uri));
    }

    [Fact]
    public async Task A_followers_only_post_cannot_be_boosted_by_others()
    {
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "for friends", Visibility.Private);
        var received = Find(bob, post.Uri)!;
        Assert.Equal(Visibility.Private, received.Visibility);
        await Assert.ThrowsAsync<Calf.Federation.ActionException>(() => bob.Get<Boosting>().Boost(received.Id));
    }

    [Fact]
    public async Task A_reply_reaches_the_author_as_a_mention_and_hangs_in_the_thread()
    {
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "What do calves eat?");
        var reply = await bob.Get<Posting>().Post(new NewStatus("@alice@alice.test grass", Visibility.Public, InReplyToId: Find(bob, post.Uri)!.Id));
        await fediverse.Settle();

        var received = Find(alice, reply.Uri)!;
        Assert.Equal(post.Id, received.InReplyToId);
        Assert.Equal(1, Find(alice, post.Uri)!.RepliesCount);
        Assert.Equal([received.Id], alice.Database.Read(c => ThreadStore.Descendants(c, post)).Select(s => s.Id));
        Assert.Contains(NotificationTypes.Mention, Told(alice));
    }

    [Fact]
    public async Task A_favourite_is_counted_told_and_taken_back()
    {
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "Like me");
        var seen = Find(bob, post.Uri)!;
        await bob.Get<Favouriting>().Favourite(seen.Id);
        await bob.Get<Favouriting>().Favourite(seen.Id);
        await fediverse.Settle();
        Assert.Equal(1, Find(alice, post.Uri)!.FavouritesCount);
        Assert.Contains(NotificationTypes.Favourite, Told(alice));

        await bob.Get<Favouriting>().Unfavourite(seen.Id);
        await fediverse.Settle();
        Assert.Equal(0, Find(alice, post.Uri)!.FavouritesCount);
        Assert.DoesNotContain(NotificationTypes.Favourite, Told(alice));
    }

    [Fact]
    public async Task A_boost_is_counted_told_and_taken_back()
    {
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "Boost me");
        var seen = Find(bob, post.Uri)!;
        await bob.Get<Boosting>().Boost(seen.Id);
        await fediverse.Settle();
        Assert.Equal(1, Find(alice, post.Uri)!.BoostsCount);
        Assert.Contains(NotificationTypes.Boost, Told(alice));

        await bob.Get<Boosting>().Unboost(seen.Id);
        await fediverse.Settle();
        Assert.Equal(0, Find(alice, post.Uri)!.BoostsCount);
        Assert.DoesNotContain(NotificationTypes.Boost, Told(alice));
    }

    [Fact]
    public async Task A_boosted_post_of_a_third_is_fetched_from_its_origin()
    {
        var carol = await fediverse.Join("carol.test");
        await fediverse.Follow(bob, alice);
        await fediverse.Follow(alice, carol);
        var post = await Post(carol, "from afar");
        await alice.Get<Boosting>().Boost(Find(alice, post.Uri)!.Id);
        await fediverse.Settle();

        var fetched = Find(bob, post.Uri)!;
        Assert.Equal("<p>from afar</p>", fetched.Content);
        var boost = Assert.Single(Home(bob));
        Assert.Equal(fetched.Id, bob.Database.Read(c => StatusStore.Find(c, boost))!.BoostOfId);
        Assert.Contains("GET " + post.Uri, fediverse.Requests);
    }

    [Fact]
    public async Task An_edit_replaces_the_text_and_keeps_the_earlier_one()
    {
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "Calfs");
        fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.Get<Editing>().Edit(post.Id, new StatusChange("Calves"));
        await fediverse.Settle();

        var edited = Find(bob, post.Uri)!;
        Assert.Equal("<p>Calves</p>", edited.Content);
        Assert.NotNull(edited.EditedAt);
        Assert.Equal(["<p>Calfs</p>"], bob.Database.Read(c => StatusStore.History(c, edited.Id)).Select(e => e.Content));
    }

    [Fact]
    public async Task A_deleted_post_is_gone_everywhere_and_does_not_come_back()
    {
        await fediverse.Follow(bob, alice);
        var post = await Post(alice, "Oops");
        await alice.Get<Deleting>().Delete(post.Id);
        await fediverse.Settle();

        Assert.Null(Find(alice, post.Uri));
        Assert.Null(Find(bob, post.Uri));
        Assert.Empty(Home(bob));
        Assert.NotNull(bob.Database.Read(c => Tombstones.Find(c, post.Uri)));
    }

    [Fact]
    public async Task After_an_unfollow_nothing_arrives_and_home_is_empty()
    {
        await fediverse.Follow(bob, alice);
        await Post(alice, "one");
        await bob.Get<Following>().Unfollow(Known(bob, alice).Id);
        await fediverse.Settle();
        var later = await Post(alice, "two");

        Assert.Empty(Home(bob));
        Assert.Null(Find(bob, later.Uri));
        Assert.Equal(0, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    public async Task A_block_ends_both_follows_and_lets_nothing_in()
    {
        await fediverse.Follow(bob, alice);
        await fediverse.Follow(alice, bob);
        await alice.Get<Blocking>().Block(Known(alice, bob).Id);
        await fediverse.Settle();

        Assert.False(alice.Database.Read(c => FollowStore.IsFollowing(c, Known(alice, bob).Id, alice.Owner.Id)));
        Assert.False(bob.Database.Read(c => FollowStore.IsFollowing(c, bob.Owner.Id, Known(bob, alice).Id)));
        Assert.True(bob.Database.Read(c => BlockStore.Exists(c, Known(bob, alice).Id, bob.Owner.Id)));

        var rude = await Post(bob, "@alice@alice.test hey");
        Assert.Null(Find(alice, rude.Uri));
        Assert.DoesNotContain(NotificationTypes.Mention, Told(alice));
    }

    [Fact]
    public async Task A_muted_account_is_neither_seen_nor_told_of_and_does_not_learn_it()
    {
        await fediverse.Follow(alice, bob);
        await alice.Get<Muting>().Mute(Known(alice, bob).Id);
        var before = fediverse.Requests.Count(r => r.Contains("alice.test"));
        await Post(bob, "loud @alice@alice.test");

        Assert.Empty(Home(alice));
        Assert.Empty(Told(alice));
        Assert.True(bob.Database.Read(c => FollowStore.IsFollowing(c, Known(bob, alice).Id, bob.Owner.Id)));
        Assert.True(fediverse.Requests.Count(r => r.Contains("alice.test")) > before);
    }

    [Fact]
    public async Task A_profile_edit_reaches_the_followers()
    {
        await fediverse.Follow(bob, alice);
        await alice.Get<ProfileEditing>().Edit(new ProfileChange(DisplayName: "Alice <b>A</b>", Note: "I like **grass**", Fields: [("Site", "https://alice.test")]));
        await fediverse.Settle();

        var seen = Known(bob, alice);
        Assert.Equal("<p>I like <strong>grass</strong></p>", seen.Note);
        Assert.Equal("Alice <b>A</b>", seen.DisplayName);
        Assert.Equal("Site", Assert.Single(seen.Fields).Name);
    }

    [Fact]
    public async Task A_post_from_a_blocked_domain_is_refused_with_a_verdict()
    {
        await fediverse.Follow(alice, bob);
        await alice.Get<DomainBlocking>().Block("bob.test");
        var post = await Post(bob, "let me in @alice@alice.test");

        Assert.Null(Find(alice, post.Uri));
        var verdict = alice.Database.Read(c => Calf.Federation.Inbox.VerdictStore.About(c, post.Uri))[0];
        Assert.Equal(403, verdict.Status);
        Assert.Contains("bob.test", verdict.Reason);
    }

    [Fact]
    public async Task A_post_survives_a_retry_with_the_same_idempotency_key_as_one()
    {
        var first = await alice.Get<Posting>().Post(new NewStatus("once", Visibility.Public, IdempotencyKey: "k"));
        var second = await alice.Get<Posting>().Post(new NewStatus("once", Visibility.Public, IdempotencyKey: "k"));
        Assert.Equal(first.Id, second.Id);
        Assert.Single(Home(alice));
    }

    private async Task<Status> Post(CalfServer who, string text, Visibility visibility = Visibility.Public)
    {
        var status = await who.Get<Posting>().Post(new NewStatus(text, visibility));
        await fediverse.Settle();
        return status;
    }

    private static Account Known(CalfServer who, CalfServer whom) => who.Database.Read(c => AccountStore.FindByUri(c, whom.Owner.Uri))!;

    private static Status? Find(CalfServer who, string uri) => who.Database.Read(c => StatusStore.FindByUri(c, uri));

    private static List<long> Home(CalfServer who) => who.Database.Read(c => TimelineStore.Home(c, Page, who.Get<TimeProvider>().GetUtcNow()));

    private static List<string> Told(CalfServer who) =>
        [.. who.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, Page)).Select(n => n.Type)];
}
