using Calf.Accounts;
using Calf.Federation;

namespace Calf.Tests.Federation;

/// <summary>How many followers and posts somebody has, asked for when the owner looks.</summary>
public sealed class ProfileCountsTests : RemoteWorld
{
    [Fact]
    public async Task A_look_brings_them_once_a_day_and_a_refreshed_profile_keeps_them()
    {
        Show(followers: "1200", outbox: "31");
        Assert.Equal((1200, 0, 31), await Look());
        Show(followers: "1300", outbox: "32");
        Assert.Equal((1200, 0, 31), await Look());
        Assert.Equal(3, Fediverse.Requests.Count(r => r.Contains("/count/", StringComparison.Ordinal)));
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal((1300, 0, 32), await Look());
        await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None);
        Assert.Equal(1300, Known(Rae).FollowersCount);
    }

    [Fact]
    public async Task What_is_no_count_leaves_what_was_known()
    {
        Show(followers: "5", outbox: "6");
        await Look();
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        Show(followers: "-1", outbox: "\"many\"");
        Assert.Equal((5, 0, 6), await Look());
    }

    [Fact]
    public async Task Elsewhere_than_on_the_actors_server_nothing_is_asked()
    {
        Rae.Describe(more: ",\"followers\":\"https://elsewhere.test/count\",\"outbox\":\"https://elsewhere.test/outbox\"");
        Assert.Equal((0, 0, 0), await Look());
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Between_two_Calfs_they_are_true()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        await Post("One");
        await Post("Two");
        await Fediverse.Settle();
        var alice = bob.Database.Read(c => AccountStore.FindByUri(c, Alice.Owner.Uri))!;
        await bob.Get<RemoteFeatured>().RefreshCounts(alice, CancellationToken.None);
        alice = bob.Database.Read(c => AccountStore.Find(c, alice.Id))!;
        Assert.Equal((1, 0, 2), (alice.FollowersCount, alice.FollowingCount, alice.StatusesCount));
    }

    private void Show(string followers, string outbox)
    {
        Rae.Describe(more: $",\"followers\":\"{Rae.Actor}/count/followers\",\"following\":\"{Rae.Actor}/count/following\",\"outbox\":\"{Rae.Actor}/count/outbox\"");
        Rae.Serve($"{Rae.Actor}/count/followers", $$"""{"id":"{{Rae.Actor}}/count/followers","type":"OrderedCollection","totalItems":{{followers}}}""");
        Rae.Serve($"{Rae.Actor}/count/outbox", $$"""{"id":"{{Rae.Actor}}/count/outbox","type":"OrderedCollection","totalItems":{{outbox}}}""");
    }

    private async Task<(long, long, long)> Look()
    {
        var rae = (await Alice.Get<RemoteAccounts>().FindOrFetch(Rae.Actor, CancellationToken.None)).Account!;
        await Alice.Get<RemoteFeatured>().RefreshCounts(rae, CancellationToken.None);
        return (Known(Rae).FollowersCount, Known(Rae).FollowingCount, Known(Rae).StatusesCount);
    }
}
