using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Looks at the quotes that came in, some side by side, each as soon as it is due.</summary>
public sealed partial class QuoteWorker(Database database, QuoteChecking checking, EventHub events, TimeProvider time, ILogger<QuoteWorker> log) : BackgroundService
{
    private const int MaxPerLook = 40;
    private const int MaxAtOnce = 4;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    /// <summary>Looks at what is due now. How many quotes that were.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        var due = database.Read(c => QuoteStore.Due(c, time.GetUtcNow(), MaxPerLook));
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancel },
            async (quote, stop) => await checking.Check(quote, stop));
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var woken = new SemaphoreSlim(0);
        using var listening = events.Listen(happened =>
        {
            if (happened is QuoteWaits) woken.Release();
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (woken.Wait(0, CancellationToken.None)) { }
                if (await Step(stoppingToken) == 0) await woken.WaitAsync(LongestSleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // What cannot be looked at now is still due at the next look.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.Failed(log, failure);
                await Task.Delay(LongestSleep, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Looking at quotes failed; trying again in a moment")]
        public static partial void Failed(ILogger log, Exception failure);
    }
}
