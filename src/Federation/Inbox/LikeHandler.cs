using Calf.Accounts;
using Calf.Events;
using Calf.Interactions;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody favourited a status. An emoji reaction counts as a favourite (wire 97).</summary>
public sealed class LikeHandler(Owner owner, Notifying notifying, EventHub events) : ActivityHandler
{
    public override string Type => "Like";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel) =>
        activity.Trusted ? Step(c => Apply(c, activity)) : Ignore("A like counts only when the liking account signed it.");

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } fan) return Outcome.Ignored("The liking account is not known.");
        if (StatusStore.FindByUri(c, activity.ObjectId) is not { } status) return Outcome.Ignored("It likes a post that is not here.");
        if (Tombstones.Find(c, activity.Id) is not null) return Outcome.Ignored("It was undone before it arrived.");
        if (!StatusAccess.MayRead(c, status, fan.Id)) return Outcome.Ignored("It likes a post that this account may not see.");
        if (!FavouriteStore.Add(c, status.Id, fan.Id, activity.Id, activity.ReceivedAt)) return Outcome.Applied;
        if (status.AccountId == owner.Id) notifying.Tell(c, NotificationTypes.Favourite, fan.Id, status.Id);
        c.AfterCommit(() => events.Publish(new CountsChanged(status.Id)));
        return Outcome.Applied;
    }
}
