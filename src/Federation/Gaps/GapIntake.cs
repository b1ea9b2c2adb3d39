using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Gaps;

/// <summary>
/// Puts what was missed where it would be had it been delivered: at its date, in home and on lists by the same rules, with the
/// notifications that the owner would have got. Streams do not tell of it, since they show everything as new.
/// </summary>
public sealed class GapIntake(Owner owner, StatusIntake intake, Notifying notifying, TimeProvider time)
{
    /// <summary>A post of somebody of whom each one is wanted as a notification is none any more after this.</summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(1);

    /// <summary>Stores what stands on a page. How much of it was not here.</summary>
    public int Store(Connection c, Gap gap, GapPage page, Account account)
    {
        var recovered = 0;
        foreach (var (post, boost) in page.Items)
        {
            var known = StatusStore.FindByUri(c, post?.Remote.Uri ?? boost!.Announce.OwnId()!);
            var status = known ?? (post is not null ? intake.Store(c, post, account, told: false, personal: false) : AddBoost(c, boost!, account));
            if (status is null || (known is not null && !MayBeMissing(c, known, account, gap))) continue;
            if (known is null) recovered++;
            // A boost is shown unless the post is, and an answer if what it answers is by somebody followed: both may be still to come.
            if (known is not null || status.IsBoost || (status.InReplyToUri is not null && status.InReplyToId is null)) GapStore.AddPending(c, gap.Id, status.Id, known is not null);
            else Place(c, status);
        }
        return recovered;
    }

    /// <summary>Puts home what waited for the rest, the oldest first. How many were looked at.</summary>
    public int PlacePending(Connection c, Gap gap, int most)
    {
        var pending = GapStore.Pending(c, gap.Id, most);
        foreach (var (id, known) in pending)
        {
            GapStore.RemovePending(c, id);
            if (StatusStore.Find(c, id) is { } status && Place(c, status) && known) GapStore.Recovered(c, gap.Id, status.AccountId);
        }
        return pending.Count;
    }

    /// <summary>Tells of those who named the owner in what came here otherwise, as with a thread.</summary>
    public void TellUntold(Connection c, Gap gap)
    {
        foreach (var id in GapStore.Untold(c, gap, owner.Id))
            if (StatusStore.Find(c, id) is { } status) intake.Tell(c, status, named: true, addressed: true, isNews: false);
    }

    private Status? AddBoost(Connection c, OutboxBoost boost, Account account)
    {
        if (StatusStore.FindByUri(c, boost.Uri) is not { IsBoost: false } boosted || Tombstones.Find(c, boost.Announce.OwnId()!) is not null) return null;
        // In a group only what begins a thread is shown as its boost (FEP-1b12).
        if (account.Type == "Group" && boosted.InReplyToUri is not null) return null;
        if (!boosted.IsOpen && boosted.AccountId != account.Id) return null;
        return StatusIntake.AddBoost(c, boosted, account, boost.Announce, time.GetUtcNow());
    }

    /// <summary>It came here since, and not to home: as when somebody looked at the profile, or at a thread.</summary>
    private static bool MayBeMissing(Connection c, Status known, Account account, Gap gap) =>
        known.AccountId == account.Id && !TimelineStore.IsInHome(c, known.Id)
        && c.Exists($"SELECT 1 FROM statuses WHERE id = {known.Id} AND stored_at >= {gap.To}");

    /// <summary>True if it went home.</summary>
    private bool Place(Connection c, Status status)
    {
        // As it would have been judged then.
        var home = !TimelineStore.IsInHome(c, status.Id) && HomeFeed.Takes(c, status.Id, owner.Id, status.CreatedAt);
        if (home) TimelineStore.AddToHome(c, status.Id);
        if (!status.IsBoost)
        {
            var mention = StatusParts.Mentions(c, [status.Id]).FirstOrDefault(m => m.AccountId == owner.Id);
            intake.Tell(c, status, mention is { Silent: false }, mention is not null, isNews: status.CreatedAt > time.GetUtcNow() - News);
        }
        else if (StatusStore.Find(c, status.BoostOfId!.Value)?.AccountId == owner.Id) notifying.Tell(c, NotificationTypes.Boost, status.AccountId, status.BoostOfId);
        return home;
    }
}
