using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Interactions;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Takes back a Follow, Like, Announce, Block or Accept of the same actor. It may come whole, in part, or as a bare id (wire 89),
/// and before what it undoes (wire 91).
/// </summary>
public sealed class UndoHandler(Owner owner, EventHub events, Sending sending, TimeProvider time) : ActivityHandler
{
    public override string Type => "Undo";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel) =>
        activity.Trusted ? Step(c => Apply(c, activity)) : Ignore("An undo counts only when its actor signed it.");

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } actor) return Outcome.Ignored("The undoing account is not known.");
        var inner = activity.Object;
        var id = activity.ObjectId;
        if (inner.Id("actor") is { } other && other != actor.Uri) return Outcome.Ignored("It undoes what another account did.");

        var undone = inner.TypeName() switch
        {
            "Follow" => Unfollow(c, actor, inner.Id("object")),
            "Like" or "EmojiReact" => Unlike(c, actor, UndoneLike.Remove(c, actor.Id, id, inner)),
            "Announce" => Unboost(c, actor, StatusStore.FindByUri(c, id) ?? BoostOf(c, actor, inner.Id("object"))),
            "Block" => Unblock(c, actor, inner.Id("object")),
            "Accept" => EndFollow(c, actor),
            _ => ById(c, actor, id),
        };
        // Remembered even when something was undone: a copy of the undone activity may still be on its way.
        if (Origin.Same(id, actor.Uri)) Tombstones.Add(c, id, time.GetUtcNow());
        return undone ? Outcome.Applied : Outcome.Ignored("There was nothing to undo.");
    }

    private bool ById(Connection c, Account actor, string id)
    {
        if (FollowStore.FindByUri(c, id) is { } follow && follow.AccountId == actor.Id) return Unfollow(c, actor, owner.Required.Uri);
        if (UndoneLike.Remove(c, actor.Id, id, default) is { } liked) return Unlike(c, actor, liked);
        if (StatusStore.FindByUri(c, id) is { IsBoost: true } boost) return Unboost(c, actor, boost);
        return BlockStore.UriOf(c, actor.Id, owner.Id) == id && Unblock(c, actor, owner.Required.Uri);
    }

    private bool Unfollow(Connection c, Account actor, string? target)
    {
        if (target is not null && target != owner.Required.Uri) return false;
        if (!FollowStore.Remove(c, actor.Id, owner.Id)) return false;
        NotificationStore.Remove(c, NotificationTypes.Follow, actor.Id, null);
        NotificationStore.Remove(c, NotificationTypes.FollowRequest, actor.Id, null);
        sending.AfterOwnerChanged(c);
        return true;
    }

    private bool Unlike(Connection c, Account actor, long? statusId)
    {
        if (statusId is not { } id) return false;
        if (FavouriteStore.UriOf(c, id, actor.Id) is null) NotificationStore.Remove(c, NotificationTypes.Favourite, actor.Id, id);
        c.AfterCommit(() => events.Publish(new CountsChanged(id)));
        return true;
    }

    private bool Unboost(Connection c, Account actor, Status? boost)
    {
        if (boost is not { BoostOfId: { } boosted } || boost.AccountId != actor.Id) return false;
        StatusStore.Remove(c, boost);
        NotificationStore.Remove(c, NotificationTypes.Boost, actor.Id, boosted);
        c.AfterCommit(() => events.Publish(new StatusRemoved(boost.Id, Public: false)));
        c.AfterCommit(() => events.Publish(new CountsChanged(boosted)));
        return true;
    }

    private bool Unblock(Connection c, Account actor, string? target) =>
        target == owner.Required.Uri && BlockStore.Remove(c, actor.Id, owner.Id);

    /// <summary>The followed takes its acceptance back: the owner no longer follows.</summary>
    private bool EndFollow(Connection c, Account actor) => FollowStore.Remove(c, owner.Id, actor.Id);

    private static Status? BoostOf(Connection c, Account actor, string? boostedUri) =>
        boostedUri is not null && StatusStore.FindByUri(c, boostedUri) is { } boosted ? StatusStore.FindBoost(c, boosted.Id, actor.Id) : null;
}
