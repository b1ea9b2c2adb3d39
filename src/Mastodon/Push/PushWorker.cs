using System.Threading.Channels;
using Calf.Events;
using Calf.Notifications;
using Calf.Store;

namespace Calf.Mastodon.Push;

/// <summary>Sends what is to be pushed, as soon as it is and again when a push service does not answer.</summary>
public sealed class PushWorker(PushSending sending, Database database, EventHub events, TimeProvider time) : BackgroundService
{
    private const int Batch = 50;
    private const int AtOnce = 4;

    /// <summary>How long until what could not be pushed is tried again; after the last it is given up.</summary>
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>Sends what is due. Returns how much was.</summary>
    public async Task<int> Step(CancellationToken cancel)
    {
        var (due, subscriptions) = database.Read(c =>
        {
            var found = PushStore.Due(c, time.GetUtcNow(), Batch);
            return (found, PushStore.FindMany(c, found.Select(p => p.SubscriptionId).Distinct()));
        });
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (push, stop) =>
        {
            var result = await sending.Send(push, subscriptions[push.SubscriptionId], stop);
            await database.Write(c => Settle(c, push, subscriptions[push.SubscriptionId], result));
        });
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var listening = events.Listen(happened =>
        {
            if (happened is NotificationAdded) woken.Writer.TryWrite(true);
        });
        using var timer = new PeriodicTimer(Look, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            while (await Step(stoppingToken) == Batch) { }
            if (await Task.WhenAny(tick, woken.Reader.WaitToReadAsync(stoppingToken).AsTask()) == tick) tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            woken.Reader.TryRead(out _);
        }
    }

    private void Settle(Connection c, QueuedPush push, PushSubscription subscription, PushResult result)
    {
        if (result == PushResult.Gone) PushStore.Remove(c, subscription.Id);
        else if (result == PushResult.Later && push.Tries < Delays.Length) PushStore.Delay(c, push.Id, time.GetUtcNow() + Delays[push.Tries]);
        else PushStore.Done(c, push.Id);
    }
}
