using Calf.Accounts;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner pins posts to the profile.</summary>
public sealed class Pinning(Database database, Owner owner, Sending sending, TimeProvider time)
{
    /// <summary>As many as Mastodon allows.</summary>
    public const int MaxPins = 5;

    /// <exception cref="ActionException">Not a post of the owner's, not public, or too many pins.</exception>
    public Task<Status> Pin(long statusId) => database.Write(c =>
    {
        var status = Readable.RequireOwn(c, statusId, owner.Id);
        if (status.IsBoost) throw ActionException.Invalid("Validation failed: A boost can't be pinned");
        if (status.Visibility == Visibility.Direct) throw ActionException.Invalid("Validation failed: A direct message can't be pinned");
        var pinned = PinStore.Of(c, owner.Id);
        if (pinned.Contains(status.Id)) return status;
        if (pinned.Count >= MaxPins) throw ActionException.Invalid("Validation failed: You have already pinned the maximum number of posts");
        PinStore.Add(c, status.Id, time.GetUtcNow());
        sending.ToFollowersAnd(c, [], PinBuilder.Add(owner.Required.Uri, status.Uri));
        sending.AfterOwnerChanged(c);
        return status;
    });

    /// <exception cref="ActionException">Not a post of the owner's.</exception>
    public Task<Status> Unpin(long statusId) => database.Write(c =>
    {
        var status = Readable.RequireOwn(c, statusId, owner.Id);
        if (PinStore.Remove(c, status.Id))
        {
            sending.ToFollowersAnd(c, [], PinBuilder.Remove(owner.Required.Uri, status.Uri));
            sending.AfterOwnerChanged(c);
        }
        return status;
    });
}
