using Calf.Accounts;
using Calf.Events;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner deletes a post: it goes from here, and everybody who has it is told.</summary>
public sealed class Deleting(Database database, Owner owner, Sending sending, Boosting boosting, EventHub events, TimeProvider time)
{
    /// <summary>The post as it was.</summary>
    /// <exception cref="ActionException">It is not a post of the owner's.</exception>
    public Task<Status> Delete(long statusId) => database.Write(c =>
    {
        var status = Readable.RequireOwn(c, statusId, owner.Id);
        // A boost was never a post that could be deleted elsewhere: it is undone.
        if (status.IsBoost)
        {
            boosting.TakeBack(c, status);
            return status;
        }
        var mentioned = AccountStore.FindMany(c, StatusParts.Mentions(c, [statusId]).Select(m => m.AccountId).Concat(QuoteStore.Quoters(c, statusId)).Distinct()).Values;
        var boosters = AccountStore.FindMany(c, Interactions.BoostStore.AccountsOf(c, statusId, new Paging(MaxBoosters), Moderation.Hidden.Nobody)).Values;
        // Kept for a while: the post may be deleted to be written anew.
        UploadStore.MarkUnused(c, Attaching.IdsOf(c, statusId), time.GetUtcNow());
        StatusStore.Remove(c, status);
        Tombstones.Add(c, status.Uri, time.GetUtcNow());
        var delete = DeleteBuilder.Build(status.Uri, owner.Required.Uri);
        if (status.Visibility == Visibility.Direct) sending.To(c, mentioned, delete, status.Id);
        else sending.ToFollowersAnd(c, mentioned.Concat(boosters), delete, status.Id, relayed: status.Visibility == Visibility.Public);
        c.AfterCommit(() => events.Publish(new StatusRemoved(status.Id, status.Visibility == Visibility.Public)));
        return status;
    });

    /// <summary>Servers of boosters beyond this many learn of it when they look again.</summary>
    private const int MaxBoosters = 1000;
}
