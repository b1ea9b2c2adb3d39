using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes collections' entities, in two statements for any number.</summary>
public sealed class AccountCollectionRendering(Site site, Owner owner, AccountRendering accounts)
{
    /// <param name="byOwner">The owner reads: in their own they see whom they wait for, and nowhere whom they block.</param>
    public List<AccountCollectionEntity> Render(Connection c, IReadOnlyCollection<AccountCollection> collections, bool byOwner)
    {
        var items = ItemsOf(c, collections, byOwner);
        return [.. collections.Select(collection => Render(collection, items[collection.Id]))];
    }

    public AccountCollectionEntity Render(Connection c, AccountCollection collection, bool byOwner) => Render(c, [collection], byOwner)[0];

    /// <summary>Its author is the first of the accounts.</summary>
    public CollectionWithAccountsEntity RenderWithAccounts(Connection c, AccountCollection collection, bool byOwner)
    {
        var items = ItemsOf(c, [collection], byOwner)[collection.Id];
        return new(Render(collection, items), accounts.RenderIds(c, [collection.AccountId, .. items.Select(item => item.AccountId)], byOwner));
    }

    /// <summary>The collections that some notifications tell of, by their ids.</summary>
    public Dictionary<long, AccountCollectionEntity> OfNotifications(Connection c, IReadOnlyList<Notification> notifications)
    {
        List<long> ids = [.. notifications.Select(n => n.CollectionId).OfType<long>().Distinct()];
        if (ids.Count == 0) return [];
        var found = AccountCollectionStore.FindMany(c, ids);
        return Render(c, found, byOwner: true).Zip(found).ToDictionary(pair => pair.Second.Id, pair => pair.First);
    }

    private ILookup<long, AccountCollectionItem> ItemsOf(Connection c, IReadOnlyCollection<AccountCollection> collections, bool byOwner)
    {
        var own = collections.Where(collection => collection.IsOwn).Select(collection => collection.Id).ToHashSet();
        var items = CollectionItemStore.Of(c, [.. collections.Select(collection => collection.Id)], pending: byOwner)
            .SelectMany(group => group).Where(item => item.State == CollectionItemState.Accepted || own.Contains(item.CollectionId)).ToList();
        HashSet<long> blocked = byOwner
            ? [.. BlockStore.Between(c, owner.Id, [.. items.Select(item => item.AccountId)]).Where(block => block.AccountId == owner.Id).Select(block => block.TargetId)]
            : [];
        return items.Where(item => !blocked.Contains(item.AccountId)).ToLookup(item => item.CollectionId);
    }

    private AccountCollectionEntity Render(AccountCollection a, IEnumerable<AccountCollectionItem> items)
    {
        List<AccountCollectionItemEntity> shown = [.. items.Select(AccountCollectionItemEntity.Of)];
        return new(
            EntityText.Of(a.Id), a.Uri ?? OwnUris.FeaturedCollection(owner.Required.Uri, a.Id), a.Name, a.Description, a.Language, EntityText.Of(a.AccountId), a.IsOwn,
            a.Sensitive, a.Discoverable, a.Url, shown.Count, a.CreatedAt, a.UpdatedAt, a.Tag is { } tag ? new(tag, site.TagUrl(tag)) : null, shown);
    }
}
