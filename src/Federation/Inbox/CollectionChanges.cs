using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>What Add, Remove and Update say of collections of accounts (FEP-7aa9).</summary>
public sealed class CollectionChanges(Database database, Owner owner, CollectionIntake intake)
{
    /// <summary>The step that applies it; null when it is about something else.</summary>
    public async Task<Func<Connection, Outcome>?> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return null;
        var whole = activity.Object.IsType(RemoteFeaturedCollection.TypeName);
        var (author, known) = database.Read(c => Find(c, activity, whole));
        if (!whole && known is null) return null;
        if (author is null) return _ => Outcome.Ignored("The account whose collection it is, is not known.");
        if (activity.Type == "Remove") return c => Remove(c, activity, author);
        if (known is null && !database.Read(c => FollowStore.IsFollowing(c, owner.Id, author.Id))) return _ => Outcome.Ignored("It is about a collection of somebody whom you do not follow.");
        var prepared = whole
            ? activity.CarriesObject && RemoteFeaturedCollection.Read(activity.Object) is { } remote && remote.AttributedTo == author.Uri
                ? await intake.Prepare(remote, activity.Budget, cancel) : null
            // What was added to it is read from where it is: one look tells all of it.
            : await intake.Fetch(known!.Uri!, author, activity.Budget, cancel);
        if (prepared is null) return _ => Outcome.Ignored("The collection cannot be had, or is somebody else's.");
        return c => intake.Store(c, prepared, author) is null ? Outcome.Ignored("This account has collections enough.") : Outcome.Applied;
    }

    private Outcome Remove(Connection c, IncomingActivity activity, Account author)
    {
        if (AccountCollectionStore.FindByUri(c, activity.ObjectId) is { } collection && collection.AccountId == author.Id)
        {
            AccountCollectionStore.Remove(c, collection.Id);
            return Outcome.Applied;
        }
        if (CollectionItemStore.FindByUri(c, activity.ObjectId) is not { } item || AccountCollectionStore.Find(c, item.CollectionId)?.AccountId != author.Id)
            return Outcome.Ignored("It takes away what is not in a collection here.");
        // That the owner took their consent back stays known for a while, or they could be asked again at once.
        if (item.AccountId != owner.Id || item.IsShown) CollectionItemStore.Remove(c, item.Id);
        return Outcome.Applied;
    }

    /// <summary>The actor, and the collection of theirs that it is about, if that is here.</summary>
    private static (Account? Author, AccountCollection? Known) Find(Connection c, IncomingActivity activity, bool whole)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { IsOwner: false } author) return (null, null);
        var uri = whole || activity.Type == "Update" ? activity.ObjectId : activity.Json.Id("target");
        var known = uri is null ? null : AccountCollectionStore.FindByUri(c, uri);
        if (known is null && activity.Type == "Remove") known = AccountCollectionStore.FindByUri(c, activity.ObjectId);
        return (author, known?.AccountId == author.Id ? known : null);
    }
}
