namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Suggestion/</summary>
public sealed record SuggestionEntity(IReadOnlyList<string> Sources, AccountEntity Account);

/// <summary>https://docs.joinmastodon.org/entities/FamiliarFollowers/</summary>
public sealed record FamiliarFollowersEntity(string Id, IReadOnlyList<AccountEntity> Accounts);
