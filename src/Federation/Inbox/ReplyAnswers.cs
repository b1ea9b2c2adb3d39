using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Outbox;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>What GoToSocial says to answers, favourites and boosts of the owner's: <c>Accept</c> with an approval, or <c>Reject</c> (wire 107).</summary>
public sealed class ReplyAnswers(Owner owner, Quoting quoting)
{
    /// <summary>Null when it answers something else.</summary>
    public Outcome? Note(Connection c, IncomingActivity answer)
    {
        if (StatusStore.FindByUri(c, answer.ObjectId) is { } status && status.AccountId == owner.Id) return Note(c, answer, status);
        return FavouriteStore.StatusOf(c, answer.ObjectId, owner.Id) is { } liked && IsBy(c, StatusStore.Find(c, liked)?.AccountId, answer.Actor)
            ? Said(answer, "favourite") : null;
    }

    private Outcome? Note(Connection c, IncomingActivity answer, Status status)
    {
        var about = status.IsBoost ? StatusStore.Find(c, status.BoostOfId!.Value)?.AccountId : status.InReplyToAccountId;
        if (!IsBy(c, about, answer.Actor)) return null;
        // Before version 0.19 the Accept itself was the approval.
        var approval = answer.Json.Id("result") ?? answer.Id;
        if (answer.Type == "Accept" && !status.IsBoost && Origin.Same(approval, answer.Actor) && ReplyApprovalStore.Save(c, status.Id, approval)) quoting.Republish(c, status);
        return Said(answer, status.IsBoost ? "boost" : "answer");
    }

    private static bool IsBy(Connection c, long? accountId, string actorUri) => accountId is { } id && AccountStore.Find(c, id)?.Uri == actorUri;

    private static Outcome Said(IncomingActivity answer, string what) =>
        answer.Type == "Accept" ? Outcome.Applied : Outcome.Ignored($"Its author does not want your {what} of this post.");
}
