using Calf.Accounts;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>The owner follows and unfollows, and decides who may follow them.</summary>
public sealed class Following(Database database, Owner owner, Sending sending, Notifying notifying, ProfileWorker profiles, TimeProvider time)
{
    /// <summary>Asks to follow; when already following, only sets what is wanted of the account.</summary>
    /// <param name="notify">Whether the owner is told of each new post.</param>
    /// <param name="languages">In which languages the posts are wanted, none for all; null leaves it as it is.</param>
    /// <exception cref="ActionException">The account is not known or not to be followed.</exception>
    public Task<Follow> Follow(long accountId, bool showBoosts = true, bool notify = false, IReadOnlyList<string>? languages = null) => database.Write(c =>
    {
        var me = owner.Required;
        var target = Require(c, accountId);
        if (target.Id == me.Id) throw new ActionException(StatusCodes.Status403Forbidden, Words.T("Following your own account is not allowed"));
        if (target.GoneAt is not null) throw ActionException.NotFound();
        if (BlockStore.Exists(c, target.Id, me.Id) || BlockStore.Exists(c, me.Id, target.Id))
            throw ActionException.NotAllowed();
        var before = FollowStore.Find(c, me.Id, target.Id);
        var follow = before is null
            ? new Follow(me.Id, target.Id, ActivityId.New(me.Uri, "follows"), false, showBoosts, notify, time.GetUtcNow())
            : before with { ShowBoosts = showBoosts, Notify = notify };
        follow = follow with { Languages = languages ?? follow.Languages };
        FollowStore.Save(c, follow);
        if (before is null) c.AfterCommit(() => profiles.Look(target.Id));
        // An unanswered request is sent again: the first may have been lost.
        if (!follow.Accepted) sending.To(c, target, FollowBuilder.Build(follow.Uri, me.Uri, target.Uri));
        return follow;
    });

    /// <exception cref="ActionException">The account is not known.</exception>
    public Task Unfollow(long accountId) => database.Write(c =>
    {
        var target = Require(c, accountId);
        if (FollowStore.Find(c, owner.Id, target.Id) is not { } follow) return;
        FollowStore.Remove(c, owner.Id, target.Id);
        TimelineStore.RemoveFromHome(c, target.Id);
        sending.To(c, target, UndoBuilder.Build(FollowBuilder.Build(follow.Uri, owner.Required.Uri, target.Uri)));
        sending.AfterOwnerChanged(c);
    });

    /// <summary>Lets somebody follow who has asked to.</summary>
    /// <exception cref="ActionException">There is no such request.</exception>
    public Task Approve(long accountId) => database.Write(c =>
    {
        var (follower, follow) = RequireRequest(c, accountId);
        FollowStore.Save(c, follow with { Accepted = true });
        NotificationStore.Remove(c, NotificationTypes.FollowRequest, follower.Id, null);
        notifying.Tell(c, NotificationTypes.Follow, follower.Id, null);
        sending.To(c, follower, AcceptBuilder.Build(owner.Required.Uri, follow.Uri, follower.Uri));
        sending.AfterOwnerChanged(c);
    });

    /// <exception cref="ActionException">There is no such request.</exception>
    public Task Refuse(long accountId) => database.Write(c =>
    {
        var (follower, follow) = RequireRequest(c, accountId);
        End(c, follower, follow);
    });

    /// <exception cref="ActionException">The account is not known.</exception>
    public Task RemoveFollower(long accountId) => database.Write(c =>
    {
        var follower = Require(c, accountId);
        if (FollowStore.Find(c, follower.Id, owner.Id) is { } follow) End(c, follower, follow);
    });

    private void End(Connection c, Account follower, Follow follow)
    {
        FollowStore.Remove(c, follower.Id, owner.Id);
        NotificationStore.Remove(c, NotificationTypes.FollowRequest, follower.Id, null);
        sending.To(c, follower, RejectBuilder.Build(owner.Required.Uri, follow.Uri, follower.Uri));
        sending.AfterOwnerChanged(c);
    }

    private (Account, Follow) RequireRequest(Connection c, long accountId) =>
        AccountStore.Find(c, accountId) is { } follower && FollowStore.Find(c, follower.Id, owner.Id) is { Accepted: false } follow
            ? (follower, follow)
            : throw ActionException.NotFound();

    private static Account Require(Connection c, long accountId) =>
        AccountStore.Find(c, accountId) ?? throw ActionException.NotFound();
}
