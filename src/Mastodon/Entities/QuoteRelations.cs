using Calf.Follows;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>
/// What some statuses quote, what that quotes in turn, and whether the reader may see it. All of it is asked at once; where nothing
/// is quoted, little is.
/// </summary>
internal sealed class QuoteRelations
{
    private readonly Dictionary<long, Quote> quotes;
    private readonly Dictionary<long, Status> quoted;
    private readonly Dictionary<long, string> hidden;

    private QuoteRelations(Dictionary<long, Quote> quotes, Dictionary<long, Status> quoted, Dictionary<long, string> hidden)
    {
        this.quotes = quotes;
        this.quoted = quoted;
        this.hidden = hidden;
    }

    /// <summary>The quoted statuses that are shown in whole, beside the statuses themselves.</summary>
    public required IReadOnlyCollection<Status> Shown { get; init; }

    public Quote? Of(Status status) => quotes.GetValueOrDefault(status.Id) is { IsShown: true } quote ? quote : null;

    /// <summary>The quoted status, unless the reader may not see it at all.</summary>
    public Status? Quoted(Quote quote) =>
        StateOf(quote) is "accepted" or "blocked_account" or "blocked_domain" or "muted_account" ? quoted[quote.QuotedId!.Value] : null;

    public string StateOf(Quote quote)
    {
        if (quote.State != QuoteState.Accepted) return quote.State.ToString().ToLowerInvariant();
        if (quote.QuotedId is not { } id || !quoted.ContainsKey(id)) return "deleted";
        return hidden.GetValueOrDefault(id) ?? "accepted";
    }

    public static QuoteRelations In(Connection c, IReadOnlyCollection<Status> statuses, long? ownerId, DateTimeOffset now)
    {
        var quotes = QuoteStore.FindMany(c, statuses.Select(s => s.Id));
        if (quotes.Count == 0) return new(quotes, [], []) { Shown = [] };
        var quoted = StatusStore.FindMany(c, quotes.Values.Select(q => q.QuotedId).OfType<long>());
        List<Status> shown = [.. quoted.Values];
        foreach (var (id, inner) in QuoteStore.FindMany(c, quoted.Keys)) quotes[id] = inner;
        foreach (var (id, inner) in StatusStore.FindMany(c, quotes.Values.Select(q => q.QuotedId).OfType<long>().Except(quoted.Keys))) quoted[id] = inner;
        return new(quotes, quoted, HiddenAmong(c, quoted.Values, ownerId, now)) { Shown = shown };
    }

    /// <summary>By status, why the reader does not see it at once, or at all.</summary>
    private static Dictionary<long, string> HiddenAmong(Connection c, IReadOnlyCollection<Status> quoted, long? ownerId, DateTimeOffset now)
    {
        if (ownerId is not { } owner) return quoted.Where(s => !StatusAccess.MayRead(c, s, null)).ToDictionary(s => s.Id, _ => "unauthorized");
        List<long> authors = [.. quoted.Select(s => s.AccountId).Where(id => id != owner).Distinct()];
        var domains = DomainMarks.BlockedAmong(c, authors);
        HashSet<long> blocked = [.. BlockStore.Between(c, owner, authors).Where(b => b.AccountId == owner).Select(b => b.TargetId)];
        var muted = MuteStore.Among(c, authors, now);
        return quoted.Select(s => (s.Id, Why:
                domains.Contains(s.AccountId) ? "blocked_domain"
                : !StatusAccess.MayRead(c, s, owner) ? "unauthorized"
                : blocked.Contains(s.AccountId) ? "blocked_account"
                : muted.ContainsKey(s.AccountId) ? "muted_account" : null))
            .Where(s => s.Why is not null).ToDictionary(s => s.Id, s => s.Why!);
    }
}

/// <summary>Who may quote some statuses, and how often they are quoted.</summary>
internal sealed record QuotePolicies(Dictionary<long, InteractionPolicy> Policies, Dictionary<long, long> Counts, Dictionary<long, Standing> Standings)
{
    public static QuotePolicies Of(Connection c, IReadOnlyCollection<Status> statuses, long? ownerId)
    {
        List<long> ids = [.. statuses.Select(s => s.Id)];
        var policies = InteractionPolicyStore.FindMany(c, ids);
        Dictionary<long, Standing> standings = [];
        if (ownerId is { } owner && policies.Count > 0)
        {
            List<long> authors = [.. statuses.Where(s => policies.ContainsKey(s.Id)).Select(s => s.AccountId).Distinct()];
            var follows = FollowStore.Between(c, owner, authors).Where(f => f.Accepted).ToList();
            standings = authors.ToDictionary(a => a, a => new Standing(follows.Any(f => f.TargetId == a), follows.Any(f => f.AccountId == a)));
        }
        return new(policies, QuoteStore.Counts(c, ids), standings);
    }
}
