using System.Text.Json.Serialization;

namespace Calf.Accounts;

/// <summary>Somebody on the fediverse: the owner of this server, or an actor of another one as last fetched.</summary>
public sealed record Account
{
    public required long Id { get; init; }

    public required string Uri { get; init; }

    public required string Url { get; init; }

    public required string Username { get; init; }

    /// <summary>The domain of the handle; empty for the owner.</summary>
    public required string Domain { get; init; }

    /// <summary>The actor's type: Person, Service, Application, Group or Organization.</summary>
    public string Type { get; init; } = "Person";

    public string DisplayName { get; init; } = "";

    /// <summary>Sanitised HTML.</summary>
    public string Note { get; init; } = "";

    /// <summary>The Markdown that the owner typed; empty for others.</summary>
    public string NoteSource { get; init; } = "";

    public IReadOnlyList<ProfileField> Fields { get; init; } = [];

    public IReadOnlyList<CustomEmoji> Emojis { get; init; } = [];

    public string? AvatarUrl { get; init; }

    public string AvatarAlt { get; init; } = "";

    public string? HeaderUrl { get; init; }

    public string HeaderAlt { get; init; } = "";

    public required string Inbox { get; init; }

    public string? SharedInbox { get; init; }

    public string? Outbox { get; init; }

    public string? FollowersUri { get; init; }

    public string? FollowingUri { get; init; }

    public string? FeaturedUri { get; init; }

    /// <summary>The collection of the hashtags on the profile.</summary>
    public string? FeaturedTagsUri { get; init; }

    public bool Locked { get; init; }

    public bool Discoverable { get; init; }

    public bool Indexable { get; init; }

    public bool Memorial { get; init; }

    /// <summary>For the owner counted here; for others what their server said.</summary>
    public long FollowersCount { get; init; }

    public long FollowingCount { get; init; }

    public long StatusesCount { get; init; }

    public DateTimeOffset? LastStatusAt { get; init; }

    public string? MovedToUri { get; init; }

    public IReadOnlyList<string> AlsoKnownAs { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>Whom it follows and who follows it is not shown. Known of the owner only.</summary>
    public bool HideCollections { get; init; }

    /// <summary>Sites whose pages may name it as their author (fediverse:creator).</summary>
    public IReadOnlyList<string> AttributionDomains { get; init; } = [];

    /// <summary>When its server said that it is gone for good (410).</summary>
    public DateTimeOffset? GoneAt { get; init; }

    public bool IsOwner => Domain.Length == 0;

    public bool Bot => Type is "Service" or "Application";

    /// <summary><c>user</c> for the owner, <c>user@domain</c> for others: Mastodon's <c>acct</c>.</summary>
    public string Acct => IsOwner ? Username : $"{Username}@{Domain}";

    /// <summary>The name to show: the handle's first part when no display name is set.</summary>
    public string Name => DisplayName.Length == 0 ? Username : DisplayName;

    /// <summary>Where activities for many go: the shared inbox if there is one.</summary>
    public string DeliveryInbox => SharedInbox ?? Inbox;
}

/// <summary>A row of the profile table. <paramref name="Value"/> is sanitised HTML.</summary>
public sealed record ProfileField(string Name, string Value, DateTimeOffset? VerifiedAt = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<ProfileField>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class AccountJson : JsonSerializerContext;
