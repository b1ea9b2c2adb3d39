using Calf.Accounts;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner keeps a post to find it again. Nobody is told.</summary>
public sealed class Bookmarking(Database database, Owner owner, TimeProvider time)
{
    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Bookmark(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        BookmarkStore.Add(c, status.Id, time.GetUtcNow());
        return status;
    });

    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> Unbookmark(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        BookmarkStore.Remove(c, status.Id);
        return status;
    });
}
