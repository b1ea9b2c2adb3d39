using Calf.Accounts;
using Calf.Follows;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner goes along when somebody moves to another account (wire 103, FEP-7628).</summary>
public sealed class MovingAlong(Owner owner, Sending sending, TimeProvider time)
{
    /// <summary>
    /// Follows the new account in the way the old one was followed, and leaves the old one. A mute goes along too. What the old
    /// account wrote stays in home.
    /// </summary>
    public void Go(Connection c, Account from, Account to)
    {
        var me = owner.Required;
        var now = time.GetUtcNow();
        if (MuteStore.Find(c, from.Id, now) is { } mute && MuteStore.Find(c, to.Id, now) is null && FollowStore.Find(c, me.Id, to.Id) is null)
            MuteStore.Save(c, mute with { TargetId = to.Id }, now);
        if (FollowStore.Find(c, me.Id, from.Id) is not { } old) return;

        var blocked = BlockStore.Exists(c, to.Id, me.Id) || BlockStore.Exists(c, me.Id, to.Id);
        if (!blocked && FollowStore.Find(c, me.Id, to.Id) is null)
        {
            var follow = old with { TargetId = to.Id, Uri = ActivityId.New(me.Uri, "follows"), Accepted = false, CreatedAt = now };
            FollowStore.Save(c, follow);
            sending.To(c, to, FollowBuilder.Build(follow.Uri, me.Uri, to.Uri));
        }
        FollowStore.Remove(c, me.Id, from.Id);
        sending.To(c, from, UndoBuilder.Build(FollowBuilder.Build(old.Uri, me.Uri, from.Uri)));
        sending.AfterOwnerChanged(c);
    }
}
