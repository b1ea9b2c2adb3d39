using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Posts that others pin to their profiles, told of by Add and Remove or found in their collections.</summary>
public sealed class PinTests : RemoteWorld
{
    private string Featured => $"{Rae.Actor}/featured";

    [Fact]
    [Trait("Wire", "104")]
    public async Task A_followed_account_pins_and_unpins_its_post()
    {
        var post = await RaePosts("n1");
        await Send("a1", "Add", Quote(post.Uri), Target(Featured));
        Assert.Equal([post.Id], Pins());
        await Send("r1", "Remove", Quote(post.Uri), Target(Featured));
        Assert.Empty(Pins());
        Assert.Empty(Told());
    }

    [Theory]
    [Trait("Wire", "104")]
    [InlineData("https://remote.test/users/rae/followers")]
    [InlineData("https://remote.test/users/other/featured")]
    [InlineData("https://alice.test/users/alice/collections/featured")]
    public async Task Another_target_than_the_actors_featured_is_refused(string target)
    {
        var post = await RaePosts("n1");
        await Send("a1", "Add", Quote(post.Uri), Target(target));
        Assert.Empty(Pins());
        Assert.Contains("target", Assert.Single(Verdicts($"{Rae.Actor}/a1")).Reason);

        await Send("a2", "Add", Quote(post.Uri), Target(Featured));
        await Send("r1", "Remove", Quote(post.Uri), Target(target));
        Assert.Equal([post.Id], Pins());
    }

    [Fact]
    [Trait("Wire", "104")]
    public async Task Nobody_pins_or_unpins_what_is_not_theirs()
    {
        await RaePosts("n1");
        var mine = await Post("mine");
        await Alice.Get<Pinning>().Pin(mine.Id);
        await Send("a1", "Add", Quote(mine.Uri), Target(Featured));
        await Send("r1", "Remove", Quote(mine.Uri), Target(Featured));
        Assert.Empty(Pins());
        Assert.Equal([mine.Id], Alice.Database.Read(c => PinStore.Of(c, Alice.Owner.Id)));
    }

    [Fact]
    public async Task A_pinned_post_that_is_not_here_is_fetched_from_a_followed_account_only()
    {
        ShowFeatured("[]");
        Rae.Serve($"{Rae.Actor}/old", Note(Rae, "old", "long ago"));
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Send("a1", "Add", Quote($"{Rae.Actor}/old"), Target(Featured));
        Assert.Null(Find($"{Rae.Actor}/old"));

        await Follow(Rae);
        await Send("a2", "Add", Quote($"{Rae.Actor}/old"), Target(Featured));
        Assert.Equal([Find($"{Rae.Actor}/old")!.Id], Pins());
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))));
    }

    [Fact]
    public async Task Looking_at_a_profile_brings_its_pinned_posts_once_a_day()
    {
        ShowFeatured($$"""["{{Rae.Actor}}/n2",{{Note(Rae, "n1", "whole")}},"https://elsewhere.test/1",{{Note(Rae, "n3", "hidden", Quote(Rae.Actor + "/followers"))}},7,null]""");
        Rae.Serve($"{Rae.Actor}/n2", Note(Rae, "n2", "named"));
        Rae.Serve($"{Rae.Actor}/n3", Note(Rae, "n3", "hidden", Quote(Rae.Actor + "/followers")));
        await Look();
        Assert.Equal([Find($"{Rae.Actor}/n2")!.Id, Find($"{Rae.Actor}/n1")!.Id], Pins());
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));

        ShowFeatured($"[\"{Rae.Actor}/n2\"]");
        await Look();
        Assert.Single(Fediverse.Requests, r => r.EndsWith("/featured", StringComparison.Ordinal));
        Assert.Equal(2, Pins().Count);
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        await Look();
        Assert.Equal([Find($"{Rae.Actor}/n2")!.Id], Pins());

        Rae.Serve(Featured, "", System.Net.HttpStatusCode.InternalServerError);
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        await Look();
        Assert.Single(Pins());
    }

    [Fact]
    public async Task A_collection_names_more_than_is_fetched()
    {
        var many = Enumerable.Range(0, 50).Select(i => $"\"{Rae.Actor}/m{i}\"");
        ShowFeatured($"[{string.Join(',', many)}]");
        await Look();
        Assert.Equal(RemoteFeatured.MaxPins, Fediverse.Requests.Count(r => r.Contains("/m", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Wire", "104")]
    public async Task Between_two_Calfs_a_pin_shows_on_the_profile_and_goes_again()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        var post = await Post("look here");
        await Alice.Get<Pinning>().Pin(post.Id);
        await Fediverse.Settle();
        var seen = bob.Database.Read(c => StatusStore.FindByUri(c, post.Uri))!;
        Assert.Equal([seen.Id], bob.Database.Read(c => PinStore.Of(c, seen.AccountId)));

        var carol = await Fediverse.Join("carol.test");
        var alice = await Fediverse.See(carol, Alice);
        await carol.Get<RemoteFeatured>().Refresh(alice, CancellationToken.None);
        Assert.Single(carol.Database.Read(c => PinStore.Of(c, alice.Id)));

        await Alice.Get<Pinning>().Unpin(post.Id);
        await Fediverse.Settle();
        Assert.Empty(bob.Database.Read(c => PinStore.Of(c, seen.AccountId)));
    }

    private async Task<Status> RaePosts(string id)
    {
        ShowFeatured("[]");
        await Follow(Rae);
        await Create(id, "pin me");
        return Find($"{Rae.Actor}/{id}")!;
    }

    private void ShowFeatured(string items)
    {
        Rae.Describe(more: $",\"featured\":\"{Featured}\"");
        Rae.Serve(Featured, $$"""{"id":"{{Featured}}","type":"OrderedCollection","orderedItems":{{items}}}""");
    }

    private async Task Look()
    {
        var rae = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        await Alice.Get<RemoteFeatured>().Refresh(rae, CancellationToken.None);
    }

    private List<long> Pins() => Alice.Database.Read(c => PinStore.Of(c, Known(Rae).Id));

    private static string Target(string uri) => $",\"target\":\"{uri}\"";
}
