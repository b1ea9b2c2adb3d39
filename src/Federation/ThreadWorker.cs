using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Calf.Federation;

/// <summary>Completes threads that the owner looks at, one after another, beside everything else.</summary>
public sealed partial class ThreadWorker(ThreadBackfill backfill, TimeProvider time, ILogger<ThreadWorker> log) : BackgroundService
{
    /// <summary>Threads that wait; when somebody looks at more than these in a moment, the rest is for the next look.</summary>
    public const int MaxWaiting = 20;

    /// <summary>The least time between two completions of one thread.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private const int MaxRemembered = 1000;

    private readonly Channel<long> waiting = Channel.CreateBounded<long>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly ConcurrentDictionary<long, DateTimeOffset> looked = new();

    /// <summary>The owner looks at the thread of a post.</summary>
    public void Look(long statusId)
    {
        var now = time.GetUtcNow();
        if (looked.TryGetValue(statusId, out var before) && before > now - Every) return;
        if (looked.Count >= MaxRemembered) looked.Clear();
        if (waiting.Writer.TryWrite(statusId)) looked[statusId] = now;
    }

    /// <summary>Completes what waits now, for tests, in place of the running worker. How many posts came.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        var stored = 0;
        while (waiting.Reader.TryRead(out var id)) stored += await backfill.Fill(id, cancel);
        return stored;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await backfill.Fill(id, stoppingToken);
            }
#pragma warning disable CA1031 // One thread that cannot be completed must not keep the others from it.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.Failed(log, id, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The thread of the status {id} could not be completed")]
        public static partial void Failed(ILogger log, long id, Exception failure);
    }
}
