using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Outbox;
using Calf.Notifications;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Stores the collections of others, with those in them who agreed to it (FEP-7aa9).</summary>
public sealed class CollectionIntake(Database database, Owner owner, DocumentFetcher fetcher, RemoteAccounts accounts, Notifying notifying, TimeProvider time)
{
    /// <summary>Kept of one account.</summary>
    public const int MaxCollections = 50;

    /// <summary>A collection with those in it that are known and agreed; the owner's place is judged when it is stored.</summary>
    public sealed record Prepared(RemoteFeaturedCollection Remote, IReadOnlyList<(RemoteFeaturedItem Item, long AccountId)> Members);

    /// <summary>Fetches a collection; null where it cannot be had or is somebody else's.</summary>
    public async Task<Prepared?> Fetch(string uri, Account author, FetchBudget budget, CancellationToken cancel) =>
        await fetcher.Fetch(uri, cancel, budget) is { Found: true } document && RemoteFeaturedCollection.Read(document.Json) is { } remote && remote.AttributedTo == author.Uri
            ? await Prepare(remote, budget, cancel) : null;

    /// <summary>Looks for the consent of each account that is not known to have given it, as far as the budget goes.</summary>
    public async Task<Prepared> Prepare(RemoteFeaturedCollection remote, FetchBudget budget, CancellationToken cancel)
    {
        List<(RemoteFeaturedItem, long)> members = [];
        foreach (var item in remote.Items)
        {
            if (item.Account == owner.Required.Uri) members.Add((item, owner.Id));
            else if (item.Authorization is { } authorization && await Find(item, budget, cancel) is { } account
                && (IsKnown(remote, item, account) || item.IsProvenBy(await fetcher.Fetch(authorization, cancel, budget), remote.Uri)))
                members.Add((item, account.Id));
        }
        return new Prepared(remote, members);
    }

    /// <summary>Stores it as it is now; null when its author has too many.</summary>
    public AccountCollection? Store(Connection c, Prepared prepared, Account author)
    {
        var (remote, now) = (prepared.Remote, time.GetUtcNow());
        var before = AccountCollectionStore.FindByUri(c, remote.Uri);
        if (before is not null && before.AccountId != author.Id) return null;
        if (before is null && AccountCollectionStore.Count(c, author.Id, hidden: true) >= MaxCollections) return null;
        var published = remote.Published is { } said && said < now ? said : now;
        var collection = new AccountCollection
        {
            Id = before?.Id ?? Ids.At(published),
            AccountId = author.Id,
            Uri = remote.Uri,
            Url = remote.Url,
            Name = remote.Name,
            Description = HtmlSanitizing.Sanitize(remote.SummaryHtml).Value,
            Language = remote.Language,
            Sensitive = remote.Sensitive,
            Discoverable = remote.Discoverable,
            Tag = remote.Topic is { Length: > 0 } topic && HashtagName.Is(topic) ? topic : null,
            CreatedAt = before?.CreatedAt ?? published,
            UpdatedAt = remote.Updated is { } updated && updated < now ? updated : now,
        };
        AccountCollectionStore.Save(c, collection);
        StoreMembers(c, collection, prepared);
        if (before is not null) TellOwner(c, before, collection);
        return collection;
    }

    /// <summary>Of what they are recommended as the owner hears.</summary>
    private void TellOwner(Connection c, AccountCollection before, AccountCollection after)
    {
        if ((before.Name, before.Description, before.Sensitive, before.Tag) == (after.Name, after.Description, after.Sensitive, after.Tag)) return;
        if (CollectionItemStore.Find(c, after.Id, owner.Id) is not { State: CollectionItemState.Accepted }) return;
        NotificationStore.RemoveAbout(c, NotificationTypes.CollectionUpdate, after.Id);
        notifying.Tell(c, NotificationTypes.CollectionUpdate, after.AccountId, null, collectionId: after.Id);
    }

    private void StoreMembers(Connection c, AccountCollection collection, Prepared prepared)
    {
        var now = time.GetUtcNow();
        var known = CollectionItemStore.AllOf(c, collection.Id);
        foreach (var gone in known.Where(item => !prepared.Members.Any(member => member.AccountId == item.AccountId)))
            // Where the owner agreed and is not in yet, or was and said no, stays known for a while.
            if (gone.AccountId != owner.Id || (gone.Uri is not null && gone.IsShown)) CollectionItemStore.Remove(c, gone.Id);
        foreach (var (item, accountId) in prepared.Members)
        {
            if (known.Find(one => one.AccountId == accountId) is { } there)
            {
                CollectionItemStore.SetUri(c, there.Id, item.Uri);
                if (accountId != owner.Id) CollectionItemStore.SetState(c, there.Id, CollectionItemState.Accepted, item.Authorization, now);
            }
            // Nobody puts the owner where they did not agree to be.
            else if (accountId != owner.Id && !CollectionItemStore.IsUsed(c, item.Uri))
                CollectionItemStore.Add(c, new AccountCollectionItem(
                    Ids.At(now), collection.Id, accountId, CollectionItemState.Accepted, null, item.Authorization, item.Published ?? now)
                { Uri = item.Uri });
        }
    }

    private async Task<Account?> Find(RemoteFeaturedItem item, FetchBudget budget, CancellationToken cancel) =>
        (await accounts.FindOrFetch(item.Account, cancel, budget)).Account;

    private bool IsKnown(RemoteFeaturedCollection remote, RemoteFeaturedItem item, Account account) => database.Read(c =>
        AccountCollectionStore.FindByUri(c, remote.Uri) is { } collection && CollectionItemStore.Find(c, collection.Id, account.Id) is { } known
        && known.State == CollectionItemState.Accepted && known.ApprovalUri == item.Authorization);
}
