namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/List/</summary>
public sealed record ListEntity(string Id, string Title, string RepliesPolicy, bool Exclusive);
