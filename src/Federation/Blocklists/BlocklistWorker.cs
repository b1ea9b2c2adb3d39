using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Blocklists;

/// <summary>Looks at each subscribed list once a day.</summary>
public sealed partial class BlocklistWorker(Database database, Blocklisting lists, TimeProvider time, ILogger<BlocklistWorker> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Looks at those that are due.</summary>
    public async Task Step(CancellationToken cancel)
    {
        var due = time.GetUtcNow() - Every;
        foreach (var list in database.Read(c => BlocklistStore.CheckedBefore(c, due))) await lists.Refresh(list, cancel);
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
#pragma warning disable CA1031 // What fails now is tried again in a while.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.Failed(log, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The subscribed block lists could not be looked at; it is tried again in a quarter of an hour.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
