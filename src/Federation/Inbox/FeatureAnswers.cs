using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Outbox;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Applies what accounts say to being in the owner's collections: yes, no, and no longer (FEP-7aa9).</summary>
public sealed class FeatureAnswers(CurationNews news, TimeProvider time)
{
    /// <summary>An Accept of the owner's FeatureRequest; null when it answers something else.</summary>
    public Outcome? Accept(Connection c, IncomingActivity answer)
    {
        if (Find(c, answer) is not var (collection, item, account)) return null;
        if (answer.Json.Id("result") is not { } approval || !Origin.Same(approval, answer.Actor)) return Outcome.Ignored("It agrees to be in a collection and names no approval of its own server.");
        if (item.State == CollectionItemState.Revoked) return Outcome.Ignored("It agrees to what it took back.");
        if (item.State == CollectionItemState.Accepted && item.ApprovalUri == approval) return Outcome.Applied;
        CollectionItemStore.SetState(c, item.Id, CollectionItemState.Accepted, approval, time.GetUtcNow());
        news.ItemAdded(c, collection, item with { State = CollectionItemState.Accepted, ApprovalUri = approval }, account);
        return Outcome.Applied;
    }

    /// <summary>A Reject of the owner's FeatureRequest, which may come after an Accept; null when it answers something else.</summary>
    public Outcome? Reject(Connection c, IncomingActivity answer)
    {
        if (Find(c, answer) is not var (collection, item, _)) return null;
        Refuse(c, collection, item, CollectionItemState.Rejected);
        return Outcome.Applied;
    }

    /// <summary>An account took its approval back. Whether it was known and theirs.</summary>
    public bool Revoke(Connection c, string approvalUri, string actorUri)
    {
        if (AccountStore.FindByUri(c, actorUri) is not { } account) return false;
        if (CollectionItemStore.FindByApproval(c, account.Id, approvalUri) is not { } item) return false;
        if (AccountCollectionStore.Find(c, item.CollectionId) is not { } collection) return false;
        Refuse(c, collection, item, CollectionItemState.Revoked);
        return true;
    }

    private void Refuse(Connection c, AccountCollection collection, AccountCollectionItem item, CollectionItemState state)
    {
        if (!item.IsShown) return;
        // Only who was in it was told of.
        if (collection.IsOwn && item.State == CollectionItemState.Accepted) news.ItemRemoving(c, collection, item);
        CollectionItemStore.SetState(c, item.Id, state, null, time.GetUtcNow());
    }

    private static (AccountCollection, AccountCollectionItem, Account)? Find(Connection c, IncomingActivity answer) =>
        CollectionItemStore.FindByRequest(c, answer.ObjectId) is { } item && AccountStore.Find(c, item.AccountId) is { } account && account.Uri == answer.Actor
        && AccountCollectionStore.Find(c, item.CollectionId) is { IsOwn: true } collection
            ? (collection, item, account) : null;
}
