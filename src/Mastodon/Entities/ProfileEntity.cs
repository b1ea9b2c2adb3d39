namespace Calf.Mastodon.Entities;

/// <summary>The owner's profile as it is edited: note and fields are text, pictures null where there are none. https://docs.joinmastodon.org/entities/Profile/</summary>
public sealed record ProfileEntity(
    string Id, string DisplayName, string Note, IReadOnlyList<FieldEntity> Fields, string? Avatar, string? AvatarStatic, string AvatarDescription,
    string? Header, string? HeaderStatic, string HeaderDescription, bool Locked, bool Bot, bool? HideCollections, bool? Discoverable, bool Indexable,
    bool ShowMedia, bool ShowMediaReplies, bool ShowFeatured, IReadOnlyList<string> AttributionDomains);
