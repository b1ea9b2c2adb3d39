using Calf.Accounts;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>The owner blocks accounts.</summary>
public sealed class Blocking(Database database, Owner owner, Sending sending, CurationParting curation, TimeProvider time)
{
    /// <summary>Ends both follows, takes their posts out of home and tells their server.</summary>
    /// <exception cref="ActionException">The account is not known, or is the owner.</exception>
    public Task Block(long accountId) => database.Write(c =>
    {
        var me = owner.Required;
        var target = Require(c, accountId);
        if (target.Id == me.Id) throw ActionException.Invalid(Words.T("You cannot block yourself."));
        var id = ActivityId.New(me.Uri, "blocks");
        if (!BlockStore.Add(c, me.Id, target.Id, id, time.GetUtcNow())) return;
        if (FollowStore.Find(c, target.Id, me.Id) is { } follower)
            sending.To(c, target, RejectBuilder.Build(me.Uri, follower.Uri, target.Uri));
        if (FollowStore.Find(c, me.Id, target.Id) is { } followed)
            sending.To(c, target, UndoBuilder.Build(FollowBuilder.Build(followed.Uri, me.Uri, target.Uri)));
        Forget(c, target.Id);
        sending.To(c, target, BlockBuilder.Build(id, me.Uri, target.Uri));
        sending.AfterOwnerChanged(c);
    });

    /// <exception cref="ActionException">The account is not known.</exception>
    public Task Unblock(long accountId) => database.Write(c =>
    {
        var me = owner.Required;
        var target = Require(c, accountId);
        if (BlockStore.UriOf(c, me.Id, target.Id) is not { } id) return;
        BlockStore.Remove(c, me.Id, target.Id);
        sending.To(c, target, UndoBuilder.Build(BlockBuilder.Build(id, me.Uri, target.Uri)));
    });

    /// <summary>
    /// Ends both follows without a word, takes what the account wrote and did out of home and notifications, and each out of the other's
    /// collections.
    /// </summary>
    internal void Forget(Connection c, long accountId)
    {
        curation.Part(c, accountId);
        FollowStore.Remove(c, accountId, owner.Id);
        FollowStore.Remove(c, owner.Id, accountId);
        TimelineStore.RemoveFromHome(c, accountId);
        NotificationStore.RemoveFrom(c, accountId);
    }

    private static Account Require(Connection c, long accountId) =>
        AccountStore.Find(c, accountId) ?? throw ActionException.NotFound();
}
