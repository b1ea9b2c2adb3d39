using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Delivery;
using Calf.Federation.FollowLists;
using Calf.Federation.Gaps;
using Calf.Federation.Outbox;
using Calf.Media;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Throws away, once an hour, what was kept for a while only. In small batches, since every write waits for the one before.</summary>
public sealed class Housekeeping(Database database, Uploading uploading, DiskKeeping disk, Settings settings, TimeProvider time, ILogger<Housekeeping> log)
    : PeriodicWorker(Interval, time, log, AfterStart)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Soon, so that a machine which is switched off every day comes to it too.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(2);

    /// <summary>One round over everything. Returns the number of rows removed.</summary>
    public async Task<long> Step(CancellationToken cancel = default)
    {
        var now = Time.GetUtcNow();
        var ledger = now - TimeSpan.FromDays(settings.Limits.LedgerDays);
        Func<Connection, int>[] rounds =
        [
            c => HousekeepingStore.RemoveSeenActivities(c, now - HousekeepingStore.SeenActivitiesKept),
            c => HousekeepingStore.RemoveIdempotencyKeys(c, now - Idempotency.Kept),
            c => HousekeepingStore.RemoveCodes(c, now),
            c => SessionStore.RemoveOld(c, now),
            c => CollectionItemStore.RemoveRefused(c, now - CollectionItemStore.RefusalsKept),
            c => HousekeepingStore.RemoveVerdicts(c, ledger),
            c => NotificationRequestStore.RemoveBeyond(c, HousekeepingStore.MaxWaiting),
            c => DeliveryQueue.GiveUp(c, now),
            c => HousekeepingStore.RemoveOutgoing(c, ledger),
            c => LinkStore.RemoveFailures(c, now - LinkStore.FailureKept, HousekeepingStore.BatchSize),
            c => RemotePeopleStore.RemoveOld(c, now - RemotePeopleStore.Kept),
            c => FollowListStore.RemoveOld(c, now - FollowListStore.Kept),
            c => GapStore.RemoveOld(c, ledger),
            c => HousekeepingStore.RemoveHosts(c, now - HousekeepingStore.HostTroubleKept),
        ];
        var removed = 0L;
        foreach (var round in rounds)
        {
            int batch;
            do removed += batch = await database.Write(round);
            while (batch == HousekeepingStore.BatchSize && !cancel.IsCancellationRequested);
        }
        removed += await uploading.RemoveUnused(cancel);
        removed += await disk.Step(cancel);
        await database.Write(HousekeepingStore.Optimise);
        return removed;
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);
}
