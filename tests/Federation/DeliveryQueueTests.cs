using System.Security.Cryptography;
using System.Text;
using Calf.Events;
using Calf.Federation.Delivery;
using Calf.Moderation;
using static Calf.Tests.Federation.DeliveryWorld;

namespace Calf.Tests.Federation;

public sealed class DeliveryQueueTests : IDisposable
{
    private readonly DeliveryWorld world = new();

    [Fact]
    public async Task The_body_is_stored_and_hashed_once_for_all_inboxes()
    {
        Assert.Equal(2, await world.Queue("hello", Bob, Eve));
        var stored = world.Database.Read(c => c.Query($"SELECT body, digest FROM outgoing", r => (r.Bytes(), r.Bytes())));
        var (body, digest) = Assert.Single(stored);
        Assert.Equal("hello", Encoding.UTF8.GetString(body));
        Assert.Equal(SHA256.HashData(body), digest);
        Assert.Equal(2, world.Count(DeliveryState.Waiting));
        Assert.Single(world.Told.OfType<DeliveriesQueued>());
    }

    [Fact]
    [Trait("Wire", "111")]
    public async Task An_inbox_gets_an_activity_once()
    {
        Assert.Equal(1, await world.Queue("hello", Bob, Bob));
        await world.Step();
        Assert.Equal(["hello"], world.Stub.Bodies(Bob));
    }

    [Theory]
    [InlineData("https://calf.test/inbox")]
    [InlineData("https://CALF.test/users/me/inbox")]
    [InlineData("ap://bob.test/inbox")]
    [InlineData("inbox")]
    [InlineData("")]
    [Trait("Wire", "111")]
    public async Task Nothing_is_queued_for_ourselves_or_for_what_is_no_address(string inbox)
    {
        Assert.Equal(0, await world.Queue("hello", inbox));
        Assert.Equal(0, world.Database.Read(c => c.Count($"SELECT (SELECT count(*) FROM outgoing) + (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM lanes)")));
        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task Nothing_is_queued_for_a_blocked_domain_or_below_it()
    {
        await world.Database.Write(c => DomainBlockStore.Add(c, "eve.test", world.Time.GetUtcNow()));
        Assert.Equal(1, await world.Queue("hello", Eve, "https://social.eve.test/inbox", Bob));
        await world.Step();
        Assert.Equal(Bob, Assert.Single(world.Stub.All).Inbox);
    }

    [Fact]
    public async Task What_waits_for_a_domain_is_refused_once_that_is_blocked()
    {
        await world.Queue("hello", 7, Eve, Bob);
        await world.Database.Write(c =>
        {
            DomainBlockStore.Add(c, "eve.test", world.Time.GetUtcNow());
            DeliveryQueue.RefuseBlocked(c);
        });
        await world.Step();
        Assert.Equal(Bob, Assert.Single(world.Stub.All).Inbox);
        var eve = world.Database.Read(c => DeliveryLedger.Of(c, 7)).Hosts.Single(h => h.Host == "eve.test");
        Assert.Equal((DeliveryState.Refused, DeliveryQueue.BlockedReason), (eve.State, eve.Error));
    }

    [Fact]
    public async Task A_rolled_back_action_leaves_nothing_in_the_queue()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Database.Write(c =>
        {
            new DeliveryQueue(world.Events, new Site("calf.test", "calf.test")).Enqueue(c, new OutgoingActivity("Like", [1]), [Bob], world.Time.GetUtcNow());
            throw new InvalidOperationException("no");
        }));
        await world.Step();
        Assert.Empty(world.Stub.All);
        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task What_has_waited_too_long_is_given_up_and_its_lane_removed()
    {
        world.Stub.Answer(Eve, 503);
        await world.Queue("old", 7, Eve);
        await world.Step();
        world.Time.Advance(TimeSpan.FromDays(40));
        await world.Queue("new", Bob);
        await world.Database.Write(c => DeliveryQueue.GiveUp(c, world.Time.GetUtcNow()));
        Assert.Equal((DeliveryState.Refused, DeliveryQueue.TooOldReason), (world.OnlyHost(7).State, world.OnlyHost(7).Error));
        Assert.Equal(1, world.Count(DeliveryState.Waiting));
        Assert.Equal([Bob], world.Database.Read(c => c.Query($"SELECT inbox FROM lanes", r => r.Text())));
    }

    public void Dispose() => world.Dispose();
}
