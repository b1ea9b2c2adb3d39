using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Documents;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner says who may quote a post, and takes back consent that was given.</summary>
public sealed class Quoting(Database database, Owner owner, Site site, Sending sending, EventHub events, TimeProvider time)
{
    /// <summary>Servers of boosters beyond this many learn of it when they look again.</summary>
    private const int MaxBoosters = 1000;

    /// <exception cref="ActionException">It is not a post of the owner's.</exception>
    public Task<Status> ChangePolicy(long statusId, QuotePolicy policy) => database.Write(c =>
    {
        var status = Readable.RequireOwn(c, statusId, owner.Id);
        if (status.IsBoost) throw ActionException.Invalid(Validation.Failed(Words.T("A boost can't be quoted.")));
        var wanted = NewQuote.PolicyOf(policy, status.Visibility);
        if (InteractionPolicyStore.Find(c, statusId) == wanted) return status;
        InteractionPolicyStore.Save(c, statusId, wanted);
        Republish(c, status);
        return status;
    });

    /// <summary>The quoting post, which no longer shows the owner's.</summary>
    /// <exception cref="ActionException">404: it is not a post of the owner's, or not quoted by that one.</exception>
    public Task<Status> Revoke(long statusId, long quotingId) => database.Write(c =>
    {
        var quoted = Readable.RequireOwn(c, statusId, owner.Id);
        if (QuoteStore.Find(c, quotingId) is not { } quote || quote.QuotedId != quoted.Id || StatusStore.Find(c, quotingId) is not { } quoting)
            throw ActionException.NotFound();
        if (quote.State == QuoteState.Revoked) return quoting;
        QuoteStore.Save(c, quote with { State = QuoteState.Revoked, StampUri = null, DueAt = null });
        if (quote.StampUri is { } stamp)
        {
            Tombstones.Add(c, stamp, time.GetUtcNow());
            sending.ToFollowersAnd(c, AccountStore.Find(c, quoting.AccountId) is { } quoter ? [quoter] : [], QuoteRequestBuilder.Revoke(owner.Required.Uri, stamp));
        }
        if (quoting.AccountId == owner.Id) Republish(c, quoting);
        c.AfterCommit(() => events.Publish(new StatusEdited(quotingId)));
        c.AfterCommit(() => events.Publish(new CountsChanged(quoted.Id)));
        return quoting;
    });

    /// <summary>Sends a post of the owner's anew to all who have it: something beside its text changed, which is no edit.</summary>
    internal void Republish(Connection c, Status status)
    {
        // A name of its own: several may go out within a moment, as when a consent is given and taken back.
        var update = UpdateBuilder.Build(NoteBuilder.Load(c, site, owner.Required, status), time.GetUtcNow()) with { Id = ActivityId.New(status.Uri, "updates") };
        var others = StatusParts.Mentions(c, [status.Id]).Select(m => m.AccountId);
        if (status.Visibility == Visibility.Direct) sending.To(c, AccountStore.FindMany(c, others).Values, update);
        else sending.ToFollowersAnd(c, AccountStore.FindMany(c, others.Concat(BoostStore.AccountsOf(c, status.Id, new Paging(MaxBoosters), Moderation.Hidden.Nobody)).Distinct()).Values, update);
        c.AfterCommit(() => events.Publish(new StatusEdited(status.Id)));
    }
}
