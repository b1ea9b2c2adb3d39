using System.Text.Json;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Relays in the two ways that there are. Rae is somebody on a third server whose posts the relay brings.</summary>
public sealed class RelayTests : RemoteWorld
{
    private const string Instance = "https://alice.test/actor";
    private const string Inbox = "https://relay.test/inbox";

    private StandIn relay = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        relay = new StandIn(Fediverse, "relay.test", "relay");
        relay.Describe("Application");
        Rae.Serve($"{Rae.Actor}/n1", Note(Rae, "n1", "news"));
    }

    [Fact]
    [Trait("Wire", "094")]
    public async Task In_Mastodons_way_everybody_is_followed_through_the_relays_inbox()
    {
        await Alice.Get<Relaying>().Add(Inbox, CancellationToken.None);
        await Fediverse.Settle();
        var follow = Assert.Single(relay.Received);
        Assert.Equal(("Follow", Instance, Public), (Type(follow), follow.GetProperty("actor").GetString(), follow.GetProperty("object").GetString()));
        Assert.Contains($"{Instance}#main-key", relay.Signatures[0]);
        Assert.Equal(RelayState.Asked, State());

        await Send(relay, "a1", "Accept", follow.GetRawText());
        Assert.Equal(RelayState.Accepted, State());
    }

    [Fact]
    public async Task In_LitePubs_way_the_relay_is_followed_and_follows_back()
    {
        await Alice.Get<Relaying>().Add(relay.Actor, CancellationToken.None);
        await Fediverse.Settle();
        var follow = Assert.Single(relay.Received);
        Assert.Equal(relay.Actor, follow.GetProperty("object").GetString());
        await Send(relay, "a1", "Accept", follow.GetRawText());
        await Send(relay, "f1", "Follow", Quote(Instance));
        var accept = relay.Received[^1];
        Assert.Equal(("Accept", Instance), (Type(accept), accept.GetProperty("actor").GetString()));
        Assert.Equal($"{relay.Actor}/f1", accept.GetProperty("object").GetProperty("id").GetString());

        var post = await Post("for all");
        await Post("for some", Visibility.Unlisted);
        await Fediverse.Settle();
        var announce = relay.Received[^1];
        Assert.Equal(("Announce", Instance, post.Uri), (Type(announce), announce.GetProperty("actor").GetString(), announce.GetProperty("object").GetString()));
        Assert.Equal(3, relay.Received.Count);
    }

    [Fact]
    [Trait("Wire", "094")]
    public async Task Unasked_posts_of_a_relay_go_to_the_federated_timeline_only()
    {
        await Subscribe();
        await Send(relay, "b1", "Announce", Quote($"{Rae.Actor}/n1"), $",\"to\":[\"{Public}\"]");
        var post = Find($"{Rae.Actor}/n1")!;
        Assert.Equal([post.Id], Federated());
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))));
        Assert.Equal(0, post.BoostsCount);
        Assert.Empty(Told());
    }

    [Fact]
    [Trait("Wire", "094")]
    [Trait("Wire", "109")]
    public async Task A_forwarded_post_counts_as_its_origin_shows_it_and_only_from_a_relay()
    {
        var create = $$"""{"id":"{{Rae.Actor}}/n1/create","type":"Create","actor":"{{Rae.Actor}}","object":{{Note(Rae, "n1", "forged")}},"to":["{{Public}}"]}""";
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await sam.SendAndSettle(Alice, create);
        Assert.Null(Find($"{Rae.Actor}/n1"));

        await Subscribe();
        await relay.SendAndSettle(Alice, create.Replace("n1/create", "n1/create2", StringComparison.Ordinal));
        Assert.Contains("news", Find($"{Rae.Actor}/n1")!.Content);
        Assert.Single(Federated());
    }

    [Fact]
    public async Task What_a_relay_brings_has_to_be_public()
    {
        await Subscribe();
        Rae.Serve($"{Rae.Actor}/n2", Note(Rae, "n2", "quiet", Quote($"{Rae.Actor}/followers")));
        await Send(relay, "b1", "Announce", Quote($"{Rae.Actor}/n2"));
        Assert.Null(Find($"{Rae.Actor}/n2"));
    }

    [Fact]
    public async Task Nothing_is_taken_before_it_accepted_nor_after_it_was_left()
    {
        await Alice.Get<Relaying>().Add(Inbox, CancellationToken.None);
        await Fediverse.Settle();
        await Send(relay, "b1", "Announce", Quote($"{Rae.Actor}/n1"));
        Assert.Null(Find($"{Rae.Actor}/n1"));
        await Send(relay, "a1", "Accept", Quote(Alice.Database.Read(RelayStore.All)[0].FollowUri));

        await Alice.Get<Relaying>().Remove(Inbox);
        await Fediverse.Settle();
        Assert.Equal("Undo", Type(relay.Received[^1]));
        await Send(relay, "b2", "Announce", Quote($"{Rae.Actor}/n1"));
        await Post("mine");
        await Fediverse.Settle();
        Assert.Null(Find($"{Rae.Actor}/n1"));
        Assert.Equal("Undo", Type(relay.Received[^1]));
    }

    [Fact]
    public async Task A_relay_that_refuses_and_a_stranger_that_accepts_change_nothing()
    {
        await Alice.Get<Relaying>().Add(Inbox, CancellationToken.None);
        await Fediverse.Settle();
        var follow = Alice.Database.Read(RelayStore.All)[0].FollowUri;
        await Send("a1", "Accept", Quote(follow));
        Assert.Equal(RelayState.Asked, State());
        await Send(relay, "r1", "Reject", Quote(follow));
        Assert.Equal(RelayState.Refused, State());
        await Send("f1", "Follow", Quote(Instance));
        Assert.DoesNotContain(Rae.Received, a => Type(a) == "Accept");
    }

    [Theory]
    [Trait("Wire", "087")]
    [InlineData("""{"id":"https://relay.test/activities/7","type":"Follow","actor":"https://alice.test/actor","object":"https://www.w3.org/ns/activitystreams#Public"}""", true)]
    [InlineData("""{"id":"https://relay.test/activities/7","type":"Follow","actor":"https://alice.test/actor","object":"https://relay.test/users/relay"}""", true)]
    [InlineData("""{"type":"Follow","actor":"https://alice.test/actor","object":"as:Public"}""", true)]
    [InlineData("\"https://relay.test/activities/7\"", true)]
    [InlineData("""{"id":"https://relay.test/activities/7","type":"Follow","actor":"https://alice.test/users/alice","object":"https://www.w3.org/ns/activitystreams#Public"}""", false)]
    [InlineData("""{"id":"https://relay.test/activities/7","type":"Follow","actor":"https://alice.test/actor","object":"https://remote.test/users/rae"}""", false)]
    [InlineData("""{"id":"https://relay.test/activities/7","type":"Like","actor":"https://alice.test/actor","object":"https://www.w3.org/ns/activitystreams#Public"}""", false)]
    [InlineData("\"https://alice.test/users/alice#follows/7\"", false)]
    public async Task A_relay_may_give_our_request_an_id_of_its_own(string answered, bool taken)
    {
        await Alice.Get<Relaying>().Add(Inbox, CancellationToken.None);
        await Fediverse.Settle();
        await Send("a1", "Accept", answered);
        Assert.Equal(RelayState.Asked, State());
        await Send(relay, "a1", "Accept", answered);
        Assert.Equal(taken ? RelayState.Accepted : RelayState.Asked, State());
        if (!taken) return;
        await Send(relay, "r1", "Reject", answered);
        Assert.Equal(answered.StartsWith('{') ? RelayState.Refused : RelayState.Accepted, State());
    }

    [Fact]
    public async Task An_answer_of_somebody_whom_the_owner_asked_to_follow_is_not_taken_for_a_relay_s()
    {
        await Alice.Get<Relaying>().Add(Inbox, CancellationToken.None);
        var account = await Alice.Get<RemoteAccounts>().Fetch(relay.Actor, CancellationToken.None);
        await Alice.Get<Following>().Follow(account.Account!.Id);
        await Fediverse.Settle();
        await Send(relay, "a1", "Accept", Quote("https://relay.test/activities/7"));
        Assert.Equal(RelayState.Asked, State());
    }

    [Fact]
    public async Task Public_posts_their_edits_and_deletions_are_delivered_to_it()
    {
        await Subscribe();
        relay.Received.Clear();
        var post = await Post("for all");
        Fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await Alice.Get<Editing>().Edit(post.Id, new StatusChange("for all of you"));
        await Alice.Get<Deleting>().Delete(post.Id);
        var quiet = await Post("for friends", Visibility.Private);
        await Alice.Get<Deleting>().Delete(quiet.Id);
        await Fediverse.Settle();
        Assert.Equal(["Create", "Update", "Delete"], relay.Received.Select(Type));
        Assert.All(relay.Received, a => Assert.Equal(Alice.Owner.Uri, a.GetProperty("actor").GetString()));
    }

    [Theory]
    [InlineData("relay.test")]
    [InlineData("https://alice.test/inbox")]
    [InlineData("https://nowhere.test/actor")]
    public async Task What_is_no_relay_is_refused(string url)
    {
        await Assert.ThrowsAsync<ActionException>(() => Alice.Get<Relaying>().Add(url, CancellationToken.None));
        Assert.Empty(Alice.Database.Read(RelayStore.All));
    }

    private async Task Subscribe()
    {
        var asked = await Alice.Get<Relaying>().Add(Inbox, CancellationToken.None);
        await Fediverse.Settle();
        await Send(relay, "accept", "Accept", Quote(asked.FollowUri));
        Assert.Equal(RelayState.Accepted, State());
    }

    private RelayState State() => Assert.Single(Alice.Database.Read(RelayStore.All)).State;

    private List<long> Federated() => Alice.Database.Read(c => TimelineStore.Public(c, new PublicFeed(), new Paging(10), Fediverse.Time.GetUtcNow()));

    private static string Type(JsonElement activity) => activity.GetProperty("type").GetString()!;
}
