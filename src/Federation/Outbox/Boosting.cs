using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Conversations;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>The owner boosts a post, or takes a boost back.</summary>
public sealed class Boosting(Database database, Owner owner, Site site, Sending sending, EventHub events, TimeProvider time)
{
    /// <summary>The boost; the one that is there already if the post was boosted before.</summary>
    /// <exception cref="ActionException">404: the post is not here. 403: it is for few, or its author is blocked.</exception>
    public Task<Status> Boost(long statusId, Visibility visibility = Visibility.Public) => database.Write(c =>
    {
        var me = owner.Required;
        var boosted = Readable.Require(c, statusId, me.Id);
        if (StatusStore.FindBoost(c, boosted.Id, me.Id) is { } before) return before;
        if (!boosted.IsOpen && (boosted.AccountId != me.Id || boosted.Visibility == Visibility.Direct))
            throw ActionException.NotAllowed();
        if (BlockStore.Exists(c, me.Id, boosted.AccountId)) throw ActionException.NotAllowed();
        Allowed.Boost(c, boosted, me.Id);
        var author = AccountStore.Find(c, boosted.AccountId)!;
        var now = time.GetUtcNow();
        var id = Ids.At(now);
        var boost = StatusStore.Add(c, new Status
        {
            Id = id,
            Uri = OwnUris.Activity(site.StatusUri(me.Username, id)),
            Url = boosted.Url,
            AccountId = me.Id,
            Type = "Announce",
            Visibility = boosted.IsOpen ? visibility : Visibility.Private,
            CreatedAt = now,
            BoostOfId = boosted.Id,
        });
        TimelineStore.AddToHome(c, boost.Id);
        sending.ToFollowersAnd(c, [author], AnnounceBuilder.Build(boost, me, boosted.Uri, author.Uri), boost.Id);
        ThreadLookStore.Want(c, boosted, now, now);
        c.AfterCommit(() => events.Publish(new StatusAdded(boost.Id, Home: true)));
        c.AfterCommit(() => events.Publish(new CountsChanged(boosted.Id)));
        return boost;
    });

    /// <summary>The post that was boosted.</summary>
    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Unboost(long statusId) => database.Write(c =>
    {
        var me = owner.Required;
        // What one has boosted can be taken back also when one may not read it any more.
        var boosted = StatusStore.FindBoost(c, statusId, me.Id) is null ? Readable.Require(c, statusId, me.Id) : StatusStore.Find(c, statusId)!;
        if (StatusStore.FindBoost(c, boosted.Id, me.Id) is { } boost) TakeBack(c, boost);
        return StatusStore.Find(c, boosted.Id)!;
    });

    internal void TakeBack(Connection c, Status boost)
    {
        var boosted = StatusStore.Find(c, boost.BoostOfId!.Value)!;
        var author = AccountStore.Find(c, boosted.AccountId)!;
        StatusStore.Remove(c, boost);
        sending.ToFollowersAnd(c, [author], UndoBuilder.Build(AnnounceBuilder.Build(boost, owner.Required, boosted.Uri, author.Uri)), boost.Id);
        c.AfterCommit(() => events.Publish(new StatusRemoved(boost.Id, Public: false)));
        c.AfterCommit(() => events.Publish(new CountsChanged(boosted.Id)));
    }
}
