using System.Collections.Concurrent;
using System.Threading.Channels;
using Calf.Accounts;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Conversations;

/// <summary>Looks through threads for what is missing when their time has come, a few side by side. What was under way when the server stopped is still due when it starts.</summary>
public sealed partial class ThreadWorker(Database database, ThreadCompletion completion, Owner owner, TimeProvider time, ILogger<ThreadWorker> log) : BackgroundService
{
    public const int AtOnce = 3;

    /// <summary>How often is looked whether a thread is due that nobody opened.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>After a look that ended with a fault of ours.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromHours(1);

    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(AtOnce) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<long, bool> running = new();

    /// <summary>The owner looks at the thread of a status. The look that is under way because of it; null when it was looked through a moment ago.</summary>
    public async Task<ThreadLook?> Open(Status status)
    {
        // Nobody knows of more than this server does.
        if (status.AccountId == owner.Id && status.InReplyToUri is null && status.RepliesCount == 0) return null;
        var now = time.GetUtcNow();
        var known = database.Read(c => ThreadLookStore.Find(c, ThreadLookStore.RootOf(c, status)));
        if (known is null || !(known.DueAt <= known.EndedAt + ThreadLookStore.Every || known.IsRunning(now)))
        {
            known = await database.Write(c => ThreadLookStore.Want(c, status, now, now));
            wakes.Writer.TryWrite(true);
        }
        return known.IsRunning(now) ? known : null;
    }

    /// <summary>Looks through all that is due now, for tests, in place of the running worker. How many posts came.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        var stored = 0;
        while (Take() is { } root) stored += await Look(root, cancel);
        return stored;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Run(stoppingToken)));

    private async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (Take() is { } root) await Look(root, stopping);
            else await Wait(stopping);
        }
    }

    private async Task Wait(CancellationToken stopping)
    {
        using var limited = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, stopping);
        try
        {
            await wakes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // It is time to look.
        }
    }

    /// <summary>A thread that is due and that nobody looks through.</summary>
    private long? Take()
    {
        foreach (var root in database.Read(c => ThreadLookStore.Due(c, time.GetUtcNow(), AtOnce)))
            if (running.TryAdd(root, true)) return root;
        return null;
    }

    private async Task<int> Look(long root, CancellationToken stopping)
    {
        try
        {
            return await completion.Look(root, stopping);
        }
#pragma warning disable CA1031 // One thread that cannot be completed must not keep the others from it.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(log, root, failure);
            await database.Write(c => ThreadLookStore.End(c, root, time.GetUtcNow() + AfterFault, time.GetUtcNow()));
            return 0;
        }
        finally
        {
            running.TryRemove(root, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The thread of the status {id} could not be completed")]
        public static partial void Failed(ILogger log, long id, Exception failure);
    }
}
