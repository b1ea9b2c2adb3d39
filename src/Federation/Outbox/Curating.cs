using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>What a collection is to become; null leaves a thing as it is. An empty tag or language takes it away.</summary>
public sealed record CollectionChange(string? Name, string? Description, string? Language, bool? Sensitive, bool? Discoverable, string? Tag);

/// <summary>The owner collects accounts that they recommend (FEP-7aa9), and says no to being in the collections of others.</summary>
public sealed class Curating(Database database, Owner owner, CurationNews news, TimeProvider time)
{
    /// <summary>As Mastodon's, and so the other limits.</summary>
    public const int MaxCollections = 10;
    public const int MaxItems = 25;

    /// <summary>In characters.</summary>
    public const int MaxName = 40;
    public const int MaxDescription = 100;

    /// <exception cref="InvalidFieldException">It is not as it must be, or there are too many.</exception>
    /// <exception cref="ActionException">An account is not known, or does not let itself be put there; then there is no collection.</exception>
    public Task<AccountCollection> Create(CollectionChange wanted, IReadOnlyList<long> accountIds) => database.Write(c =>
    {
        if (accountIds.Count > MaxItems) throw new InvalidFieldException("collection_items", "ERR_TOO_MANY", $"are too many, no more than {MaxItems} are allowed");
        if (AccountCollectionStore.Count(c, owner.Id, hidden: true) >= MaxCollections)
            throw new InvalidFieldException(InvalidFieldException.Base, "ERR_TOO_MANY", $"You have as many collections as there can be, {MaxCollections}");
        var now = time.GetUtcNow();
        var collection = Apply(new AccountCollection { Id = Ids.At(now), AccountId = owner.Id, CreatedAt = now, UpdatedAt = now }, wanted);
        AccountCollectionStore.Save(c, collection);
        foreach (var id in accountIds) Put(c, collection, Known(c, id));
        news.Made(c, collection);
        return collection;
    });

    /// <exception cref="InvalidFieldException">It would not be as it must be.</exception>
    /// <exception cref="ActionException">It is not there, or not the owner's.</exception>
    public Task<AccountCollection> Change(long id, CollectionChange wanted) => database.Write(c =>
    {
        var before = Own(c, id);
        var after = Apply(before, wanted);
        if (after == before) return before;
        after = after with { UpdatedAt = time.GetUtcNow() };
        AccountCollectionStore.Save(c, after);
        news.Changed(c, after);
        return after;
    });

    /// <exception cref="ActionException">It is not there, or not the owner's.</exception>
    public Task Remove(long id) => database.Write(c =>
    {
        var collection = Own(c, id);
        news.Removing(c, collection);
        AccountCollectionStore.Remove(c, collection.Id);
    });

    /// <exception cref="ActionException">It is not the owner's, it is full, or the account is in it or does not let itself be put there.</exception>
    public Task<AccountCollectionItem> Add(long id, long accountId) => database.Write(c =>
    {
        var (collection, account) = (Require(c, id), Known(c, accountId));
        RequireOwn(collection);
        if (CollectionItemStore.Find(c, id, account.Id) is not null) throw ActionException.Invalid("Validation failed: Account has already been taken");
        if (CollectionItemStore.Count(c, id) >= MaxItems)
            throw ActionException.Invalid($"Validation failed: Collection items are too many, no more than {MaxItems} are allowed");
        var item = Put(c, collection, account);
        if (item.State == CollectionItemState.Accepted) news.ItemAdded(c, collection, item, account);
        return item;
    });

    /// <exception cref="ActionException">The item is not there, or the collection not the owner's.</exception>
    public Task Remove(long id, long itemId) => database.Write(c =>
    {
        var (collection, item) = (Require(c, id), Item(c, id, itemId));
        RequireOwn(collection);
        if (item.IsShown) news.ItemRemoving(c, collection, item);
        CollectionItemStore.Remove(c, item.Id);
    });

