using Calf.Accounts;
using Calf.Federation.Conversations;
using Calf.Follows;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner wants to be told of every new reply in a thread. Nobody else is told; a thread is followed or muted, not both.</summary>
public sealed class ThreadFollowing(Database database, Owner owner, TimeProvider time)
{
    /// <summary>By whatever post of it.</summary>
    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Follow(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        ConversationMutes.Remove(c, status.Id);
        var now = time.GetUtcNow();
        ThreadFollowStore.Add(c, status.Id, now);
        // Most replies are sent to others only: they are looked for.
        ThreadLookStore.Want(c, status, now, now);
        return status;
    });

    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Unfollow(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        ThreadFollowStore.Remove(c, status.Id);
        return status;
    });
}
