using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody boosted a status. What is not here yet is fetched from its origin, if the booster is followed.</summary>
public sealed class AnnounceHandler(
    Owner owner, Database database, RemoteStatuses remoteStatuses, StatusIntake intake, Notifying notifying) : ActivityHandler
{
    public override string Type => "Announce";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return _ => Outcome.Ignored("A boost counts only when the boosting account signed it.");
        if (activity.ObjectId.Length == 0) return _ => Outcome.Ignored("It names nothing that is boosted.");
        var (known, followed) = database.Read(c => (
            StatusStore.FindByUri(c, activity.ObjectId) is not null,
            AccountStore.FindByUri(c, activity.Actor) is { } sender && FollowStore.IsFollowing(c, owner.Id, sender.Id)));
        if (known) return c => Apply(c, activity, activity.ObjectId, "The boosted post is not here.");
        // What comes just before, such as the boosted post, may not be applied yet: so this is looked at again when it is this one's turn.
        if (!followed) return c => Apply(c, activity, activity.ObjectId, "It boosts a post that is not here, and you do not follow who boosts.");
        var fetched = await remoteStatuses.Fetch(activity.ObjectId, cancel);
        return c => Apply(c, activity, fetched.Status?.Uri ?? activity.ObjectId, $"The boosted post could not be fetched: {fetched.Reason}");
    }

    private Outcome Apply(Connection c, IncomingActivity activity, string boostedUri, string whenMissing)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } booster) return Outcome.Ignored("The boosting account is not known.");
        if (StatusStore.FindByUri(c, boostedUri) is not { } boosted) return Outcome.Ignored(whenMissing);
        if (Tombstones.Find(c, activity.Id) is not null) return Outcome.Ignored("It was undone before it arrived.");
        if (!boosted.IsOpen && boosted.AccountId != booster.Id) return Outcome.Ignored("It boosts a post that is not public.");
        if (StatusStore.FindByUri(c, activity.Id) is not null || StatusStore.FindBoost(c, boosted.Id, booster.Id) is not null) return Outcome.Applied;
        var when = StatusIntake.TimeOf(activity.Json.Date("published"), activity.ReceivedAt);
        var boost = StatusStore.Add(c, new Status
        {
            Id = Ids.At(when),
            Uri = activity.Id,
            Url = boosted.Url,
            AccountId = booster.Id,
            Type = "Announce",
            Visibility = StatusIntake.VisibilityOf(Audience.Read(activity.Json), booster),
            CreatedAt = when,
            BoostOfId = boosted.Id,
        });
        if (boosted.AccountId == owner.Id) notifying.Tell(c, NotificationTypes.Boost, booster.Id, boosted.Id);
        intake.Place(c, boost);
        return Outcome.Applied;
    }
}