    /// <summary>The owner takes themselves out of a collection.</summary>
    /// <exception cref="ActionException">The item is not there, or somebody else.</exception>
    public Task Revoke(long id, long itemId) => database.Write(c =>
    {
        var collection = Require(c, id);
        var item = Item(c, collection.Id, itemId);
        if (item.AccountId != owner.Id) throw NotAllowed();
        if (!item.IsShown) return;
        news.OwnerLeft(c, collection, item);
        CollectionItemStore.SetState(c, item.Id, CollectionItemState.Revoked, null, time.GetUtcNow());
    });

    private AccountCollectionItem Put(Connection c, AccountCollection collection, Account account)
    {
        if (!Consents(c, account)) throw NotAllowed();
        var now = time.GetUtcNow();
        var item = new AccountCollectionItem(
            Ids.At(now), collection.Id, account.Id, account.IsOwner ? CollectionItemState.Accepted : CollectionItemState.Pending,
            account.IsOwner ? null : ActivityId.New(owner.Required.Uri, "feature_requests"), null, now);
        CollectionItemStore.Add(c, item);
        if (item.RequestUri is { } request) news.Ask(c, collection, account, request);
        return item;
    }

    /// <summary>Who says nothing of collections cannot be asked: their server would not understand.</summary>
    private bool Consents(Connection c, Account account) => account.IsOwner
        ? account.Discoverable
        : account.GoneAt is null && !BlockStore.Exists(c, owner.Id, account.Id) && !BlockStore.Exists(c, account.Id, owner.Id)
            && FeaturePolicyStore.FindMany(c, [account.Id]).GetValueOrDefault(account.Id)?.ForOwner is FeatureConsent.Automatic or FeatureConsent.Manual;

    private static AccountCollection Apply(AccountCollection before, CollectionChange wanted)
    {
        var after = before with
        {
            Name = wanted.Name ?? before.Name,
            Description = wanted.Description ?? before.Description,
            Language = wanted.Language is null ? before.Language : wanted.Language.Length == 0 ? null : wanted.Language,
            Sensitive = wanted.Sensitive ?? before.Sensitive,
            Discoverable = wanted.Discoverable ?? before.Discoverable,
            Tag = wanted.Tag is null ? before.Tag : wanted.Tag.TrimStart('#') is { Length: > 0 } tag ? tag : null,
        };
        if (string.IsNullOrWhiteSpace(after.Name)) throw new InvalidFieldException("name", "ERR_BLANK", "can't be blank");
        CheckLength("name", after.Name, MaxName);
        CheckLength("description", after.Description, MaxDescription);
        if (after.Language is { } language && !LanguageTag.Is(language)) throw new InvalidFieldException("language", "ERR_INVALID", "is invalid");
        if (after.Tag is { } name && !HashtagName.Is(name)) throw new InvalidFieldException("tag_name", "ERR_UNUSABLE", "may not be used");
        return after;
    }

    private static void CheckLength(string field, string text, int most)
    {
        if (TextLimit.IsOver(text, most)) throw new InvalidFieldException(field, "ERR_TOO_LONG", $"is too long (maximum is {most} characters)");
    }

    private AccountCollection Own(Connection c, long id)
    {
        var collection = Require(c, id);
        RequireOwn(collection);
        return collection;
    }

    private void RequireOwn(AccountCollection collection)
    {
        if (collection.AccountId != owner.Id) throw NotAllowed();
    }

    private static AccountCollection Require(Connection c, long id) => AccountCollectionStore.Find(c, id) ?? throw ActionException.NotFound();

    private static AccountCollectionItem Item(Connection c, long collectionId, long id) =>
        CollectionItemStore.Find(c, id) is { } item && item.CollectionId == collectionId ? item : throw ActionException.NotFound();

    private static Account Known(Connection c, long id) => AccountStore.Find(c, id) ?? throw ActionException.NotFound();

    private static ActionException NotAllowed() => new(StatusCodes.Status403Forbidden, "This action is not allowed");
}
