using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Documents;
using Calf.Interactions;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>
/// Sends the counts of the owner's polls, some minutes after votes came and at the end, and tells the owner when a poll of theirs or
/// one that they voted in has ended.
/// </summary>
public sealed class PollWorker(
    Database database, Owner owner, PollResults results, PollRefreshing refreshing, TimeProvider time, ILogger<PollWorker> log)
    : PeriodicWorker(Interval, time, log)
{
    /// <summary>After the end of a poll of another server its last counts may still be on their way.</summary>
    public static readonly TimeSpan LastCountsTake = TimeSpan.FromMinutes(5);

    private const int MaxPerLook = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>Says what is due now. How many polls there was something to say of.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        if (owner.Account is null) return 0;
        var now = Time.GetUtcNow();
        var (ended, counted) = database.Read(c => (PollStore.WithEndDue(c, now, MaxPerLook), PollStore.WithResultsDue(c, now, MaxPerLook)));
        foreach (var id in ended)
        {
            await refreshing.Refresh(id, cancel);
            await database.Write(c => results.End(c, id));
        }
        foreach (var id in counted.Except(ended)) await database.Write(c => results.Send(c, id));
        return ended.Union(counted).Count();
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);
}

/// <summary>Says how the owner's polls stand, and that polls ended.</summary>
public sealed class PollResults(Owner owner, Site site, Sending sending, Notifying notifying, EventHub events, TimeProvider time)
{
    /// <summary>Servers of boosters beyond this many learn of it when they look again.</summary>
    private const int MaxBoosters = 1000;

    /// <summary>Sends the counts to all who have the poll: followers, voters, the mentioned and who boosted it.</summary>
    public void Send(Connection c, long statusId)
    {
        PollStore.ResultsTold(c, statusId);
        if (StatusStore.Find(c, statusId) is not { } status || status.AccountId != owner.Id) return;
        var update = UpdateBuilder.Build(NoteBuilder.Load(c, site, owner.Required, status), time.GetUtcNow());
        var others = PollVoteStore.Voters(c, statusId)
            .Concat(StatusParts.Mentions(c, [statusId]).Select(m => m.AccountId))
            .Concat(BoostStore.AccountsOf(c, statusId, new Paging(MaxBoosters), Moderation.Hidden.Nobody));
        var accounts = AccountStore.FindMany(c, others.Distinct()).Values;
        if (status.Visibility == Visibility.Direct) sending.To(c, accounts, update);
        else sending.ToFollowersAnd(c, accounts, update);
    }

    /// <summary>Ends the poll if its time is over, and tells the owner.</summary>
    public void End(Connection c, long statusId)
    {
        var now = time.GetUtcNow();
        PollStore.TellEnd(c, statusId, null);
        if (StatusStore.Find(c, statusId) is not { } status || PollStore.Find(c, statusId) is not { } poll) return;
        if (!poll.HasEnded(now))
        {
            // Its author gave it more time meanwhile.
            PollStore.TellEnd(c, statusId, poll.ExpiresAt + PollWorker.LastCountsTake);
            return;
        }
        if (status.AccountId == owner.Id)
        {
            PollStore.Close(c, statusId, poll.ExpiresAt ?? now);
            Send(c, statusId);
        }
        notifying.Tell(c, NotificationTypes.Poll, status.AccountId, statusId);
        c.AfterCommit(() => events.Publish(new PollChanged(statusId)));
    }
}
