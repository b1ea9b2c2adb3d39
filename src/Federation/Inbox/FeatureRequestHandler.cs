using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody wants to put the owner into a collection. Who may is what the owner's profile says: everybody, followers or nobody (FEP-7aa9).</summary>
public sealed class FeatureRequestHandler(Owner owner, Database database, CollectionIntake intake, Sending sending, Notifying notifying, TimeProvider time) : ActivityHandler
{
    public override string Type => "FeatureRequest";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return _ => Outcome.Ignored("A request counts only when the one who asks signed it.");
        if (activity.ObjectId != owner.Required.Uri) return _ => Outcome.Ignored("It asks for somebody who is not here.");
        if (Origin.SameOrNull(activity.Json.Id("instrument"), activity.Actor) is not { } uri) return _ => Outcome.Ignored("It names no collection of its own server.");
        if (database.Read(c => AccountStore.FindByUri(c, activity.Actor)) is not { } asker) return _ => Outcome.Ignored("The account that asks is not known.");
        if (!database.Read(c => Allows(c, asker, uri))) return c => Answer(c, activity, asker, null);
        var known = database.Read(c => AccountCollectionStore.FindByUri(c, uri));
        var fetched = known is null ? await intake.Fetch(uri, asker, activity.Budget, cancel) : null;
        return c => Apply(c, activity, asker, uri, fetched);
    }

    private Outcome Apply(Connection c, IncomingActivity activity, Account asker, string uri, CollectionIntake.Prepared? fetched)
    {
        if (!Allows(c, asker, uri)) return Answer(c, activity, asker, null);
        var collection = AccountCollectionStore.FindByUri(c, uri) ?? (fetched is null ? null : intake.Store(c, fetched, asker));
        if (collection is null || collection.AccountId != asker.Id) return Outcome.Ignored("The collection cannot be had, or is somebody else's.");
        var item = CollectionItemStore.Find(c, collection.Id, owner.Id);
        if (item is null)
        {
            item = new AccountCollectionItem(Ids.At(time.GetUtcNow()), collection.Id, owner.Id, CollectionItemState.Accepted, activity.Id, null, time.GetUtcNow());
            CollectionItemStore.Add(c, item);
            notifying.Tell(c, NotificationTypes.AddedToCollection, asker.Id, null, collectionId: collection.Id);
        }
        return Answer(c, activity, asker, OwnUris.FeatureAuthorization(owner.Required.Uri, item.Id));
    }

    /// <summary>What was taken back stays so until it is forgotten.</summary>
    private bool Allows(Connection c, Account asker, string collectionUri)
    {
        var me = owner.Required;
        if (!me.Discoverable || (me.Locked && !FollowStore.IsFollowing(c, asker.Id, me.Id))) return false;
        if (BlockStore.Exists(c, me.Id, asker.Id) || BlockStore.Exists(c, asker.Id, me.Id)) return false;
        return AccountCollectionStore.FindByUri(c, collectionUri) is not { } collection || CollectionItemStore.Find(c, collection.Id, me.Id) is not { IsShown: false };
    }

    private Outcome Answer(Connection c, IncomingActivity activity, Account asker, string? stamp)
    {
        sending.To(c, asker, FeatureBuilder.Answer(owner.Required.Uri, activity.Id, asker.Uri, stamp));
        return stamp is null ? Outcome.Ignored("You do not let this account put you into this collection.") : Outcome.Applied;
    }
}
