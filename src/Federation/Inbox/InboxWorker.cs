using System.Collections.Concurrent;
using Calf.ActivityPub;
using Calf.Federation.Delivery;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Applies what the inbox accepted: in the order of arrival for each host that delivered it, several hosts side by side, so that a slow
/// server, or one that forwards in the name of many, holds up nobody else's activities. What is applied in one moment is committed together.
/// </summary>
public sealed partial class InboxWorker(
    Database database, IEnumerable<ActivityHandler> handlers, InboxForwarding forwarding, HostHealth hosts, TimeProvider time, ILogger<InboxWorker> log) : BackgroundService
{
    private const int MaxPerLook = 256;
    private const int MaxHostsAtOnce = 16;

    /// <summary>Whoever takes longer, mostly by letting us wait for what has to be fetched, lets others go first for a while (wire 119).</summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan RestAfterLongTurn = TimeSpan.FromMinutes(1);

    /// <summary>The longest sleep, so that what was queued by another process or put off is found.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(5);

    /// <summary>
    /// While activities keep coming faster than this, applying waits: taking them in comes first, since other servers time out, and
    /// what is taken in is safe.
    /// </summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(20);

    /// <summary>A burst that goes on for longer than this is a flood, and applying goes on beside it.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait before each further try when another server did not answer. After the last the activity is dropped.</summary>
    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    private readonly Dictionary<string, ActivityHandler> byType = handlers.ToDictionary(h => h.Type);
    private readonly ConcurrentDictionary<string, Task> busy = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> resting = new();
    private readonly SemaphoreSlim woken = new(0);

    private long lastArrival;
    private long burstBegan;

    /// <summary>Says that something was queued.</summary>
    public void Arrived()
    {
        if (time.GetElapsedTime(Volatile.Read(ref lastArrival)) >= Lull) Volatile.Write(ref burstBegan, time.GetTimestamp());
        Volatile.Write(ref lastArrival, time.GetTimestamp());
        Wake();
    }

    private void Wake() => woken.Release();

    /// <summary>Applies what is due now, for tests, in place of the running worker. True if there was anything.</summary>
    public async Task<bool> Step(CancellationToken cancel)
    {
        if (StartDue(cancel) == 0) return false;
        await Task.WhenAll(busy.Values);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LetBurstPass(stoppingToken);
                // Everything that came in while we looked is found by one more look.
                while (woken.Wait(0, CancellationToken.None)) { }
                if (StartDue(stoppingToken) == 0) await woken.WaitAsync(LongestSleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // A look that fails must not end the worker; everything is still in the queue.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.LookFailed(log, failure);
                await Task.Delay(RestAfterError, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(busy.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LetBurstPass(CancellationToken cancel)
    {
        while (time.GetElapsedTime(Volatile.Read(ref lastArrival)) < Lull && time.GetElapsedTime(Volatile.Read(ref burstBegan)) < LongestHold)
            await Task.Delay(Lull, time, cancel);
    }

    /// <summary>Gives a turn to each host that has something due and none now. How many got one.</summary>
    private int StartDue(CancellationToken cancel)
    {
        var free = MaxHostsAtOnce - busy.Count;
        if (free <= 0) return 0;
        var now = time.GetUtcNow();
        foreach (var (host, until) in resting)
            if (until <= now) resting.TryRemove(host, out _);
        var due = database.Read(c => InboxQueue.Due(c, now, [.. busy.Keys, .. resting.Keys], MaxPerLook));
        var turns = due.GroupBy(a => a.Carrier).Take(free).ToList();
        foreach (var ofHost in turns)
        {
            // Taken before it starts: a turn that ends at once must find its own entry to remove.
            var turn = new Task<Task>(() => Turn(ofHost.Key, ofHost, cancel));
            busy[ofHost.Key] = turn.Unwrap();
            turn.Start(TaskScheduler.Default);
        }
        return turns.Count;
    }

    private async Task Turn(string host, IEnumerable<QueuedActivity> activities, CancellationToken cancel)
    {
        try
        {
            await ApplyInOrder(host, activities, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping; what was not applied is still in the queue.
        }
#pragma warning disable CA1031 // The database did not take it, as when the disk is full; everything is still in the queue.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.LookFailed(log, failure);
            await Task.Delay(RestAfterError, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            busy.TryRemove(host, out _);
            Wake();
        }
    }

    private async Task ApplyInOrder(string host, IEnumerable<QueuedActivity> activities, CancellationToken cancel)
    {
        // The steps run in the order in which they are handed to the writer, so nobody needs to wait between two of them.
        var writes = new List<Task>();
        var began = time.GetTimestamp();
        foreach (var queued in activities)
        {
            writes.Add(await Apply(queued, cancel));
            if (time.GetElapsedTime(began) < LongestTurn) continue;
            resting[host] = time.GetUtcNow() + RestAfterLongTurn;
            break;
        }
        await Task.WhenAll(writes);
    }

    private async Task<Task> Apply(QueuedActivity queued, CancellationToken cancel)
    {
        // What the ladder let in parses again.
        _ = ParseLimits.TryParse(queued.Body, out var json, out _);
        var activity = new IncomingActivity(
            queued.ActivityId, json.TypeName(), queued.ActorUri, json, queued.Personal, queued.Trusted, queued.ReceivedAt, queued.Relayed)
        {
            Budget = new FetchBudget(FetchBudget.Default - queued.Fetches),
        };
        try
        {
            var step = byType.TryGetValue(activity.Type, out var handler)
                ? await handler.Prepare(activity, cancel)
                : _ => Outcome.Ignored($"Calf does nothing with the type {activity.Type}.");
            return Finish(queued, activity, await forwarding.Around(queued, activity, step, cancel));
        }
        catch (TryLaterException later)
        {
            return PutOff(queued, activity, later.Message);
        }
#pragma warning disable CA1031 // A document that breaks its handler is our fault: keep the others going and say so.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Drop(queued, activity, failure);
        }
    }

    private async Task Finish(QueuedActivity queued, IncomingActivity activity, Func<Connection, Outcome> step)
    {
        try
        {
            await database.WriteRepeatable(c =>
            {
                InboxQueue.Remove(c, queued.Id);
                if (queued.Trusted) hosts.HeardFrom(c, queued.Host);
                if (step(c).Reason is not { } reason) return;
                InboxQueue.Forget(c, queued);
                VerdictStore.Add(c, VerdictOn(activity, reason));
            });
        }
#pragma warning disable CA1031 // As above.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await Drop(queued, activity, failure);
        }
    }

    private Task Drop(QueuedActivity queued, IncomingActivity activity, Exception failure)
    {
        Log.StepFailed(log, activity.Type, activity.Id, failure);
        return database.WriteRepeatable(c =>
        {
            InboxQueue.Remove(c, queued.Id);
            VerdictStore.Add(c, VerdictOn(activity, "Calf could not apply it: an error of Calf's own, see the log."));
        });
    }

    private Task PutOff(QueuedActivity queued, IncomingActivity activity, string reason) => database.WriteRepeatable(c =>
    {
        if (queued.Attempts < Delays.Length && !activity.Budget.IsSpent)
        {
            InboxQueue.Postpone(c, queued.Id, time.GetUtcNow() + Delays[queued.Attempts], queued.Fetches + activity.Budget.Taken);
            return;
        }
        InboxQueue.Remove(c, queued.Id);
        VerdictStore.Add(c, VerdictOn(activity, $"Given up after {queued.Attempts + 1} tries: {reason}"));
    });

    private Verdict VerdictOn(IncomingActivity a, string reason) => new(
        time.GetUtcNow(), Origin.HostOf(a.Actor) ?? "", a.Actor, a.Id, a.Type, a.ObjectId, StatusCodes.Status202Accepted, reason);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A {type} could not be applied: {id}")]
        public static partial void StepFailed(ILogger log, string type, string id, Exception failure);

        [LoggerMessage(LogLevel.Error, "Applying received activities failed; trying again in a moment")]
        public static partial void LookFailed(ILogger log, Exception failure);
    }
}
