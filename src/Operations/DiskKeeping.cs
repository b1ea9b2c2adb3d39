using Calf.Media;
using Calf.Store;

namespace Calf.Operations;

/// <summary>
/// Once a day: puts old posts of others away, removes files that nothing refers to, gives freed space back to the disk and notes how
/// much is used. In small steps, so that no request waits for more than a moment.
/// </summary>
public sealed class DiskKeeping(Database database, Retention retention, OrphanedFiles orphans, Settings settings, TimeProvider time)
{
    /// <summary>So much stays for what comes next; in pages of 4 KiB.</summary>
    private const int FreePagesKept = 256;

    /// <summary>Returns how many rows and files went.</summary>
    public async Task<long> Step(CancellationToken cancel = default)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (database.Read(c => DiskDayStore.Has(c, today))) return 0;
        var removed = await retention.Step(cancel) + await orphans.Remove(cancel);
        await GiveBack(cancel);
        var use = DataFolder.Measure(settings);
        await database.WriteRepeatable(c => DiskDayStore.Note(c, new DiskDay(today, use.Database, use.Media, use.Cache)));
        return removed;
    }

    private async Task GiveBack(CancellationToken cancel)
    {
        var left = await database.WriteRepeatable(HousekeepingStore.FreePages);
        while (left > FreePagesKept && !cancel.IsCancellationRequested)
        {
            var before = left;
            left = await database.WriteRepeatable(HousekeepingStore.GiveBackPages);
            if (left >= before) return;
        }
    }
}
