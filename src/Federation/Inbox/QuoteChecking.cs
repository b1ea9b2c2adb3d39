using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Finds out whether a quote stands: fetches the quoted post, and the approval that the quoting post names (wire 105, 106). People
/// may quote themselves without one.
/// </summary>
public sealed class QuoteChecking(
    Database database, Owner owner, RemoteStatuses statuses, DocumentFetcher fetcher, EventHub events, TimeProvider time)
{
    /// <summary>A quoted post may quote another one, and that one a third, which is only named.</summary>
    public const int MaxDepth = 2;

    /// <summary>The quoted post with its author, and the approval.</summary>
    private const int MaxFetches = 12;

    /// <summary>How long to wait when a server does not answer; after the last the quote stays unanswered.</summary>
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(2), TimeSpan.FromHours(12)];

    public async Task Check(Quote quote, CancellationToken cancel)
    {
        try
        {
            var budget = new FetchBudget(MaxFetches);
            var quoted = await FindQuoted(quote, budget, cancel);
            var verdict = quoted is null ? quote : await Judge(quote, quoted, budget, cancel);
            await Save(quote, verdict with { QuotedId = quoted?.Id, Tries = 0, DueAt = null });
        }
        catch (TryLaterException)
        {
            DateTimeOffset? due = quote.Tries < Delays.Length ? time.GetUtcNow() + Delays[quote.Tries] : null;
            await Save(quote, quote with { Tries = quote.Tries + 1, DueAt = due });
        }
    }

    private async Task<Status?> FindQuoted(Quote quote, FetchBudget budget, CancellationToken cancel)
    {
        var known = database.Read(c => quote.QuotedId is { } id ? StatusStore.Find(c, id) : StatusStore.FindByAddress(c, quote.QuotedUri));
        if (known is null && quote.Depth < MaxDepth)
        {
            known = (await statuses.Fetch(quote.QuotedUri, cancel, budget)).Status;
            // What it quotes in turn is looked at one step less far.
            if (known is not null)
                await database.Write(c => c.Execute($"UPDATE quotes SET depth = {(long)quote.Depth + 1} WHERE status_id = {known.Id} AND depth <= {(long)quote.Depth}"));
        }
        // A boost is its booster's, but what it shows is not: quoting one's own boost would quote without asking (GHSA-8h43-rcqj-wpc6).
        return known is { IsBoost: false } ? known : null;
    }

    private async Task<Quote> Judge(Quote quote, Status quoted, FetchBudget budget, CancellationToken cancel)
    {
        if (database.Read(c => StatusStore.Find(c, quote.StatusId)) is not { } status) return quote;
        if (status.AccountId == quoted.AccountId) return quote with { State = QuoteState.Accepted };
        // Who may quote the owner has an approval of this server, whatever the quoting post says.
        if (quoted.AccountId == owner.Id || quote.Legacy || !quoted.IsOpen || quote.ClaimedStamp is not { } claimed) return quote;
        var author = database.Read(c => AccountStore.Find(c, quoted.AccountId))!;
        // Not even fetched from another host than the one that could vouch for it.
        if (!Origin.Same(claimed, author.Uri)) return quote with { State = QuoteState.Pending, StampUri = null };
        var stamp = await fetcher.Fetch(claimed, cancel, budget);
        if (stamp.Outcome == FetchOutcome.Transient) throw new TryLaterException(stamp.Reason);
        if (!stamp.Found) return quote with { State = quote.State == QuoteState.Accepted ? QuoteState.Revoked : QuoteState.Rejected, StampUri = null };
        return RemoteStamp.Proves(stamp, claimed, status.Uri, quoted.Uri, author.Uri)
            ? quote with { State = QuoteState.Accepted, StampUri = claimed }
            : quote with { State = QuoteState.Pending, StampUri = null };
    }

    /// <summary>Unless the quote was changed meanwhile, which then is looked at anew.</summary>
    private Task Save(Quote before, Quote after) => database.Write(c =>
    {
        if (QuoteStore.Find(c, before.StatusId) != before) return;
        QuoteStore.Save(c, after);
        if (after.State == before.State && after.QuotedId == before.QuotedId) return;
        c.AfterCommit(() => events.Publish(new StatusEdited(after.StatusId)));
        if (after.QuotedId is { } quoted) c.AfterCommit(() => events.Publish(new CountsChanged(quoted)));
    });
}
