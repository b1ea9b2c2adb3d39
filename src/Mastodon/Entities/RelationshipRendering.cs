using Calf.Accounts;
using Calf.Follows;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes relationship entities for many accounts with a fixed number of statements.</summary>
public sealed class RelationshipRendering(Owner owner, TimeProvider time)
{
    public RelationshipEntity Render(Connection c, long accountId) => Render(c, [accountId])[0];

    public List<RelationshipEntity> Render(Connection c, IReadOnlyList<long> accountIds)
    {
        var me = owner.Id;
        var follows = FollowStore.Between(c, me, accountIds).ToDictionary(f => (f.AccountId, f.TargetId));
        var blocks = BlockStore.Between(c, me, accountIds).ToHashSet();
        var mutes = MuteStore.Among(c, accountIds, time.GetUtcNow());
        var (notes, endorsed) = (AccountNoteStore.Among(c, accountIds), EndorsementStore.Endorsed.Among(c, accountIds));
        var ofBlockedDomains = DomainMarks.BlockedAmong(c, accountIds);
        return [.. accountIds.Select(id =>
        {
            var follow = follows.GetValueOrDefault((me, id));
            var back = follows.GetValueOrDefault((id, me));
            var mute = mutes.GetValueOrDefault(id);
            return new RelationshipEntity
            {
                Id = EntityText.Of(id),
                Following = follow is { Accepted: true },
                Requested = follow is { Accepted: false },
                ShowingReblogs = follow is { ShowBoosts: true },
                Notifying = follow is { Notify: true },
                Languages = follow is { Languages.Count: > 0 } ? follow.Languages : null,
                FollowedBy = back is { Accepted: true },
                RequestedBy = back is { Accepted: false },
                Blocking = blocks.Contains((me, id)),
                BlockedBy = blocks.Contains((id, me)),
                Muting = mute is not null,
                MutingNotifications = mute is { Notifications: true },
                MutingExpiresAt = mute?.ExpiresAt,
                DomainBlocking = ofBlockedDomains.Contains(id),
                Endorsed = endorsed.Contains(id),
                Note = notes.GetValueOrDefault(id, ""),
            };
        })];
    }
}
