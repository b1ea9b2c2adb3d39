using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody asks to quote a post of the owner's. The post's policy answers at once (wire 106, FEP-044f).</summary>
public sealed class QuoteRequestHandler(
    Owner owner, Database database, RemoteStatuses remoteStatuses, StatusIntake intake, QuoteConsent consent, TimeProvider time) : ActivityHandler
{
    public override string Type => "QuoteRequest";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return _ => Outcome.Ignored("A request to quote counts only when the one who quotes signed it.");
        var instrument = activity.Json.One("instrument");
        if (instrument.AsId() is not { } quoting || !Origin.Same(quoting, activity.Actor)) return _ => Outcome.Ignored("It names no quoting post of its own server.");
        // Nobody is refused or asked for more about a post that they may not know of.
        if (database.Read(c => QuotedPost(c, activity)) is not { } quoted) return _ => Outcome.Ignored("It wants to quote a post that is not here.");
        if (!database.Read(c => consent.Allows(c, quoted, activity.Actor, quoting))) return c => consent.Refuse(c, activity, quoted, quoting);
        if (RemoteObject.Read(instrument, out _) is not { } carried)
        {
            if (await remoteStatuses.FetchObject(quoting, cancel, activity.Budget) is not { Found: { } found }) return _ => Outcome.Ignored("The quoting post cannot be had.");
            return c => Apply(c, activity, quoted, found.Prepared);
        }
        var prepared = PreparedStatus.From(carried, time);
        return c => Apply(c, activity, quoted, prepared);
    }

    private Outcome Apply(Connection c, IncomingActivity activity, Status quoted, PreparedStatus prepared)
    {
        var remote = prepared.Remote;
        if (AccountStore.FindByUri(c, activity.Actor) is not { } author) return Outcome.Ignored("The account that wants to quote is not known.");
        if (remote.AttributedTo != author.Uri || remote.Quote != quoted.Uri) return Outcome.Ignored("The quoting post is somebody else's, or quotes something else.");
        if (StatusStore.Find(c, quoted.Id) is null) return Outcome.Ignored("It wants to quote a post that is not here.");
        if (!consent.Allows(c, quoted, author.Uri, remote.Uri)) return consent.Refuse(c, activity, quoted, remote.Uri);
        if (intake.Store(c, prepared, author, told: true, personal: false) is not { } status) return Outcome.Ignored("The quoting post was deleted.");
        // It may be here in another version than the one that came along.
        if (status.AccountId != author.Id || QuoteStore.Find(c, status.Id) is not { } quote || quote.QuotedUri != quoted.Uri)
            return Outcome.Ignored("The quoting post quotes something else by now.");
        return consent.Give(c, activity, quoted, status, quote);
    }

    private Status? QuotedPost(Connection c, IncomingActivity activity) =>
        StatusStore.FindByUri(c, activity.ObjectId) is { IsBoost: false } quoted && quoted.AccountId == owner.Id
        && AccountStore.FindByUri(c, activity.Actor) is { } asker && (BlockStore.Exists(c, owner.Id, asker.Id) ? quoted.IsOpen : StatusAccess.MayRead(c, quoted, asker.Id))
            ? quoted : null;
}

/// <summary>The owner's consent to quotes: who gets it, and how it is told.</summary>
public sealed class QuoteConsent(Owner owner, Sending sending, Notifying notifying, EventHub events)
{
    /// <summary>What was agreed to once stays so; what was taken back stays taken back.</summary>
    public bool Allows(Connection c, Status quoted, string actorUri, string quotingUri)
    {
        if (!quoted.IsOpen || AccountStore.FindByUri(c, actorUri) is not { } asker) return false;
        if (BlockStore.Exists(c, owner.Id, asker.Id) || BlockStore.Exists(c, asker.Id, owner.Id)) return false;
        var before = StatusStore.FindByUri(c, quotingUri) is { } known && QuoteStore.Find(c, known.Id) is { } quote && quote.QuotedId == quoted.Id ? quote.State : QuoteState.Pending;
        if (before != QuoteState.Pending) return before == QuoteState.Accepted;
        var groups = InteractionPolicyStore.Find(c, quoted.Id)?.Quote?.Automatic ?? PolicyGroups.Nobody;
        return (groups & PolicyGroups.Everybody) != 0 || ((groups & PolicyGroups.Followers) != 0 && FollowStore.IsFollowing(c, asker.Id, owner.Id));
    }

    public Outcome Give(Connection c, IncomingActivity request, Status quoted, Status quoting, Quote quote)
    {
        var stamp = OwnUris.Stamp(owner.Required.Uri, quoting.Id);
        QuoteStore.Save(c, quote with { QuotedId = quoted.Id, State = QuoteState.Accepted, Legacy = false, StampUri = stamp, RequestUri = request.Id, DueAt = null });
        sending.To(c, AccountStore.Find(c, quoting.AccountId)!, QuoteRequestBuilder.Accept(owner.Required.Uri, request.Id, request.Actor, quoted.Uri, quoting.Uri, stamp));
        notifying.Tell(c, NotificationTypes.Quote, quoting.AccountId, quoting.Id);
        c.AfterCommit(() => events.Publish(new StatusEdited(quoting.Id)));
        c.AfterCommit(() => events.Publish(new CountsChanged(quoted.Id)));
        return Outcome.Applied;
    }

    public Outcome Refuse(Connection c, IncomingActivity request, Status quoted, string quotingUri)
    {
        if (AccountStore.FindByUri(c, request.Actor) is { } asker)
            sending.To(c, asker, QuoteRequestBuilder.Reject(owner.Required.Uri, request.Id, asker.Uri, quoted.Uri, quotingUri));
        return Outcome.Ignored("You do not allow this account to quote this post.");
    }
}
