using Calf.Accounts;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>The owner's request to follow, to quote or to recommend somebody was accepted.</summary>
public sealed class AcceptHandler(Owner owner, Site site, QuoteAnswers quoteAnswers, ReplyAnswers replyAnswers, FeatureAnswers featureAnswers) : ActivityHandler
{
    public override string Type => "Accept";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel) =>
        activity.Trusted ? Step(c => Apply(c, activity)) : Ignore("An answer counts only when the answering account signed it.");

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (RelayAnswers.Note(c, activity, RelayState.Accepted, owner.Required, site)) return Outcome.Applied;
        if ((quoteAnswers.Accept(c, activity) ?? featureAnswers.Accept(c, activity) ?? replyAnswers.Note(c, activity)) is { } answered) return answered;
        if (AnsweredFollow.Find(c, activity, owner.Required) is not { } follow) return Outcome.Ignored("It accepts a follow that is not known here.");
        FollowStore.Save(c, follow with { Accepted = true });
        return Outcome.Applied;
    }
}
