using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Interactions;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody favourited a status. An emoji reaction counts as a favourite, and its emoji is kept (wire 97).</summary>
public class LikeHandler(Owner owner, Notifying notifying, EventHub events) : ActivityHandler
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
        var reaction = RemoteReaction.Read(activity.Json);
        if (reaction is null && activity.Type != "Like") return Outcome.Ignored("It reacts with something that is no emoji.");
        var picture = DomainMarks.RejectsMedia(c, fan.Id) ? null : reaction?.ImageUrl;
        if (picture is not null) RemoteEmojiStore.Learn(c, fan.Domain, [new CustomEmoji(reaction!.Name, picture)], activity.ReceivedAt);
        var changed = reaction is not null
            && ReactionStore.Add(c, new Reaction(status.Id, fan.Id, reaction.Name, picture, activity.Id), activity.ReceivedAt);
        if (FavouriteStore.Add(c, status.Id, fan.Id, activity.Id, activity.ReceivedAt))
        {
            if (status.AccountId == owner.Id) notifying.Tell(c, NotificationTypes.Favourite, fan.Id, status.Id);
            changed = true;
        }
        if (changed) c.AfterCommit(() => events.Publish(new CountsChanged(status.Id)));
        return Outcome.Applied;
    }
}

/// <summary>The other spelling of an emoji reaction, by Pleroma and those who took it over (FEP-c0e0).</summary>
public sealed class EmojiReactHandler(Owner owner, Notifying notifying, EventHub events) : LikeHandler(owner, notifying, events)
{
    public override string Type => "EmojiReact";
}
