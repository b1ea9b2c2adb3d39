using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Inbox;

/// <summary>Somebody blocks the owner: both follows end, and their followers-only posts are no longer shown.</summary>
public sealed class BlockHandler(Owner owner, Sending sending) : ActivityHandler
{
    public override string Type => "Block";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return Ignore("A block counts only when the blocking account signed it.");
        if (activity.ObjectId != owner.Required.Uri) return Ignore("It blocks somebody who is not here.");
        return Step(c => Apply(c, activity));
    }

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } blocker) return Outcome.Ignored("The blocking account is not known.");
        if (Tombstones.Find(c, activity.Id) is not null) return Outcome.Ignored("It was undone before it arrived.");
        BlockStore.Add(c, blocker.Id, owner.Id, activity.Id, activity.ReceivedAt);
        FollowStore.Remove(c, blocker.Id, owner.Id);
        FollowStore.Remove(c, owner.Id, blocker.Id);
        TimelineStore.RemoveFromHome(c, blocker.Id);
        sending.AfterOwnerChanged(c);
        return Outcome.Applied;
    }
}
