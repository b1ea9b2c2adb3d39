using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Notes what a post from elsewhere quotes and whom its author allows what. Whether the quote stands is found out afterwards by
/// <see cref="QuoteChecking"/>, so that a slow server of the quoted holds up no post.
/// </summary>
public sealed class QuoteIntake(Owner owner, EventHub events, TimeProvider time)
{
    public void Take(Connection c, long statusId, RemoteObject remote, Account author)
    {
        if (new PolicyReading(author, owner.Required.Uri).Read(remote) is { } policy) InteractionPolicyStore.Save(c, statusId, policy);
        if (Read(statusId, remote) is { } quote) Save(c, quote);
        if (QuoteStore.LookAgainAtThoseOf(c, remote.Uri, time.GetUtcNow())) c.AfterCommit(() => events.Publish(new QuoteWaits()));
    }

    /// <summary>Another quote begins anew, and so does the question of consent when another approval is named.</summary>
    public void Revise(Connection c, long statusId, RemoteObject remote, Account author)
    {
        InteractionPolicyStore.Save(c, statusId, new PolicyReading(author, owner.Required.Uri).Read(remote));
        var before = QuoteStore.Find(c, statusId);
        if (Read(statusId, remote) is not { } now)
        {
            if (before is null) return;
            QuoteStore.Remove(c, statusId);
            c.AfterCommit(() => events.Publish(new StatusEdited(statusId)));
        }
        else if (before?.QuotedUri != now.QuotedUri)
        {
            Save(c, now);
            c.AfterCommit(() => events.Publish(new StatusEdited(statusId)));
        }
        else if (before.ClaimedStamp != now.ClaimedStamp && !QuotesOwner(c, before))
        {
            Save(c, now with { QuotedId = before.QuotedId, Depth = before.Depth, RequestUri = before.RequestUri });
        }
    }

    /// <summary>Of quotes of the owner's posts this server decides; what the quoting post says changes nothing.</summary>
    private bool QuotesOwner(Connection c, Quote quote) =>
        quote.QuotedId is { } id && StatusStore.Find(c, id)?.AccountId == owner.Id;

    private void Save(Connection c, Quote quote)
    {
        QuoteStore.Save(c, quote);
        if (quote.DueAt is not null) c.AfterCommit(() => events.Publish(new QuoteWaits()));
    }

    private Quote? Read(long statusId, RemoteObject remote)
    {
        if (remote.QuotesTombstone) return new Quote { StatusId = statusId, QuotedUri = "", State = QuoteState.Deleted };
        if (!Origin.TryParse(remote.Quote, out _) || remote.Quote == remote.Uri) return null;
        var legacy = remote.IsLegacyQuote;
        // What is never shown is not fetched: without a word of consent only people who quote themselves are.
        var looked = !legacy || Origin.Same(remote.Quote, remote.Uri);
        return new Quote
        {
            StatusId = statusId,
            QuotedUri = remote.Quote,
            Legacy = legacy,
            ClaimedStamp = legacy ? null : remote.QuoteAuthorization,
            DueAt = looked ? time.GetUtcNow() : null,
        };
    }
}
