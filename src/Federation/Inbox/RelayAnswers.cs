using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>What relays answer to a subscription, and how they follow back.</summary>
internal static class RelayAnswers
{
    /// <summary>Notes that a relay accepted or refused; false when it is no relay's answer.</summary>
    public static bool Note(Connection c, IncomingActivity answer, RelayState state)
    {
        if (RelayStore.FindByFollow(c, answer.ObjectId) is not { } relay || !Origin.Same(answer.Actor, relay.Inbox)) return false;
        if (relay.ActorUri is { } known && known != answer.Actor) return false;
        RelayStore.Save(c, relay with { ActorUri = answer.Actor, State = state });
        return true;
    }

    /// <summary>A relay in LitePub's way follows the instance actor, to get what this server announces.</summary>
    public static Outcome FollowBack(Connection c, IncomingActivity follow, Site site, Sending sending)
    {
        if (RelayStore.FindByActor(c, follow.Actor) is not { State: not RelayState.Refused } relay || AccountStore.FindByUri(c, follow.Actor) is null)
            return Outcome.Ignored("It follows this server's own actor, and is none of its relays.");
        sending.ByInstance(c, relay.Inbox, AcceptBuilder.Build(site.InstanceActor, follow.Id, follow.Actor));
        return Outcome.Applied;
    }
}
