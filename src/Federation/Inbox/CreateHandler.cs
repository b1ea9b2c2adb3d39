using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>A new post. Taken when it concerns the owner; believed when it lives on its actor's host, else fetched from its own.</summary>
public sealed class CreateHandler(
    Owner owner, Database database, RemoteStatuses remoteStatuses, StatusIntake intake, VoteIntake voteIntake, TimeProvider time) : ActivityHandler
{
    public override string Type => "Create";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (VoteIntake.In(activity) is { Count: > 0 } votes) return c => voteIntake.Count(c, activity, votes);
        if (!activity.CarriesObject) return await FromOrigin(activity, cancel);
        if (RemoteObject.Read(activity.Object, out var reason) is not { } remote) return _ => Outcome.Ignored(reason);
        // An author that is not the sender is a claim; the origin knows (wire 93).
        if (remote.AttributedTo != activity.Actor) return await FromOrigin(activity, cancel);
        var prepared = PreparedStatus.From(remote, time);
        return c => Apply(c, activity, prepared);
    }

    private Outcome Apply(Connection c, IncomingActivity activity, PreparedStatus prepared)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } author) return Outcome.Ignored("The author is not known.");
        if (!intake.Concerns(c, prepared.Remote, author, activity.Personal))
        {
            if (!activity.Relayed || !prepared.Remote.Audience.ToPublic) return Outcome.Ignored(Verdict.Unsolicited);
            if (!DiscoveredStore.Take(c, time.GetUtcNow())) return Outcome.Ignored(DiscoveredStore.Enough);
        }
        return intake.Store(c, prepared, author, told: true, activity.Personal) is null
            ? Outcome.Ignored("It was deleted before it arrived.")
            : Outcome.Applied;
    }

    private async Task<Func<Connection, Outcome>> FromOrigin(IncomingActivity activity, CancellationToken cancel)
    {
        if (activity.ObjectId.Length == 0) return _ => Outcome.Ignored("It names no object.");
        // Nobody may make us fetch what does not concern the owner: without a signature of the author, a reply to the owner's
        // own post is the one thing that is forwarded to us for good reason.
        var answered = activity.Object.Id("inReplyTo");
        var concerns = activity.Trusted || activity.Relayed || (answered is not null && database.Read(c => StatusStore.FindByUri(c, answered)?.AccountId == owner.Id));
        if (!concerns) return _ => Outcome.Ignored("Its author did not sign it, and it does not answer you.");
        if (await remoteStatuses.FetchObject(activity.ObjectId, cancel, activity.Budget) is not { Found: { } found } fetched)
            return _ => Outcome.Ignored("Its origin does not confirm it.");
        return found.Author.Uri != activity.Actor
            ? _ => Outcome.Ignored("Its origin names another author.")
            : c => Apply(c, activity, found.Prepared);
    }
}
