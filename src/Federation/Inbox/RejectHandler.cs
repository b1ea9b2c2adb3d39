using Calf.Accounts;
using Calf.Follows;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Inbox;

/// <summary>The owner's request was refused, or an accepted follow was ended by the followed (wire 92).</summary>
public sealed class RejectHandler(Owner owner, Site site, QuoteAnswers quoteAnswers, ReplyAnswers replyAnswers, FeatureAnswers featureAnswers) : ActivityHandler
{
    public override string Type => "Reject";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel) =>
        activity.Trusted ? Step(c => Apply(c, activity)) : Ignore("An answer counts only when the answering account signed it.");

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (RelayAnswers.Note(c, activity, RelayState.Refused, owner.Required, site)) return Outcome.Applied;
        if ((quoteAnswers.Reject(c, activity) ?? featureAnswers.Reject(c, activity) ?? replyAnswers.Note(c, activity)) is { } answered) return answered;
        if (AnsweredFollow.Find(c, activity, owner.Required) is not { } follow) return Outcome.Ignored("It refuses a follow that is not known here.");
        FollowStore.Remove(c, follow.AccountId, follow.TargetId);
        TimelineStore.RemoveFromHome(c, follow.TargetId);
        return Outcome.Applied;
    }
}
