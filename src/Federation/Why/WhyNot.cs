using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Why;

/// <summary>
/// Answers "why don't I see it?" for the address of a post or a profile, or a handle: from what is here and the log of refusals, and when
/// that is wanted from its own server.
/// </summary>
public sealed class WhyNot(Database database, Owner owner, Site site, OriginAsking origin, Retrieving retrieving, TimeProvider time)
{
    /// <summary>Refusals of one account that are told.</summary>
    private const int MaxOfAccount = 20;

    /// <param name="ask">Whether its own server is asked; nothing is stored.</param>
    public async Task<Explanation> Explain(string text, bool ask, CancellationToken cancel)
    {
        if (Wanted.Read(text) is not { } wanted)
            return new Explanation(text, "not_understood", Words.T("That is neither an address nor a handle. Paste the whole link of a post or a profile, or a handle such as @someone@example.org."));
        if (!ask || wanted.Host is not { } host || IsOwn(wanted, host)) return database.Read(c => Of(c, wanted));
        var answer = await origin.Ask(wanted.Addresses is [var address, ..] ? address : wanted.Text, wanted.Addresses.Count == 0, cancel);
        // Its server knows best under which id refusals of it were noted.
        if (answer.Uri is { } uri && wanted.Addresses.Count > 0 && !wanted.Addresses.Contains(uri)) wanted = wanted with { Addresses = [.. wanted.Addresses, uri] };
        return database.Read(c => Of(c, wanted)) with { Origin = answer };
    }

    /// <summary>Fetches and stores it as looking it up does, without telling anybody; then explains anew, with its server's answer when nothing came.</summary>
    public async Task<Explanation> Fetch(string text, CancellationToken cancel)
    {
        var before = await Explain(text, ask: false, cancel);
        if (!before.CanFetch) return before;
        await retrieving.Fetch(text.Trim(), cancel);
        var after = await Explain(text, ask: false, cancel);
        return after.CanFetch ? await Explain(text, ask: true, cancel) : after;
    }

    private bool IsOwn(Wanted wanted, string host) => wanted.Addresses is [var address, ..] ? site.IsOwn(address) : host == site.Domain;

    private Explanation Of(Connection c, Wanted wanted)
    {
        var now = time.GetUtcNow();
        List<Verdict> refusals = [.. wanted.Addresses.SelectMany(address => VerdictStore.About(c, address)).Distinct()];
        if (wanted.Status(c, site) is { } status) return OfStatus(c, wanted, status, now) with { Refusals = refusals };
        if (wanted.Account(c, site) is { } account) return OfAccount(c, wanted, account, now);
        return OfMissing(c, wanted, refusals, now);
    }

    private Explanation OfStatus(Connection c, Wanted wanted, Status status, DateTimeOffset now)
    {
        List<Reason> reasons = [.. StatusReasons.Of(c, status, owner.Id, now)];
        var (code, sentence) = reasons switch
        {
            [] => ("here", Words.T("It is here, and nothing hides it.")),
            _ when reasons.Exists(reason => reason.Hides) => ("hidden", Words.T("It is here, but not shown to you.")),
            _ when reasons.TrueForAll(reason => reason.Code is "thread_muted" or "filtered") => ("here", Words.T("It is here and shown, with a restriction.")),
            _ => ("not_home", Words.T("It is here, but not in your home timeline.")),
        };
        var mayRead = StatusAccess.MayRead(c, status.BoostOfId is { } boosted ? StatusStore.Find(c, boosted) ?? status : status, owner.Id);
        return new Explanation(wanted.Text, code, sentence) { StatusId = mayRead ? status.Id : null, AccountId = status.AccountId, Reasons = reasons };
    }

    private Explanation OfAccount(Connection c, Wanted wanted, Account account, DateTimeOffset now)
    {
        var who = $"@{account.Acct}";
        List<Reason> reasons = [.. PeopleReasons.Hiding(c, account, who, owner.Id, now), .. PeopleReasons.Following(c, account, owner.Id)];
        var (code, sentence) = reasons switch
        {
            _ when account.IsOwner => ("here", Words.T("That is you.")),
            [] => ("here", Words.T("{who} is known here, you follow them, and nothing of theirs is kept from you.", ("who", who))),
            _ when reasons.Exists(reason => reason.Hides) => ("hidden", Words.T("{who} is known here, but not shown to you.", ("who", who))),
            _ => ("not_home", Words.T("{who} is known here, but not all of their posts go home.", ("who", who))),
        };
        return new Explanation(wanted.Text, code, sentence)
        {
            AccountId = account.Id,
            Reasons = reasons,
            Refusals = VerdictStore.Of(c, account.Uri, MaxOfAccount),
        };
    }

    private Explanation OfMissing(Connection c, Wanted wanted, List<Verdict> refusals, DateTimeOffset now)
    {
        var host = wanted.Host ?? "";
        Explanation Missing(string code, string sentence, bool canFetch = true) => new(wanted.Text, code, sentence)
        {
            CanFetch = canFetch,
            Refusals = refusals,
            Reasons = [.. Around(c, wanted, refusals, now)],
            AccountId = wanted.AuthorIn(c, site)?.Id,
        };
        if (wanted.Addresses.Select(address => Tombstones.Find(c, address)).FirstOrDefault(at => at is not null) is { } deleted)
            return Missing("deleted", Words.T("It was deleted or taken back by its author, whose server said so here."), canFetch: false) with { At = deleted };
        if (IsOwn(wanted, host)) return Missing("not_here", Words.T("The address is of this server, and there is nothing there. It was deleted, or the address is not whole."), canFetch: false);
        if (DomainBlockStore.Covers(c, host)) return Missing("blocked", Words.T("You block the domain {host}: nothing of it is taken or fetched.", ("host", host)), canFetch: false);
        if (wanted.Addresses.Select(address => PutAwayStore.Find(c, address)).FirstOrDefault(at => at is not null) is { } away)
            return Missing("put_away", Words.T("It was here and was put away: old posts of others that you never touched go after a while. It can be fetched again.")) with { At = away };
        if (refusals is [var latest, ..]) return Missing("refused", Words.T("It came here and was not taken: {reason}", ("reason", latest.Reason)));
        return wanted.Addresses.Count == 0
            ? Missing("never_delivered", Words.T("Nobody by that handle is known here. Their server can be asked."))
            : Missing("never_delivered", Words.T("It never came here: no server has delivered it, and nobody here has looked at it."));
    }

    /// <summary>What is known of its author and its server.</summary>
    private IEnumerable<Reason> Around(Connection c, Wanted wanted, List<Verdict> refusals, DateTimeOffset now)
    {
        if (wanted.AuthorIn(c, site) is { } author)
        {
            foreach (var reason in PeopleReasons.Hiding(c, author, $"@{author.Acct}", owner.Id, now).Concat(PeopleReasons.Following(c, author, owner.Id))) yield return reason;
        }
        else if (wanted is { Author: { } unknown, Addresses.Count: > 0 })
            yield return new Reason("author_unknown", Words.T("Nothing of {who} has ever come here, so you do not follow them.", ("who", $"@{unknown}")), Hides: false);
        // What cannot be read or is not signed names no post that one could ask for.
        if (refusals.Count == 0 && wanted.Host is { } host && VerdictStore.LatestOf(c, host) is { } other)
            yield return new Reason("host_refused", Words.T("Something else that {host} sent was not taken: {reason}", ("host", host), ("reason", other.Reason)), other.CreatedAt, Hides: false);
    }
}
