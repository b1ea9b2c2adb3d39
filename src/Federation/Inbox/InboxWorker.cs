using Calf.ActivityPub;
using Calf.Federation.Delivery;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Applies what the inbox accepted: in the order of arrival for each host, several hosts side by side, so that a slow server holds
/// up nobody else's activities. The steps of a round are committed together.
/// </summary>
public sealed partial class InboxWorker(
    Database database, IEnumerable<ActivityHandler> handlers, HostHealth hosts, TimeProvider time, ILogger<InboxWorker> log) : BackgroundService
{
    private const int MaxPerRound = 256;
    private const int MaxHostsAtOnce = 8;

    /// <summary>How long to wait before each further try when another server did not answer. After the last the activity is dropped.</summary>
    private static readonly TimeSpan[] Delays =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    private readonly Dictionary<string, ActivityHandler> byType = handlers.ToDictionary(h => h.Type);
    private readonly SemaphoreSlim woken = new(0, 1);

    /// <summary>Says that something was queued.</summary>
    public void Wake()
    {
        if (woken.CurrentCount == 0)
            try
            {
                woken.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in between.
            }
    }

    /// <summary>Applies what is due now. True if there was anything.</summary>
    public async Task<bool> Step(CancellationToken cancel)
    {
        var due = database.Read(c => InboxQueue.Due(c, time.GetUtcNow(), MaxPerRound));
        if (due.Count == 0) return false;
        await Parallel.ForEachAsync(
            due.GroupBy(a => Origin.HostOf(a.ActorUri) ?? ""),
            new ParallelOptions { MaxDegreeOfParallelism = MaxHostsAtOnce, CancellationToken = cancel },
            async (ofHost, cancelHost) => await ApplyInOrder(ofHost, cancelHost));
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Sleep no longer than this, so that what was queued from outside this process or postponed is found.
        var longest = TimeSpan.FromSeconds(30);
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await Step(stoppingToken)) continue;
                await woken.WaitAsync(longest, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A round that fails must not end the worker; what it did not finish is still in the queue.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.RoundFailed(log, failure);
                await Task.Delay(TimeSpan.FromSeconds(5), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ApplyInOrder(IEnumerable<QueuedActivity> activities, CancellationToken cancel)
    {
        // The steps run in the order in which they are handed to the writer, so nobody needs to wait between two of them.
        var writes = new List<Task>();
        foreach (var queued in activities) writes.Add(await Apply(queued, cancel));
        await Task.WhenAll(writes);
    }

    private async Task<Task> Apply(QueuedActivity queued, CancellationToken cancel)
    {
        // What the ladder let in parses again.
        _ = ParseLimits.TryParse(queued.Body, out var json, out _);
        var activity = new IncomingActivity(
            queued.ActivityId, json.TypeName(), queued.ActorUri, json, queued.Personal, queued.Trusted, queued.ReceivedAt);
        try
        {
            var step = byType.TryGetValue(activity.Type, out var handler)
                ? await handler.Prepare(activity, cancel)
                : _ => Outcome.Ignored($"Calf does nothing with the type {activity.Type}.");
            return Finish(queued, activity, step);
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
            await database.Write(c =>
            {
                InboxQueue.Remove(c, queued.Id);
                if (Origin.HostOf(activity.Actor) is { } host && activity.Trusted) hosts.HeardFrom(c, host);
                if (step(c).Reason is { } reason) VerdictStore.Add(c, VerdictOn(activity, reason));
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
        return database.Write(c =>
        {
            InboxQueue.Remove(c, queued.Id);
            VerdictStore.Add(c, VerdictOn(activity, "Calf could not apply it: an error of Calf's own, see the log."));
        });
    }

    private Task PutOff(QueuedActivity queued, IncomingActivity activity, string reason) => database.Write(c =>
    {
        if (queued.Attempts < Delays.Length)
        {
            InboxQueue.Postpone(c, queued.Id, time.GetUtcNow() + Delays[queued.Attempts]);
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
        public static partial void RoundFailed(ILogger log, Exception failure);
    }
}
