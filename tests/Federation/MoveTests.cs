using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Somebody whom Alice follows moves from Rae's server to Carol's Calf.</summary>
public sealed class MoveTests : RemoteWorld
{
    private CalfServer carol = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        carol = await Fediverse.Join("carol.test");
    }

    [Fact]
    [Trait("Wire", "103")]
    public async Task The_owner_follows_the_new_account_as_the_old_one_and_leaves_that()
    {
        var old = await Follow(Rae);
        await Alice.Get<Following>().Follow(Known(Rae).Id, showBoosts: false, notify: true);
        await Alias(carol, Rae.Actor);
        await Move("m1", carol.Owner.Uri);

        var follow = FollowOf(carol)!;
        Assert.True(follow is { Accepted: true, ShowBoosts: false, Notify: true });
        Assert.Equal(1, carol.Database.Read(AccountStore.Owner)!.FollowersCount);
        Assert.Null(Alice.Database.Read(c => FollowStore.Find(c, Alice.Owner.Id, Known(Rae).Id)));
        var undo = Assert.Single(Rae.Received, a => a.GetProperty("type").GetString() == "Undo");
        Assert.Equal(old.Uri, undo.GetProperty("object").GetProperty("id").GetString());
        var shown = Alice.Database.Read(c => Alice.Get<AccountRendering>().Render(c, Known(Rae)));
        Assert.Equal(carol.Owner.Uri, shown.Moved?.Uri);
        Assert.Empty(Told());
    }

    [Fact]
    [Trait("Wire", "103")]
    public async Task A_locked_new_account_decides_for_itself()
    {
        await Follow(Rae);
        await Alias(carol, Rae.Actor, locked: true);
        await Move("m1", carol.Owner.Uri);
        Assert.False(FollowOf(carol)!.Accepted);
        Assert.Equal(0, carol.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    [Trait("Wire", "103")]
    public async Task A_new_account_that_does_not_name_the_old_one_gets_nobody()
    {
        await Follow(Rae);
        await Alias(carol, "https://remote.test/users/somebody");
        await Move("m1", carol.Owner.Uri);
        AssertNothingMoved("aliases");
    }

    [Fact]
    [Trait("Wire", "103")]
    public async Task Nobody_moves_somebody_else()
    {
        await Follow(Rae);
        await Alias(carol, Rae.Actor);
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Send(sam, "m1", "Move", Quote(Rae.Actor), $",\"target\":\"{carol.Owner.Uri}\"");
        Assert.Null(FollowOf(carol));
        Assert.True(Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, Known(Rae).Id)));
        Assert.Contains("another account", Assert.Single(Verdicts($"{sam.Actor}/m1")).Reason);
    }

    [Fact]
    [Trait("Wire", "103")]
    public async Task A_second_move_within_seven_days_is_not_believed()
    {
        var dora = await Fediverse.Join("dora.test");
        await Follow(Rae);
        await Alias(carol, Rae.Actor);
        await Alias(dora, Rae.Actor);
        await Move("m1", carol.Owner.Uri);
        await Follow(Rae, "accept2");
        await Move("m2", dora.Owner.Uri);
        Assert.Null(FollowOf(dora));
        Assert.Contains("7 days", Assert.Single(Verdicts($"{Rae.Actor}/m2")).Reason);

        Fediverse.Time.Advance(TimeSpan.FromDays(7.1));
        await Move("m3", dora.Owner.Uri);
        Assert.True(FollowOf(dora)!.Accepted);
    }

    [Fact]
    [Trait("Wire", "103")]
    public async Task A_move_of_somebody_who_is_not_followed_costs_no_fetch()
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Alias(carol, Rae.Actor);
        await Move("m1", carol.Owner.Uri);
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("carol.test", StringComparison.Ordinal));
        Assert.True(Alice.Database.Read(c => FollowStore.IsFollowing(c, Known(Rae).Id, Alice.Owner.Id)));
    }

    [Fact]
    public async Task A_blocked_new_account_is_not_followed_and_a_mute_goes_along()
    {
        await Follow(Rae);
        await Alias(carol, Rae.Actor);
        var known = await Fediverse.See(Alice, carol);
        await Alice.Get<Blocking>().Block(known.Id);
        await Alice.Get<Muting>().Mute(Known(Rae).Id);
        await Move("m1", carol.Owner.Uri);
        Assert.Null(FollowOf(carol));
        Assert.NotNull(Alice.Database.Read(c => MuteStore.Find(c, known.Id, Fediverse.Time.GetUtcNow())));
    }

    [Fact]
    public async Task A_claim_to_have_become_somebody_else_is_not_shown()
    {
        await Fediverse.See(Alice, carol);
        Rae.Describe(more: $",\"movedTo\":\"{carol.Owner.Uri}\"");
        var rae = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        Assert.Null(Alice.Database.Read(c => Alice.Get<AccountRendering>().Render(c, rae)).Moved);
    }

    private void AssertNothingMoved(string reason)
    {
        Assert.Null(FollowOf(carol));
        Assert.True(Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, Known(Rae).Id)));
        Assert.Contains(reason, Assert.Single(Verdicts($"{Rae.Actor}/m1")).Reason);
        Assert.Null(Known(Rae).MovedToUri);
    }

    private Task Move(string id, string target) => Send(id, "Move", Quote(Rae.Actor), $",\"target\":\"{target}\"");

    private Follow? FollowOf(CalfServer who) => Alice.Database.Read(c =>
        AccountStore.FindByUri(c, who.Owner.Uri) is { } known ? FollowStore.Find(c, Alice.Owner.Id, known.Id) : null);

    private static Task Alias(CalfServer who, string alias, bool locked = false) => who.Database.Write(c =>
    {
        AccountStore.Save(c, who.Owner with { AlsoKnownAs = [alias], Locked = locked });
        who.Get<Sending>().AfterOwnerChanged(c);
    });
}
