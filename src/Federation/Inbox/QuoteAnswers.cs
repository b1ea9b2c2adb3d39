using Calf.Accounts;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Applies what the authors of quoted posts say to the quotes.</summary>
public sealed class QuoteAnswers(EventHub events)
{
    /// <summary>The quoted author took an approval back. Whether it was known and theirs.</summary>
    public bool Revoke(Connection c, string stampUri, string actorUri)
    {
        var found = QuoteStore.FindByStamp(c, stampUri).Where(q => IsQuotedAuthor(c, q, actorUri)).ToList();
        foreach (var quote in found) Set(c, quote with { State = QuoteState.Revoked, StampUri = null });
        return found.Count > 0;
    }

    private void Set(Connection c, Quote quote)
    {
        QuoteStore.Save(c, quote with { DueAt = null });
        c.AfterCommit(() => events.Publish(new StatusEdited(quote.StatusId)));
    }

    private static bool IsQuotedAuthor(Connection c, Quote quote, string actorUri) =>
        quote.QuotedId is { } id && StatusStore.Find(c, id) is { } quoted && AccountStore.Find(c, quoted.AccountId)?.Uri == actorUri;
}
