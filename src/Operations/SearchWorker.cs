using Calf.Federation;
using Calf.Search;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Puts into the index, every second, what has been stored; at first, and after an upgrade, everything there is.</summary>
public sealed class SearchWorker(Database database, TimeProvider time, ILogger<SearchWorker> log) : PeriodicWorker(Interval, time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Until nothing waits. A large backlog goes in small batches, so that other writes come between.</summary>
    public async Task Step(CancellationToken cancel = default)
    {
        while (await Searching.CatchUp(database)) cancel.ThrowIfCancellationRequested();
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);
}
