using Calf.Accounts;
using Calf.Follows;
using Calf.Lists;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Why;

/// <summary>What stands between the owner and an account.</summary>
internal static class PeopleReasons
{
    /// <summary>Blocks, mutes and rules for the domain.</summary>
    /// <param name="who">How the sentences name the account, such as <c>@bob@far.test</c>.</param>
    public static IEnumerable<Reason> Hiding(Connection c, Account account, string who, long ownerId, DateTimeOffset now)
    {
        if (account.Id == ownerId) yield break;
        if (DomainMarks.BlockedAmong(c, [account.Id]).Count > 0)
            yield return new Reason("domain_blocked", Words.T("You block the domain {domain}: nothing of it is taken or shown.", ("domain", account.Domain)));
        else if (DomainMarks.IsSilenced(c, account.Id))
            yield return new Reason("domain_silenced", Words.T("You silenced the domain {domain}: public timelines and threads leave it out unless you follow the author.", ("domain", account.Domain)), Hides: !FollowStore.IsFollowing(c, ownerId, account.Id));
        if (BlockStore.Exists(c, ownerId, account.Id)) yield return new Reason("blocked", Words.T("You block {who}.", ("who", who)));
        if (BlockStore.Exists(c, account.Id, ownerId)) yield return new Reason("blocked_by", Words.T("{who} blocks you.", ("who", who)));
        if (MuteStore.Find(c, account.Id, now) is { } mute)
            yield return new Reason("muted", mute.ExpiresAt is null ? Words.T("You muted {who}.", ("who", who)) : Words.T("You muted {who} for a while.", ("who", who)), mute.ExpiresAt);
    }

    /// <summary>What the owner wants of what an account writes.</summary>
    public static IEnumerable<Reason> Following(Connection c, Account account, long ownerId)
    {
        if (account.Id == ownerId) yield break;
        var who = $"@{account.Acct}";
        if (account.GoneAt is { } gone) yield return new Reason("account_gone", Words.T("{who} is gone, as their server said.", ("who", who)), gone);
        if (account.MovedToUri is { } moved) yield return new Reason("account_moved", Words.T("{who} has moved to {moved}.", ("who", who), ("moved", moved)), Hides: false);
        switch (FollowStore.Find(c, ownerId, account.Id))
        {
            case null:
                yield return new Reason("not_followed", Words.T("You do not follow {who}, so their server does not send their posts here.", ("who", who)), Hides: false);
                break;
            case { Accepted: false } asked:
                yield return new Reason("follow_waits", Words.T("{who} has not let you follow them yet.", ("who", who)), asked.CreatedAt, Hides: false);
                break;
            case { } follow:
                if (!follow.ShowBoosts) yield return new Reason("boosts_hidden", Words.T("You do not want the boosts of {who} in home.", ("who", who)), Hides: false);
                if (follow.Languages.Count > 0)
                    yield return new Reason("languages", Words.T("Of {who} you want posts in these languages only: {languages}.", ("who", who), ("languages", string.Join(", ", follow.Languages))), Hides: false);
                break;
        }
        foreach (var list in ListStore.Of(c, account.Id).Where(list => list.Exclusive))
            yield return new Reason("exclusive_list", Words.T("{who} is on your list “{title}”, which keeps its posts out of home.", ("who", who), ("title", list.Title)), Hides: false);
    }
}
