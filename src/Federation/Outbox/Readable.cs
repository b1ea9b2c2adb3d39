using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Finds the status that the owner wants to act on.</summary>
internal static class Readable
{
    /// <summary>The status; of a boost, what it boosts.</summary>
    /// <exception cref="ActionException">404: it is not here, or the owner may not see it.</exception>
    public static Status Require(Connection c, long statusId, long ownerId, string? otherwise = null)
    {
        var status = StatusStore.Find(c, statusId);
        if (status?.BoostOfId is { } boosted) status = StatusStore.Find(c, boosted);
        return status is not null && StatusAccess.MayRead(c, status, ownerId) ? status : throw ActionException.NotFound(otherwise);
    }

    /// <summary>As above, but a boost is itself.</summary>
    /// <exception cref="ActionException">404: it is not here, or the owner may not see it.</exception>
    public static Status RequireItself(Connection c, long statusId, long ownerId) =>
        StatusStore.Find(c, statusId) is { } status && StatusAccess.MayRead(c, status, ownerId) ? status : throw ActionException.NotFound();

    /// <exception cref="ActionException">404: it is not a post of the owner's.</exception>
    public static Status RequireOwn(Connection c, long statusId, long ownerId) =>
        StatusStore.Find(c, statusId) is { } status && status.AccountId == ownerId
            ? status
            : throw ActionException.NotFound();
}
