using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.FollowLists;

/// <summary>Follows the people of lists a few at a time, of each server one after another. What waits is stored, and goes on after a restart.</summary>
public sealed class FollowListWorker(Database database, RemoteAccounts accounts, Following following, Owner owner, TimeProvider time, ILogger<FollowListWorker> log)
    : PeriodicWorker(Interval, time, log)
{
    /// <summary>Between two rounds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>In a round, at different servers.</summary>
    public const int AtOnce = 4;

    /// <summary>After the first, second … try in vain; then it has failed.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(2)];

    /// <summary>One round. How many were tried.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        var due = database.Read(c => FollowListStore.Due(c, Time.GetUtcNow(), AtOnce));
        await Parallel.ForEachAsync(due, cancel, async (one, token) => await Follow(one, token));
        return due.Count;
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);

    private async Task Follow(DueFollow due, CancellationToken cancel)
    {
        var person = due.Listed.Person;
        var found = false;
        try
        {
            var account = await accounts.Resolve(person, cancel);
            found = true;
            // What was chosen by hand meanwhile stays.
            if (database.Read(c => FollowStore.Find(c, owner.Id, account.Id)) is null)
                await following.Follow(account.Id, due.Listed.ShowBoosts, due.Listed.Notify, due.Listed.Languages);
            await database.Write(c => FollowListStore.Done(c, person, Time.GetUtcNow()));
        }
        catch (ActionException refused)
        {
            var reason = !found ? refused.Message : refused.Status == StatusCodes.Status403Forbidden ? "You have blocked them, or they you." : "This account is gone.";
            await database.Write(c =>
            {
                if (found || due.Tries >= Pauses.Count) FollowListStore.Fail(c, person, reason, Time.GetUtcNow());
                else FollowListStore.Again(c, person, reason, Time.GetUtcNow() + Pauses[due.Tries]);
            });
        }
    }
}
