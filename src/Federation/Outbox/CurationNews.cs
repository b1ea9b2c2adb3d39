using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Documents;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Tells followers and those concerned of the owner's collections, and asks accounts whether they may be put there (FEP-7aa9).</summary>
public sealed class CurationNews(Owner owner, Site site, Sending sending, EventHub events)
{
    private string Me => owner.Required.Uri;

    public void Made(Connection c, AccountCollection collection) => Tell(c, collection, FeatureBuilder.Add(Me, Describe(c, collection)));

    public void Changed(Connection c, AccountCollection collection) => Tell(c, collection, FeatureBuilder.Update(Me, Describe(c, collection)));

    /// <summary>Before it is removed, while it is known who was in it.</summary>
    public void Removing(Connection c, AccountCollection collection) => Tell(c, collection, FeatureBuilder.Remove(Me, UriOf(collection)));

    public void ItemAdded(Connection c, AccountCollection collection, AccountCollectionItem item, Account account) =>
        Tell(c, collection, FeatureBuilder.AddItem(Me, FeaturedCollectionBuilder.Item(item, account, Me), UriOf(collection)));

    /// <summary>Before it is removed, so that the account hears of it too.</summary>
    public void ItemRemoving(Connection c, AccountCollection collection, AccountCollectionItem item) =>
        Tell(c, collection, FeatureBuilder.RemoveItem(Me, OwnUris.FeaturedItem(Me, item.Id), UriOf(collection)));

    /// <summary>The owner no longer wants to be in a collection: their consent is gone, and others who saw it hear of that.</summary>
    public void OwnerLeft(Connection c, AccountCollection collection, AccountCollectionItem item)
    {
        if (collection.IsOwn)
        {
            ItemRemoving(c, collection, item);
            return;
        }
        List<Account> concerned = [.. AccountStore.Find(c, collection.AccountId) is { } author ? [author] : (Account[])[]];
        sending.ToFollowersAnd(c, concerned, QuoteRequestBuilder.Revoke(Me, OwnUris.FeatureAuthorization(Me, item.Id)));
    }

    /// <param name="requestId">The id of the question, which the answer names.</param>
    public void Ask(Connection c, AccountCollection collection, Account account, string requestId) =>
        sending.To(c, account, FeatureBuilder.Request(Me, requestId, account.Uri, UriOf(collection)));

    /// <summary>A collection as others see it, with those that agreed.</summary>
    public FeaturedCollectionDocument Describe(Connection c, AccountCollection collection)
    {
        var items = CollectionItemStore.Of(c, [collection.Id], pending: false)[collection.Id].ToList();
        var accounts = AccountStore.FindMany(c, items.Select(item => item.AccountId));
        return FeaturedCollectionBuilder.Build(collection, Me, site, items.Select(item => (item, accounts[item.AccountId])));
    }

    private void Tell(Connection c, AccountCollection collection, ActivityDocument news)
    {
        var members = CollectionItemStore.Of(c, [collection.Id], pending: true)[collection.Id].Select(item => item.AccountId);
        sending.ToFollowersAnd(c, AccountStore.FindMany(c, members).Values, news);
        // What is served of it is kept ready.
        var id = owner.Id;
        c.AfterCommit(() => events.Publish(new AccountChanged(id)));
    }

    private string UriOf(AccountCollection collection) => OwnUris.FeaturedCollection(Me, collection.Id);
}
