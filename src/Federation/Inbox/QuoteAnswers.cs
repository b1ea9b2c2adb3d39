using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Applies what the authors of quoted posts say to the quotes: yes, no, and no longer.</summary>
public sealed class QuoteAnswers(Owner owner, Quoting quoting, EventHub events)
{
    /// <summary>An Accept of the owner's QuoteRequest; null when it answers something else.</summary>
    public Outcome? Accept(Connection c, IncomingActivity answer)
    {
        if (Find(c, answer) is not { } quote) return null;
        if (answer.Json.Id("result") is not { } stamp || !Origin.Same(stamp, answer.Actor)) return Outcome.Ignored("It agrees to a quote and names no approval of its own server.");
        if (quote.State == QuoteState.Revoked) return Outcome.Ignored("It agrees to a quote that it took back.");
        if (quote.State != QuoteState.Accepted || quote.StampUri != stamp) Set(c, quote with { State = QuoteState.Accepted, StampUri = stamp });
        return Outcome.Applied;
    }

    /// <summary>A Reject of the owner's QuoteRequest, which may come after an Accept; null when it answers something else.</summary>
    public Outcome? Reject(Connection c, IncomingActivity answer)
    {
        if (Find(c, answer) is not { } quote) return null;
        if (quote.State is QuoteState.Pending or QuoteState.Accepted)
            Set(c, quote with { State = quote.State == QuoteState.Accepted ? QuoteState.Revoked : QuoteState.Rejected, StampUri = null });
        return Outcome.Applied;
    }

    /// <summary>The quoted author took an approval back. Whether it was known and theirs.</summary>
    public bool Revoke(Connection c, string stampUri, string actorUri)
    {
        var found = QuoteStore.FindByStamp(c, stampUri).Where(q => IsQuotedAuthor(c, q, actorUri)).ToList();
        foreach (var quote in found) Set(c, quote with { State = QuoteState.Revoked, StampUri = null });
        return found.Count > 0;
    }

    /// <summary>By the id of the request, or by the quoting post where an answer has its own copy of the request.</summary>
    private Quote? Find(Connection c, IncomingActivity answer)
    {
        var quote = QuoteStore.FindByRequest(c, answer.ObjectId);
        if (quote is null && answer.Object.IsType("QuoteRequest") && answer.Object.Id("instrument") is { } instrument && StatusStore.FindByUri(c, instrument) is { } named)
            quote = QuoteStore.Find(c, named.Id);
        return quote is not null && StatusStore.Find(c, quote.StatusId)?.AccountId == owner.Id && IsQuotedAuthor(c, quote, answer.Actor) ? quote : null;
    }

    private void Set(Connection c, Quote quote)
    {
        var stampBefore = QuoteStore.Find(c, quote.StatusId)?.StampUri;
        QuoteStore.Save(c, quote with { DueAt = null });
        // Those who have the owner's post learn with it that its quote stands, or no longer.
        if (quote.StampUri != stampBefore && StatusStore.Find(c, quote.StatusId) is { } status && status.AccountId == owner.Id) quoting.Republish(c, status);
        c.AfterCommit(() => events.Publish(new StatusEdited(quote.StatusId)));
    }

    private static bool IsQuotedAuthor(Connection c, Quote quote, string actorUri) =>
        quote.QuotedId is { } id && StatusStore.Find(c, id) is { } quoted && AccountStore.Find(c, quoted.AccountId)?.Uri == actorUri;
}
