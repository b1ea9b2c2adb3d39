using Calf.Accounts;
using Calf.Follows;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody boosted a status. What is not here yet is fetched from its origin, if the booster is followed.</summary>
public sealed class AnnounceHandler(
    Owner owner, Database database, RemoteStatuses remoteStatuses, StatusIntake intake, GroupPassing groups, Notifying notifying) : ActivityHandler
{
    public override string Type => "Announce";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return _ => Outcome.Ignored("A boost counts only when the boosting account signed it.");
        if (activity.ObjectId.Length == 0) return _ => Outcome.Ignored("It names nothing that is boosted.");
        // A group says "Announce Create" where others say "Announce Note" (FEP-1b12).
        var passed = GroupPassing.Read(activity);
        var uri = passed?.Uri ?? activity.ObjectId;
        var (known, followed) = database.Read(c => (
            StatusStore.FindByUri(c, uri),
            AccountStore.FindByUri(c, activity.Actor) is { } sender && FollowStore.IsFollowing(c, owner.Id, sender.Id)));
        if (database.Read(c => RelayStore.IsSubscribed(c, activity.Actor)))
            return passed is null or { Verb: "Create" } ? await FromRelay(activity, uri, cancel) : _ => Outcome.Ignored("Of a relay only new posts are taken.");
        if (passed is { Verb: not "Create" })
            return followed ? await groups.Change(passed, activity.Budget, cancel) : _ => Outcome.Ignored("You do not follow who passes this on.");
        if (known is not null)
            return passed is not null && known.InReplyToUri is not null ? _ => Outcome.Applied : c => Apply(c, activity, uri, "The boosted post is not here.");
        // What comes just before, such as the boosted post, may not be applied yet: so this is looked at again when it is this one's turn.
        if (!followed) return c => Apply(c, activity, uri, "It boosts a post that is not here, and you do not follow who boosts.");
        if (passed is not null) return await FromGroup(activity, uri, cancel);
        var fetched = await remoteStatuses.Fetch(uri, cancel, activity.Budget);
        return c => Apply(c, activity, fetched.Status?.Uri ?? uri, $"The boosted post could not be fetched: {fetched.Reason}");
    }

    /// <summary>A relay brings posts, it does not boost them: they go to the federated timeline (wire 94).</summary>
    private async Task<Func<Connection, Outcome>> FromRelay(IncomingActivity activity, string uri, CancellationToken cancel)
    {
        if (database.Read(c => StatusStore.FindByUri(c, uri)) is not null) return _ => Outcome.Applied;
        if (!await database.Write(c => DiscoveredStore.Take(c, activity.ReceivedAt))) return _ => Outcome.Ignored(DiscoveredStore.Enough);
        var fetched = await remoteStatuses.FetchObject(uri, cancel, activity.Budget);
        if (fetched.Found is not { } found) return _ => Outcome.Ignored($"The post could not be fetched: {fetched.Reason}");
        if (!found.Prepared.Remote.Audience.ToPublic) return _ => Outcome.Ignored("A relay brings a post that is not public.");
        return c => intake.Store(c, found.Prepared, found.Author, told: true, personal: false) is null
            ? Outcome.Ignored("It was deleted before it arrived.")
            : Outcome.Applied;
    }

    private async Task<Func<Connection, Outcome>> FromGroup(IncomingActivity activity, string uri, CancellationToken cancel)
    {
        var fetched = await remoteStatuses.FetchObject(uri, cancel, activity.Budget);
        if (fetched.Found is not { } found) return _ => Outcome.Ignored($"The post could not be fetched: {fetched.Reason}");
        if (found.Prepared.Remote.InReplyTo is not null) return c => groups.Answer(c, found);
        return c =>
        {
            intake.Store(c, found.Prepared, found.Author, told: false, personal: false);
            return Apply(c, activity, found.Prepared.Remote.Uri, "It was deleted before it arrived.");
        };
    }

    private Outcome Apply(Connection c, IncomingActivity activity, string boostedUri, string whenMissing)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } booster) return Outcome.Ignored("The boosting account is not known.");
        if (StatusStore.FindByUri(c, boostedUri) is not { } boosted) return Outcome.Ignored(whenMissing);
        if (Tombstones.Find(c, activity.Id) is not null) return Outcome.Ignored("It was undone before it arrived.");
        if (!boosted.IsOpen && boosted.AccountId != booster.Id) return Outcome.Ignored("It boosts a post that is not public.");
        var boost = StatusIntake.AddBoost(c, boosted, booster, activity.Json, activity.ReceivedAt);
        if (boost is null) return Outcome.Applied;
        if (boosted.AccountId == owner.Id) notifying.Tell(c, NotificationTypes.Boost, booster.Id, boosted.Id);
        intake.Place(c, boost);
        return Outcome.Applied;
    }
}
