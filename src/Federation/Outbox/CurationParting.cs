using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Takes the owner and an account that they block out of each other's collections, as Mastodon does.</summary>
public sealed class CurationParting(Owner owner, CurationNews news, TimeProvider time)
{
    public void Part(Connection c, long accountId)
    {
        foreach (var item in CollectionItemStore.Between(c, author: accountId, member: owner.Id).Where(item => item.IsShown))
        {
            news.OwnerLeft(c, AccountCollectionStore.Find(c, item.CollectionId)!, item);
            CollectionItemStore.SetState(c, item.Id, CollectionItemState.Revoked, null, time.GetUtcNow());
        }
        foreach (var item in CollectionItemStore.Between(c, author: owner.Id, member: accountId))
        {
            if (item.IsShown) news.ItemRemoving(c, AccountCollectionStore.Find(c, item.CollectionId)!, item);
            CollectionItemStore.Remove(c, item.Id);
        }
    }
}
