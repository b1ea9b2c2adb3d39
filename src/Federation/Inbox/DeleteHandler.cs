using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>A post or a whole account was deleted by its owner. The id is remembered, so that a late copy stays out (wire 98).</summary>
public sealed class DeleteHandler(Database database, RemoteStatuses remoteStatuses, QuoteAnswers quoteAnswers, FeatureAnswers featureAnswers, EventHub events, TimeProvider time) : ActivityHandler
{
    public override string Type => "Delete";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        var id = activity.ObjectId;
        if (!Origin.Same(id, activity.Actor)) return _ => Outcome.Ignored("It deletes something on another server than its own.");
        if (!activity.Trusted)
        {
            // Forwarded by somebody else: only the origin can say that the post is gone, and it is asked only of what there is to delete.
            if (activity.KnownPost(database) is not { } known) return _ => Outcome.Ignored("Its author did not sign it, and it deletes a post that is not here.");
            if (!await remoteStatuses.IsGone(known, cancel, activity.Budget)) return _ => Outcome.Ignored("Its server does not say that this was deleted.");
        }
        return id == activity.Actor ? c => DeleteAccount(c, id) : c => DeleteStatus(c, activity, id);
    }

    private Outcome DeleteAccount(Connection c, string uri)
    {
        if (AccountStore.FindByUri(c, uri) is not { } account) return Outcome.Ignored("An account that was never known here is gone.");
        AccountStore.Delete(c, account.Id);
        c.AfterCommit(() => events.Publish(new AccountChanged(account.Id)));
        return Outcome.Applied;
    }

    private Outcome DeleteStatus(Connection c, IncomingActivity activity, string uri)
    {
        var known = StatusStore.FindByUri(c, uri);
        if (known is not null && AccountStore.Find(c, known.AccountId)?.Uri != activity.Actor) return Outcome.Ignored("It deletes another account's post.");
        Tombstones.Add(c, uri, time.GetUtcNow());
        if (quoteAnswers.Revoke(c, uri, activity.Actor) || featureAnswers.Revoke(c, uri, activity.Actor) || known is not { } status) return Outcome.Applied;
        StatusStore.Remove(c, status);
        c.AfterCommit(() => events.Publish(new StatusRemoved(status.Id, status.Visibility == Visibility.Public)));
        return Outcome.Applied;
    }
}
