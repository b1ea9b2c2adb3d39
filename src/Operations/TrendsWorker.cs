using Calf.Federation;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Operations;

/// <summary>Works out what is much used now.</summary>
public sealed class TrendsWorker(Database database, TimeProvider time, ILogger<TrendsWorker> log) : PeriodicWorker(Interval, time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public async Task Step()
    {
        foreach (var kind in Enum.GetValues<TrendKind>())
        {
            // Read beside the writer, which does not wait for it.
            var found = database.Read(c => TrendStore.WorkOut(c, kind, Time.GetUtcNow()));
            await database.Write(c => TrendStore.Replace(c, kind, found));
        }
    }

    protected override Task Round(CancellationToken cancel) => Step();
}
