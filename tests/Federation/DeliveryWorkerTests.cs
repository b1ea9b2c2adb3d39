using System.Net;
using Calf.Federation.Delivery;
using Calf.Security;
using static Calf.Tests.Federation.DeliveryWorld;

namespace Calf.Tests.Federation;

public sealed class DeliveryWorkerTests : IDisposable
{
    private readonly DeliveryWorld world = new();

    [Fact]
    public async Task A_delivery_is_a_signed_post_of_the_very_bytes()
    {
        await world.Queue("""{"type":"Create"}""", Bob);
        await world.Step();
        var posted = Assert.Single(world.Stub.All);
        Assert.Equal("""{"type":"Create"}""", posted.Body);
        Assert.Equal("application/activity+json", posted.Headers["Content-Type"]);
        Assert.Equal("application/activity+json", posted.Headers["Accept"]);
        Assert.Contains("keyId=\"https://calf.test/users/me#main-key\"", posted.Headers["Signature"], StringComparison.Ordinal);
        Assert.StartsWith("SHA-256=", posted.Headers["Digest"], StringComparison.Ordinal);
        Assert.False(posted.Rfc9421);
        Assert.Equal(1, world.Count(DeliveryState.Delivered));
        Assert.Null(world.NextDue);
    }

    [Fact]
    public async Task An_inbox_gets_its_activities_in_the_order_of_queueing()
    {
        var sent = Enumerable.Range(0, 40).Select(n => $"{n}").ToList();
        foreach (var body in sent) await world.Queue(body, Bob, Eve);
        await world.Step();
        Assert.Equal(sent, world.Stub.Bodies(Bob));
        Assert.Equal(sent, world.Stub.Bodies(Eve));
    }

    [Fact]
    public async Task A_failing_inbox_holds_back_what_follows_and_no_other_inbox()
    {
        world.Stub.Answer(Bob, 503);
        await world.Queue("1", Bob, Eve);
        await world.Queue("2", Bob, Eve);
        await world.Step();
        Assert.Equal(["1"], world.Stub.Bodies(Bob));
        Assert.Equal(["1", "2"], world.Stub.Bodies(Eve));

        world.Stub.Answer(Bob, 202);
        await world.StepAfter(TimeSpan.FromMinutes(2));
        Assert.Equal(["1", "1", "2"], world.Stub.Bodies(Bob));
        Assert.Equal(["1", "2"], world.Stub.Bodies(Eve));
        Assert.Equal(4, world.Count(DeliveryState.Delivered));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(501)]
    [Trait("Wire", "112")]
    public async Task A_final_refusal_is_written_down_and_the_next_goes_on(int status)
    {
        world.Stub.Answer(Bob, posted => new HttpResponseMessage(posted.Body == "bad" ? (HttpStatusCode)status : HttpStatusCode.OK));
        await world.Queue("bad", 7, Bob);
        await world.Queue("good", 8, Bob);
        await world.Step();
        Assert.Equal((DeliveryState.Refused, $"answered {status}"), (world.OnlyHost(7).State, world.OnlyHost(7).Error));
        Assert.Equal(DeliveryState.Delivered, world.OnlyHost(8).State);
        Assert.Null(world.NextDue);
        Assert.Equal(0, world.Database.Read(c => c.Count($"SELECT count(*) FROM hosts WHERE failures > 0")));
    }

    [Fact]
    public async Task The_second_knock_is_remembered_and_kept_over_a_restart()
    {
        using var cancelled = new CancellationTokenSource();
        var keeper = new RememberedSignatures(world.Database, world.Memory);
        await keeper.StartAsync(cancelled.Token);
        world.Stub.Answer(Bob, posted => new HttpResponseMessage(posted.Rfc9421 ? HttpStatusCode.Accepted : HttpStatusCode.Unauthorized));
        await world.Queue("1", Bob, Eve);
        await world.Step();
        await world.Queue("2", Bob, Eve);
        await world.Step();
        await keeper.StopAsync(cancelled.Token);
        Assert.Equal([false, true, true], world.Stub.All.Where(p => p.Inbox == Bob).Select(p => p.Rfc9421));
        Assert.Equal([false, false], world.Stub.All.Where(p => p.Inbox == Eve).Select(p => p.Rfc9421));

        // Writes are done one after another, so what was learned is stored by now.
        await world.Database.Write(_ => { });
        var later = new SignatureMemory();
        await new RememberedSignatures(world.Database, later).StartAsync(cancelled.Token);
        Assert.Equal(SignatureKind.Rfc9421, later.Get("bob.test"));
        Assert.Null(later.Get("eve.test"));
    }

    [Fact]
    public async Task No_more_go_out_at_once_than_is_set()
    {
        world.Settings.Federation.DeliveryConcurrency = 3;
        await world.Queue("hello", [.. Enumerable.Range(0, 300).Select(n => $"https://s{n}.test/inbox")]);
        await world.Step();
        Assert.Equal(300, world.Count(DeliveryState.Delivered));
        Assert.Equal(300, world.Stub.All.Select(p => p.Inbox).Distinct().Count());
        Assert.InRange(world.Stub.MostAtOnce, 1, 3);
    }

    [Fact]
    public async Task What_was_broken_off_is_sent_again_after_a_restart_and_nothing_is_lost()
    {
        await world.Queue("1", Bob);
        await world.Queue("2", Bob);
        world.Stub.Gate = new TaskCompletionSource();
        using var stopping = new CancellationTokenSource();
        using (var worker = world.NewWorker())
        {
            var step = worker.Step(stopping.Token);
            while (world.Stub.All.Count == 0) await Task.Yield();
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        }
        Assert.Equal(2, world.Count(DeliveryState.Waiting));

        world.Stub.Gate = null;
        await world.Step();
        Assert.Equal(["1", "1", "2"], world.Stub.Bodies(Bob));
        Assert.Equal(2, world.Count(DeliveryState.Delivered));
    }

    [Fact]
    public async Task The_running_worker_wakes_for_what_is_queued_and_for_what_becomes_due_and_stops_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        using var worker = world.NewWorker();
        await worker.StartAsync(ct);
        world.Stub.Answer(Eve, 503);
        await world.Queue("1", Bob, Eve);
        while (world.Count(DeliveryState.Delivered) < 1 || !world.Database.Read(c => c.Exists($"SELECT 1 FROM hosts WHERE failures = 1"))) await Task.Yield();

        world.Stub.Answer(Eve, 202);
        while (world.Count(DeliveryState.Delivered) < 2)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        world.Stub.Gate = new TaskCompletionSource();
        await world.Queue("2", Bob);
        while (world.Stub.All.Count < 4) await Task.Yield();
        await worker.StopAsync(ct);
        Assert.Equal(1, world.Count(DeliveryState.Waiting));
    }

    public void Dispose() => world.Dispose();
}
