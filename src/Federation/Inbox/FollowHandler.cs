using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody wants to follow the owner: accepted at once, or left as a request when the owner's account is locked.</summary>
public sealed class FollowHandler(Owner owner, Site site, Sending sending, Notifying notifying) : ActivityHandler
{
    public override string Type => "Follow";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return Ignore("A follow counts only when the follower signed it.");
        if (activity.ObjectId == site.InstanceActor) return Step(c => RelayAnswers.FollowBack(c, activity, site, sending));
        if (activity.ObjectId != owner.Required.Uri) return Ignore("It follows somebody who is not here.");
        return Step(c => Apply(c, activity));
    }

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } follower) return Outcome.Ignored("The follower is not known.");
        if (Tombstones.Find(c, activity.Id) is not null) return Outcome.Ignored("It was undone before it arrived.");
        if (BlockStore.Exists(c, owner.Id, follower.Id))
        {
            sending.To(c, follower, RejectBuilder.Build(owner.Required.Uri, activity.Id, follower.Uri));
            return Outcome.Ignored("You block this account.");
        }
        var before = FollowStore.Find(c, follower.Id, owner.Id);
        var accepted = !owner.Required.Locked || before is { Accepted: true };
        FollowStore.Save(c, new Follow(follower.Id, owner.Id, activity.Id, accepted, true, false, activity.ReceivedAt));
        // A repeated Follow is answered again: the other side may have lost the first answer (wire 88).
        if (accepted) sending.To(c, follower, AcceptBuilder.Build(owner.Required.Uri, activity.Id, follower.Uri));
        if (before is null) notifying.Tell(c, accepted ? NotificationTypes.Follow : NotificationTypes.FollowRequest, follower.Id, null);
        sending.AfterOwnerChanged(c);
        return Outcome.Applied;
    }
}
