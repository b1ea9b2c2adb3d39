using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Conversations;
using Calf.Interactions;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner favourites a post, or no longer.</summary>
public sealed class Favouriting(Database database, Owner owner, Sending sending, EventHub events, TimeProvider time)
{
    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Favourite(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        if (BlockStore.Exists(c, owner.Id, status.AccountId)) throw ActionException.NotAllowed();
        Allowed.Favourite(c, status, owner.Id);
        var author = AccountStore.Find(c, status.AccountId)!;
        var id = ActivityId.New(owner.Required.Uri, "likes");
        if (FavouriteStore.Add(c, status.Id, owner.Id, id, time.GetUtcNow()))
            sending.To(c, author, LikeBuilder.Build(id, owner.Required.Uri, status.Uri, author.Uri));
        ThreadLookStore.Want(c, status, time.GetUtcNow(), time.GetUtcNow());
        return Changed(c, status.Id);
    });

    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Unfavourite(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        var author = AccountStore.Find(c, status.AccountId)!;
        var id = FavouriteStore.UriOf(c, status.Id, owner.Id);
        if (id is not null && FavouriteStore.Remove(c, status.Id, owner.Id))
            sending.To(c, author, UndoBuilder.Build(LikeBuilder.Build(id, owner.Required.Uri, status.Uri, author.Uri)));
        return Changed(c, status.Id);
    });

    private Status Changed(Connection c, long statusId)
    {
        c.AfterCommit(() => events.Publish(new CountsChanged(statusId)));
        return StatusStore.Find(c, statusId)!;
    }
}
