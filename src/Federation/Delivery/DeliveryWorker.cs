using Calf.Events;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>
/// Sends what waits, many inboxes at once: wakes when something is queued and when a waiting lane becomes due. Stopping breaks off
/// what is under way; it is sent again after the next start.
/// </summary>
internal sealed partial class DeliveryWorker(
    Database database, DeliveryTurn turn, EventHub events, Settings settings, TimeProvider time, ILogger<DeliveryWorker> log)
    : BackgroundService
{
    /// <summary>After an error of our own, such as a full disk, the lane and the place that it had rest so long.</summary>
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly DueLanes lanes = new(database, time);
    private readonly SemaphoreSlim wake = new(0);

    private int Places => settings.Federation.DeliveryConcurrency;

    /// <summary>Sends all that is due, and what becomes due by that; for tests, in place of the running worker.</summary>
    public async Task Step(CancellationToken ct)
    {
        while (lanes.Feed().Added > 0) await Task.WhenAll(Enumerable.Range(0, Places).Select(_ => TakeTurns(ct)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = events.Listen(happened =>
        {
            if (happened is DeliveriesQueued) Wake();
        });
        var senders = Enumerable.Range(0, Places).Select(_ => Keep(Send, stoppingToken)).ToList();
        await Keep(Feed, stoppingToken);
        await Task.WhenAll(senders);
    }

    private async Task Feed(CancellationToken ct)
    {
        using var timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            while (wake.Wait(0, CancellationToken.None)) { }
            if (lanes.IsEmpty)
            {
                var next = lanes.Feed().NextDue;
                var sleep = next - time.GetUtcNow() ?? LongestSleep;
                timer.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep < LongestSleep ? sleep : LongestSleep, Timeout.InfiniteTimeSpan);
            }
            await wake.WaitAsync(ct);
        }
    }

    private async Task Send(CancellationToken ct)
    {
        while (await lanes.WaitForOne(ct)) await TakeTurns(ct);
    }

    private async Task TakeTurns(CancellationToken ct)
    {
        while (lanes.Take() is { } lane)
        {
            var rest = RestAfterError;
            try
            {
                if (await turn.Run(lane, ct)) lanes.HostFailed(lane.Host);
                rest = TimeSpan.Zero;
            }
            finally
            {
                lanes.Release(lane, rest);
                if (lanes.IsEmpty) Wake();
            }
        }
    }

    /// <summary>Runs the loop until the server stops, whatever goes wrong in it.</summary>
    private async Task Keep(Func<CancellationToken, Task> loop, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await loop(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, deliveries must go on.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Log.Broken(log, error);
                await Task.Delay(RestAfterError, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake() => wake.Release();

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Delivering met an error of our own; it goes on in some seconds.")]
        public static partial void Broken(ILogger logger, Exception error);
    }
}
