using Calf.Federation.Delivery;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Throws away, once an hour, what was kept for a while only. In small batches, since every write waits for the one before.</summary>
public sealed partial class Housekeeping(Database database, Settings settings, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>One round over everything. Returns the number of rows removed.</summary>
    public async Task<long> Step(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var ledger = now - TimeSpan.FromDays(settings.Limits.LedgerDays);
        Func<Connection, int>[] rounds =
        [
            c => HousekeepingStore.RemoveSeenActivities(c, now - HousekeepingStore.SeenActivitiesKept),
            c => HousekeepingStore.RemoveIdempotencyKeys(c, now - HousekeepingStore.IdempotencyKeysKept),
            c => HousekeepingStore.RemoveCodes(c, now),
            c => HousekeepingStore.RemoveVerdicts(c, ledger),
            c => DeliveryQueue.GiveUp(c, now),
            c => HousekeepingStore.RemoveOutgoing(c, ledger),
        ];
        var removed = 0L;
        foreach (var round in rounds)
        {
            int batch;
            do removed += batch = await database.Write(round);
            while (batch == HousekeepingStore.BatchSize && !cancel.IsCancellationRequested);
        }
        await database.Write(HousekeepingStore.Optimise);
        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Step(stoppingToken);
            }
#pragma warning disable CA1031 // What cannot be thrown away now can be in an hour.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.Failed(log, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The hourly clean-up failed; it tries again in an hour.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
