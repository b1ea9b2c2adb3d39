using Calf.AccountCollections;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Collection/</summary>
public sealed record AccountCollectionEntity(
    string Id, string Uri, string Name, string Description, string? Language, string AccountId, bool Local, bool Sensitive, bool Discoverable,
    string? Url, int ItemCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, ShallowTagEntity? Tag, IReadOnlyList<AccountCollectionItemEntity> Items);

/// <summary>https://docs.joinmastodon.org/entities/CollectionItem/</summary>
public sealed record AccountCollectionItemEntity(string Id, string State, DateTimeOffset CreatedAt, string? AccountId)
{
    /// <summary>Who refused is not named.</summary>
    public static AccountCollectionItemEntity Of(AccountCollectionItem item) => new(
        EntityText.Of(item.Id), item.State.ToString().ToLowerInvariant(), item.CreatedAt, item.IsShown ? EntityText.Of(item.AccountId) : null);
}

public sealed record ShallowTagEntity(string Name, string Url);

/// <summary>https://docs.joinmastodon.org/entities/CollectionWithAccounts/</summary>
public sealed record CollectionWithAccountsEntity(AccountCollectionEntity Collection, IReadOnlyList<AccountEntity> Accounts);

/// <summary>The methods wrap what they answer with.</summary>
public sealed record WrappedCollectionEntity(AccountCollectionEntity Collection);

public sealed record WrappedCollectionsEntity(IReadOnlyList<AccountCollectionEntity> Collections);

public sealed record WrappedCollectionItemEntity(AccountCollectionItemEntity CollectionItem);

/// <summary>What is wrong with one field, as the collections' methods alone tell it.</summary>
public sealed record FieldErrorEntity(FieldErrorDetailsEntity Error);

public sealed record FieldErrorDetailsEntity(string Error, IReadOnlyDictionary<string, IReadOnlyList<FieldErrorDetailEntity>> Details);

public sealed record FieldErrorDetailEntity(string Error, string Description);
