using Calf.Federation;
using Calf.Federation.Conversations;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Mastodon;
using Calf.Mastodon.Streaming;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>The owner is told of every new reply in a thread that they follow, once, and of nothing that was there before.</summary>
public sealed class ThreadFollowTests : RemoteWorld
{
    private StandIn sam = null!;
    private Status root = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        sam = new StandIn(Fediverse, "second.test", "sam");
        root = await Fetched(Rae, "n1", null);
    }

    [Fact]
    public async Task A_reply_that_is_delivered_is_told_as_status_and_streamed_and_once()
    {
        await Follow();
        await Alice.Get<StreamHub>().StartAsync(Cancel);
        using var listener = Alice.Get<StreamHub>().Listen(new Caller(1, 7, true, "read"));
        listener.Subscribe("user:notification", null, null);
        await Reply(sam, "a1", root.Uri);

        var told = Assert.Single(Told());
        Assert.Equal((NotificationTypes.Status, Find($"{sam.Actor}/a1")!.Id), (told.Type, told.StatusId!.Value));
        Assert.Equal("notification", (await listener.Events.ReadAsync(Cancel)).Event.Type);
        await Reply(sam, "a1", root.Uri, "again");
        Assert.Single(Told());
        // A reply to the reply, by somebody who is followed by nobody here, comes too.
        await Reply(Rae, "b1", $"{sam.Actor}/a1");
        Assert.Equal(2, Told().Count);
        await Alice.Get<StreamHub>().StopAsync(Cancel);
    }

    [Fact]
    public async Task Without_following_such_a_reply_is_not_even_taken()
    {
        await Reply(sam, "a1", root.Uri);
        Assert.Null(Find($"{sam.Actor}/a1"));
        await Follow();
        await Alice.Get<ThreadFollowing>().Unfollow(root.Id);
        await Reply(sam, "a2", root.Uri);
        Assert.Null(Find($"{sam.Actor}/a2"));
        Assert.Empty(Told());
    }

    [Fact]
    public async Task What_completing_the_thread_brings_is_told_when_it_is_newer_than_the_following()
    {
        var before = Fediverse.Time.GetUtcNow().AddHours(-1);
        await Follow();
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Fetched(sam, "old", root.Uri, before);
        Assert.Empty(Told());
        var late = await Fetched(sam, "new", root.Uri, Fediverse.Time.GetUtcNow());
        Assert.Equal([late.Id], Told().Select(n => n.StatusId!.Value));
    }

    [Fact]
    public async Task A_followed_thread_is_looked_through_however_long_it_was_quiet()
    {
        await Follow();
        await Days(20);
        Rae.Serve(root.Uri, Note(Rae, "n1", "n1")[..^1] + $$""","replies":{"type":"Collection","items":["{{sam.Actor}}/late"]} }""");
        sam.Serve($"{sam.Actor}/late", Note(sam, "late", "late")[..^1] + $$""","inReplyTo":"{{root.Uri}}","published":"{{Fediverse.Time.GetUtcNow():O}}" }""");
        await Days(6);
        Assert.Equal([Find($"{sam.Actor}/late")!.Id], Told().Select(n => n.StatusId!.Value));

        // Not so when it is followed no more.
        await Alice.Get<ThreadFollowing>().Unfollow(root.Id);
        await Days(9);
        var asked = Fediverse.Requests.Count;
        await Days(20);
        Assert.Equal(asked, Fediverse.Requests.Count);

        async Task Days(int count)
        {
            for (var day = 0; day < count; day++)
            {
                await Alice.Get<ThreadWorker>().Step(Cancel);
                Fediverse.Time.Advance(TimeSpan.FromDays(1));
            }
        }
    }

    [Fact]
    public async Task The_conversation_leads_a_reply_home_whose_parent_is_not_here()
    {
        var named = await Fetched(Rae, "n2", null, conversation: "tag:remote.test,2026:c2");
        await Alice.Get<ThreadFollowing>().Follow(named.Id);
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Fetched(sam, "deep", $"{sam.Actor}/missing", Fediverse.Time.GetUtcNow(), "tag:remote.test,2026:c2");
        await Fetched(sam, "other", $"{sam.Actor}/missing", Fediverse.Time.GetUtcNow(), "tag:remote.test,2026:c3");
        Assert.Equal([Find($"{sam.Actor}/deep")!.Id], Told().Select(n => n.StatusId!.Value));
        Assert.Equal([named.Id], Alice.Database.Read(c => ThreadFollowStore.Among(c, [named.Id, root.Id])));
        await Alice.Get<ThreadFollowing>().Unfollow(Find($"{sam.Actor}/deep")!.Id);
        Assert.Empty(Alice.Database.Read(c => ThreadFollowStore.Among(c, [named.Id])));
    }

    [Fact]
    public async Task The_muted_the_blocked_and_the_owner_are_not_told_of()
    {
        await Fetched(sam, "known", null);
        await Follow();
        await Alice.Get<Muting>().Mute(Known(sam).Id, notifications: false);
        await Reply(sam, "a1", root.Uri);
        await Alice.Get<Muting>().Unmute(Known(sam).Id);
        await Alice.Database.Write(c => BlockStore.Add(c, Alice.Owner.Id, Known(sam).Id, "https://alice.test/b", Fediverse.Time.GetUtcNow()));
        await Reply(sam, "a2", root.Uri);
        await Alice.Get<Posting>().Post(new NewStatus("Mine", Visibility.Public, InReplyToId: root.Id));
        Assert.Empty(Told());
    }

    [Fact]
    public async Task A_mention_is_a_mention_and_nothing_besides()
    {
        await Follow();
        await Reply(sam, "a1", root.Uri, more: $$""","tag":[{"type":"Mention","href":"{{Alice.Owner.Uri}}"}]""");
        Assert.Equal([NotificationTypes.Mention], Told().Select(n => n.Type));
    }

    [Fact]
    public async Task A_thread_is_followed_or_muted_not_both()
    {
        await Follow();
        await Alice.Get<Muting>().MuteConversation(root.Id);
        Assert.Null(Alice.Database.Read(c => ThreadFollowStore.Since(c, root)));
        await Follow();
        Assert.False(Alice.Database.Read(c => ConversationMutes.Covers(c, root.Id)));
    }

    private Task Follow() => Alice.Get<ThreadFollowing>().Follow(root.Id);

    private Task Reply(StandIn who, string id, string parent, string activity = "create", string more = "") =>
        Send(who, $"{id}/{activity}", "Create", Note(who, id, id)[..^1] + $""","inReplyTo":"{parent}"{more}""" + "}");

    /// <summary>Looked at by the owner or while a thread is completed, not delivered.</summary>
    private async Task<Status> Fetched(StandIn who, string id, string? parent, DateTimeOffset? published = null, string? conversation = null)
    {
        who.Serve($"{who.Actor}/{id}", Note(who, id, id)[..^1]
            + (parent is null ? "" : $""","inReplyTo":"{parent}" """) + (published is null ? "" : $""","published":"{published:O}" """)
            + (conversation is null ? "" : $""","conversation":"{conversation}" """) + "}");
        return (await Alice.Get<RemoteStatuses>().Fetch($"{who.Actor}/{id}", Cancel)).Status!;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
