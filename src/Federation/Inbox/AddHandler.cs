using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Somebody pins a post of theirs to their profile (wire 104). One that is not here is fetched if they are followed.</summary>
public sealed class AddHandler(
    Owner owner, Database database, RemoteStatuses remoteStatuses, CollectionChanges collections, TimeProvider time) : ActivityHandler
{
    public override string Type => "Add";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (await collections.Prepare(activity, cancel) is { } change) return change;
        if (PinnedBy.Hashtag(activity) is { } tag) return tag;
        if (PinnedBy.Refusal(activity) is { } reason) return _ => Outcome.Ignored(reason);
        var wanted = database.Read(c => StatusStore.FindByUri(c, activity.ObjectId) is null
            && PinnedBy.Find(c, activity) is { } actor && FollowStore.IsFollowing(c, owner.Id, actor.Id));
        if (wanted) await remoteStatuses.Fetch(activity.ObjectId, cancel, activity.Budget);
        return c => Apply(c, activity);
    }

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (PinnedBy.Find(c, activity) is not { } actor) return Outcome.Ignored(PinnedBy.OtherTarget);
        if (StatusStore.FindByUri(c, activity.ObjectId) is not { } status) return Outcome.Ignored("It pins a post that is not here.");
        if (status.AccountId != actor.Id || status.IsBoost) return Outcome.Ignored("It pins a post of another account.");
        if (!status.IsOpen) return Outcome.Ignored("It pins a post that is not public.");
        if (PinStore.Of(c, actor.Id).Count >= RemoteFeatured.MaxPins) return Outcome.Ignored("This account has pinned enough.");
        PinStore.Add(c, status.Id, time.GetUtcNow());
        return Outcome.Applied;
    }
}

/// <summary>Somebody takes a pinned post of theirs off their profile (wire 104).</summary>
public sealed class RemoveHandler(CollectionChanges collections) : ActivityHandler
{
    public override string Type => "Remove";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel) =>
        await collections.Prepare(activity, cancel) ?? PinnedBy.Hashtag(activity) ?? (PinnedBy.Refusal(activity) is { } reason ? _ => Outcome.Ignored(reason) : c => Apply(c, activity));

    private static Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (PinnedBy.Find(c, activity) is not { } actor) return Outcome.Ignored(PinnedBy.OtherTarget);
        return StatusStore.FindByUri(c, activity.ObjectId) is { } status && status.AccountId == actor.Id && PinStore.Remove(c, status.Id)
            ? Outcome.Applied
            : Outcome.Ignored("It takes away a post that is not pinned here.");
    }
}

/// <summary>What Add and Remove have in common.</summary>
internal static class PinnedBy
{
    public const string OtherTarget = "Its target is not the actor's own collection of pinned posts.";

    /// <summary>What to do with a hashtag on the profile: it is asked for at the next look, as all of them. Null when it is none.</summary>
    public static Func<Connection, Outcome>? Hashtag(IncomingActivity activity) => !activity.Trusted || !activity.Object.IsType("Hashtag") ? null : c =>
    {
        if (Find(c, activity) is not { } actor) return Outcome.Ignored(OtherTarget);
        RemoteTagStore.AskAgain(c, actor.Id);
        return Outcome.Applied;
    };

    public static string? Refusal(IncomingActivity activity) =>
        !activity.Trusted ? "A change of pinned posts counts only when its actor signed it."
        : !Origin.Same(activity.ObjectId, activity.Actor) ? "It pins something of another server than its own."
        : null;

    /// <summary>The actor, when the collection in question is its own.</summary>
    public static Account? Find(Connection c, IncomingActivity activity) =>
        AccountStore.FindByUri(c, activity.Actor) is { FeaturedUri: { } featured } actor && featured == activity.Json.Id("target") ? actor : null;
}
