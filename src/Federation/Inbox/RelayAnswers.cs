using System.Text.Json;
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
    public static bool Note(Connection c, IncomingActivity answer, RelayState state, Account owner, Site site)
    {
        if ((RelayStore.FindByFollow(c, answer.ObjectId) ?? ByEnds(c, answer, owner, site)) is not { } relay) return false;
        if (!MayBe(relay, answer.Actor)) return false;
        RelayStore.Save(c, relay with { ActorUri = answer.Actor, State = state });
        return true;
    }

    /// <summary>
    /// Some relays write the Follow anew, under an id of their own: then it is the one that is asked of that server, if the Follow inside is
    /// the instance actor's, or if nothing is inside and nothing else was asked of who answers.
    /// </summary>
    private static Relay? ByEnds(Connection c, IncomingActivity answer, Account owner, Site site)
    {
        var relays = RelayStore.All(c).Where(r => MayBe(r, answer.Actor)).ToList();
        if (relays.Count == 0) return null;
        var inner = answer.Object;
        if (inner.IsType("Follow"))
        {
            if (inner.Id("actor") != site.InstanceActor) return null;
            var followed = inner.Id("object");
            return relays.Find(r => r.ActorUri == answer.Actor) ?? relays.Find(r => followed == answer.Actor || (!r.LitePub && Audience.IsPublic(followed ?? "")));
        }
        if (inner.ValueKind == JsonValueKind.Object || site.IsOwn(answer.ObjectId)) return null;
        if (AccountStore.FindByUri(c, answer.Actor) is { } known && FollowStore.Find(c, owner.Id, known.Id) is not null) return null;
        return relays is [{ State: RelayState.Asked } only] ? only : null;
    }

    private static bool MayBe(Relay relay, string actor) => Origin.Same(actor, relay.Inbox) && (relay.ActorUri is null || relay.ActorUri == actor);

    /// <summary>A relay in LitePub's way follows the instance actor, to get what this server announces.</summary>
    public static Outcome FollowBack(Connection c, IncomingActivity follow, Site site, Sending sending)
    {
        if (RelayStore.FindByActor(c, follow.Actor) is not { State: not RelayState.Refused } relay || AccountStore.FindByUri(c, follow.Actor) is null)
            return Outcome.Ignored("It follows this server's own actor, and is none of its relays.");
        sending.ByInstance(c, relay.Inbox, AcceptBuilder.Build(site.InstanceActor, follow.Id, follow.Actor));
        return Outcome.Applied;
    }
}
