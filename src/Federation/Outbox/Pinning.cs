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

    /// <exception cref="ActionException">404: not here. 422: a boost, not the owner's, for the mentioned only, or too many pins.</exception>
    public Task<Status> Pin(long statusId) => database.Write(c =>
    {
        var status = Readable.RequireItself(c, statusId, owner.Id);
        var pinned = PinStore.Of(c, owner.Id);
        if (pinned.Contains(status.Id)) return status;
        List<string> wrong = [];
        if (status.IsBoost) wrong.Add(Words.T("A boost cannot be pinned"));
        if (status.AccountId != owner.Id) wrong.Add(Words.T("Someone else's post cannot be pinned"));
        if (status.Visibility == Visibility.Direct) wrong.Add(Words.T("Posts that are only visible to mentioned users cannot be pinned"));
        if (pinned.Count >= MaxPins) wrong.Add(Words.T("You have already pinned the maximum number of posts"));
        if (wrong.Count > 0) throw ActionException.Invalid(Validation.Failed(string.Join(", ", wrong)));
        PinStore.Add(c, status.Id, time.GetUtcNow());
        sending.ToFollowersAnd(c, [], PinBuilder.Add(owner.Required.Uri, status.Uri));
        sending.AfterOwnerChanged(c);
        return status;
    });

    /// <exception cref="ActionException">404: not here.</exception>
    public Task<Status> Unpin(long statusId) => database.Write(c =>
    {
        var status = Readable.RequireItself(c, statusId, owner.Id);
        if (status.AccountId == owner.Id && PinStore.Remove(c, status.Id))
        {
            sending.ToFollowersAnd(c, [], PinBuilder.Remove(owner.Required.Uri, status.Uri));
            sending.AfterOwnerChanged(c);
        }
        return status;
    });
}
