using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Blocklists;

/// <summary>Looks at each subscribed list once a day.</summary>
public sealed class BlocklistWorker(Database database, Blocklisting lists, TimeProvider time, ILogger<BlocklistWorker> log)
    : PeriodicWorker(Interval, time, log)
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Looks at those that are due.</summary>
    public async Task Step(CancellationToken cancel)
    {
        var due = Time.GetUtcNow() - Every;
        foreach (var list in database.Read(c => BlocklistStore.CheckedBefore(c, due))) await lists.Refresh(list, cancel);
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);
}
