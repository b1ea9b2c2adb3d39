using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Federation.Discovery;
using Calf.Follows;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Whom those follow whom the owner follows: read from their servers a list at a time, and suggested.</summary>
public sealed class FriendsTests : RemoteWorld
{
    private CalfServer bob = null!;
    private CalfServer carol = null!;
    private CalfServer dave = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (bob, carol, dave) = (await Fediverse.Join("bob.test"), await Fediverse.Join("carol.test"), await Fediverse.Join("dave.test"));
        await dave.Database.Write(c => AccountStore.Save(c, dave.Owner with { Discoverable = true }));
        dave.Get<EventHub>().Publish(new AccountChanged(dave.Owner.Id));
        await Fediverse.Follow(Alice, bob);
        await Fediverse.Follow(Alice, carol);
    }

    [Fact]
    public async Task Whom_two_of_them_follow_is_fetched_and_suggested_until_the_owner_follows_too()
    {
        await Fediverse.Follow(bob, dave);
        await Fediverse.Follow(carol, dave);
        await Step();
        Assert.Empty(Suggested());
        await Step();
        Assert.Equal([dave.Owner.Uri], Suggested());
        await Fediverse.Follow(Alice, dave);
        Assert.Empty(Suggested());
    }

    [Fact]
    public async Task Whom_one_of_them_follows_is_not()
    {
        await Fediverse.Follow(bob, dave);
        await Fediverse.Follow(bob, Alice);
        await Fediverse.Follow(carol, Alice);
        await Step();
        await Step();
        Assert.Empty(Suggested());
        Assert.Equal(0, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM friends WHERE uri = {dave.Owner.Uri}")));
    }

    [Fact]
    public async Task Each_list_is_read_once_in_days_and_one_that_cannot_be_read_keeps_no_other_waiting()
    {
        await Follow(Rae);
        for (var n = 0; n < 5; n++) await Step();
        Assert.Equal(2, Lists());
        Fediverse.Time.Advance(TimeSpan.FromDays(7));
        for (var n = 0; n < 5; n++) await Step();
        Assert.Equal(4, Lists());
    }

    [Fact]
    public async Task An_account_that_cannot_be_had_is_tried_again_after_days()
    {
        const string Ghost = "https://ghost.test/users/ghost";
        await Follow(Rae);
        using var other = new StandIn(Fediverse, "other.test", "ole");
        await Follow(other);
        foreach (var who in (StandIn[])[Rae, other])
        {
            who.Describe(more: $",\"following\":\"{who.Actor}/following\"");
            who.Serve($"{who.Actor}/following", $$"""{"id":"{{who.Actor}}/following","type":"OrderedCollection","totalItems":1,"orderedItems":["{{Ghost}}"]}""");
            await Alice.Get<RemoteAccounts>().Fetch(who.Actor, CancellationToken.None);
        }
        for (var n = 0; n < 6; n++) await Step();
        Assert.Equal(1, Fediverse.Requests.Count(r => r == $"GET {Ghost}"));
        Fediverse.Time.Advance(TimeSpan.FromDays(4));
        await Step();
        Assert.Equal(2, Fediverse.Requests.Count(r => r == $"GET {Ghost}"));
    }

    private Task Step() => Alice.Get<FriendsWorker>().Step(TestContext.Current.CancellationToken);

    private int Lists() => Fediverse.Requests.Count(r => r.EndsWith("/following", StringComparison.Ordinal));

    private IEnumerable<string> Suggested() => Alice.Database.Read(c =>
        DiscoveryStore.FollowedByFollowed(c, Alice.Owner.Id, 10, Fediverse.Time.GetUtcNow()).Select(id => AccountStore.Find(c, id)!.Uri).ToList());
}
