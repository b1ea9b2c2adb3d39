using Calf.Accounts;
using Calf.Follows;
using Calf.Lists;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Why;

/// <summary>What keeps a post that is here out of sight.</summary>
internal static class StatusReasons
{
    public static IEnumerable<Reason> Of(Connection c, Status status, long ownerId, DateTimeOffset now)
    {
        var shown = status.BoostOfId is { } boosted ? StatusStore.Find(c, boosted) ?? status : status;
        var people = AccountStore.FindMany(c, new[] { status.AccountId, shown.AccountId, shown.InReplyToAccountId ?? shown.AccountId }.Distinct());
        var author = people[status.AccountId];
        if (!StatusAccess.MayRead(c, shown, ownerId) && people[shown.AccountId] is var hidden && !PeopleReasons.Hiding(c, hidden, "", ownerId, now).Any())
            return [new Reason("not_for_you", shown.Visibility == Visibility.Private ? Words.T("It is for its author's followers, and you are not one of them.") : Words.T("It is for those that it names, and you are not one of them."))];
        List<Reason> reasons = [.. PeopleReasons.Hiding(c, author, $"@{author.Acct}", ownerId, now)];
        if (shown.AccountId != author.Id) reasons.AddRange(Named(c, people[shown.AccountId], Words.T("{who}, whose post it is"), ownerId, now));
        if (shown.InReplyToAccountId is { } answered && answered != shown.AccountId && answered != ownerId && people.TryGetValue(answered, out var parent))
            reasons.AddRange(Named(c, parent, Words.T("{who}, whom it answers"), ownerId, now));
        foreach (var mentioned in AccountStore.FindMany(c, StatusParts.Mentions(c, [shown.Id]).Select(m => m.AccountId).Where(id => !people.ContainsKey(id) && id != ownerId)).Values)
            reasons.AddRange(Named(c, mentioned, Words.T("{who}, whom it mentions"), ownerId, now));
        if (ConversationMutes.Covers(c, shown.Id))
            reasons.Add(new Reason("thread_muted", Words.T("You muted this thread: it is shown, but nothing of it is told."), Hides: false));
        if (c.Exists($"SELECT 1 FROM notifications WHERE status_id = {shown.Id} AND filtered = 1"))
            reasons.Add(new Reason("held", Words.T("It waits among what strangers sent, until you let it through.")));
        reasons.AddRange(FilterReasons.Of(c, status, shown, now));
        if (NotHome(c, status, author, ownerId, now) is { } away) reasons.Add(away);
        return reasons;
    }

    private static IEnumerable<Reason> Named(Connection c, Account account, string how, long ownerId, DateTimeOffset now) =>
        PeopleReasons.Hiding(c, account, how.Replace("{who}", $"@{account.Acct}", StringComparison.Ordinal), ownerId, now).Where(reason => reason.Code is not "domain_silenced");

    /// <summary>Why it is not in home, in the order in which <see cref="HomeFeed"/> decides.</summary>
    private static Reason? NotHome(Connection c, Status s, Account author, long ownerId, DateTimeOffset now)
    {
        var who = $"@{author.Acct}";
        if (TimelineStore.IsInHome(c, s.Id))
            return ListStore.Of(c, author.Id).Find(list => list.Exclusive) is { } list
                ? new Reason("exclusive_list", Words.T("{who} is on your list “{title}”, which keeps its posts out of home.", ("who", who), ("title", list.Title)), Hides: false) : null;
        if (s.AccountId == ownerId) return null;
        if (FollowStore.Find(c, ownerId, author.Id) is not { Accepted: true } follow)
            return Stays("not_followed", Words.T("You do not follow {who}, so it does not go home.", ("who", who)));
        if (follow.Languages.Count > 0 && s.Language is { } language && !follow.Languages.Contains(language))
            return Stays("languages", Words.T("It is in the language “{language}”, and of {who} you want these only: {languages}.", ("language", language), ("who", who), ("languages", string.Join(", ", follow.Languages))));
        if (s.IsBoost && !follow.ShowBoosts) return Stays("boosts_hidden", Words.T("You do not want the boosts of {who} in home.", ("who", who)));
        if (s.InReplyToUri is not null && s.InReplyToAccountId != s.AccountId && s.InReplyToAccountId != ownerId
            && (s.InReplyToAccountId is not { } answered || !FollowStore.IsFollowing(c, ownerId, answered)))
            return Stays("reply_to_others", Words.T("It answers somebody whom you do not follow, and such answers do not go home."));
        if (!HomeFeed.Takes(c, s.Id, ownerId, now)) return Stays("shown_before", s.IsBoost ? Words.T("What it boosts was in home shortly before.") : Words.T("Home does not take it."));
        return Stays("fetched", Words.T("It was not delivered but fetched, to be looked at, and what is fetched does not go home."));
    }

    private static Reason Stays(string code, string sentence) => new(code, sentence, Hides: false);
}
