using Calf.Events;
using Calf.Federation.Delivery;
using static Calf.Tests.Federation.DeliveryWorld;

namespace Calf.Tests.Federation;

public sealed class DeliveryLedgerTests : IDisposable
{
    private readonly DeliveryWorld world = new();

    [Fact]
    public async Task The_ledger_says_who_has_a_post_who_has_not_and_why()
    {
        const string slow = "https://slow.test/inbox", lost = "https://lost.test/inbox", strict = "https://strict.test/inbox";
        world.Stub.Answer(Eve, 503);
        world.Stub.Answer(slow, _ => throw new TaskCanceledException("slow"));
        world.Stub.Break(lost);
        world.Stub.Answer(strict, 403, text: "You are\nnot welcome");
        await world.Queue("hello", 7, Bob, Eve, slow, lost, strict);
        await world.Queue("another", 8, Bob);
        await world.Step();

        var ledger = world.Database.Read(c => DeliveryLedger.Of(c, 7));
        Assert.Equal((1, 3, 1), (ledger.Delivered, ledger.Waiting, ledger.Refused));
        Assert.Equal(["strict.test", "eve.test", "lost.test", "slow.test", "bob.test"], ledger.Hosts.Select(h => h.Host));
        Assert.Equal(["answered 403: You are not welcome", "answered 503", "cannot be reached", null], ledger.Hosts.Where(h => h.Host != "slow.test").Select(h => h.Error));
        var waiting = ledger.Hosts[1];
        Assert.Equal((1, world.Time.GetUtcNow()), (waiting.Attempts, waiting.LastAt));
        Assert.InRange(waiting.NextAt!.Value, world.Time.GetUtcNow().AddSeconds(50), world.Time.GetUtcNow().AddSeconds(70));
        Assert.Null(ledger.Hosts[0].NextAt);
        Assert.Equal((0, 0, 0), Totals(99));
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_named_as_such()
    {
        world.Stub.Gate = new TaskCompletionSource();
        await world.Queue("hello", 7, Bob);
        using var worker = world.NewWorker();
        var step = worker.Step(TestContext.Current.CancellationToken);
        while (world.Stub.All.Count == 0) await Task.Yield();
        world.Time.Advance(TimeSpan.FromSeconds(16));
        await step;
        Assert.Equal((DeliveryState.Waiting, "did not answer within 15 s"), (world.OnlyHost(7).State, world.OnlyHost(7).Error));
    }

    [Fact]
    public async Task A_private_address_is_refused_at_once_and_says_why()
    {
        await world.Queue("hello", 7, "https://127.0.0.1/inbox");
        await world.Step();
        Assert.Empty(world.Stub.All);
        Assert.Equal(DeliveryState.Refused, world.OnlyHost(7).State);
        Assert.Contains("127.0.0.1", world.OnlyHost(7).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_post_is_tried_again_by_hand()
    {
        world.Stub.Answer(Bob, 403);
        await world.Queue("hello", 7, Bob, Eve);
        await world.Step();
        world.Stub.Answer(Bob, 200);
        world.Told.Clear();

        Assert.Equal(1, await world.Database.Write(c => world.Ledger.Retry(c, 7, "bob.test")));
        Assert.Equal([new DeliveryChanged(7), new DeliveriesQueued()], world.Told);
        await world.Step();
        Assert.Equal((2, 0, 0), Totals(7));
        Assert.Equal(["hello", "hello"], world.Stub.Bodies(Bob));
        Assert.Equal(["hello"], world.Stub.Bodies(Eve));
    }

    [Fact]
    public async Task A_waiting_post_is_tried_now_by_hand_and_before_what_followed_it()
    {
        world.Stub.Answer(Bob, 503);
        await world.Queue("1", 7, Bob);
        await world.Queue("2", 8, Bob);
        await world.Step();
        world.Stub.Answer(Bob, 200);
        await world.Database.Write(c => world.Ledger.Retry(c, 8, "bob.test"));
        await world.Step();
        Assert.Equal(["1", "1", "2"], world.Stub.Bodies(Bob));
    }

    [Fact]
    public async Task There_is_nothing_to_try_again_of_what_has_arrived_or_is_unknown()
    {
        await world.Queue("hello", 7, Bob);
        await world.Step();
        Assert.Equal(0, await world.Database.Write(c => world.Ledger.Retry(c, 7, "bob.test")));
        Assert.Equal(0, await world.Database.Write(c => world.Ledger.Retry(c, 99, "bob.test")));
        await world.Step();
        Assert.Equal(["hello"], world.Stub.Bodies(Bob));
    }

    [Fact]
    public async Task A_change_is_told_once_for_many_deliveries()
    {
        await world.Queue("hello", 7, [.. Enumerable.Range(0, 30).Select(n => $"https://s{n}.test/inbox")]);
        await world.Queue("follow", Bob);
        world.Told.Clear();
        await world.Step();
        Assert.Empty(world.Told);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([new DeliveryChanged(7)], world.Told);
    }

    [Fact]
    public async Task The_totals_count_every_state()
    {
        world.Stub.Answer(Eve, 403);
        world.Stub.Answer("https://slow.test/inbox", 500);
        await world.Queue("hello", Bob, Eve, "https://slow.test/inbox");
        await world.Step();
        Assert.Equal(new QueueTotals(1, 1, 1, 0), world.Database.Read(DeliveryLedger.Totals));
    }

    private (int, int, int) Totals(long statusId)
    {
        var ledger = world.Database.Read(c => DeliveryLedger.Of(c, statusId));
        return (ledger.Delivered, ledger.Waiting, ledger.Refused);
    }

    public void Dispose() => world.Dispose();
}
