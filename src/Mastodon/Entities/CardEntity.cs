using System.Text.Json.Serialization;
using Calf.Media;
using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/PreviewCard/ from what the post's own server said: no page is fetched for it.</summary>
public sealed record CardEntity(string Url, string Title, string Description, string ProviderName, string? Image)
{
    public string Type => "link";

    public IReadOnlyList<CardAuthorEntity> Authors => [];

    public string AuthorName => "";

    public string AuthorUrl => "";

    public string ProviderUrl => "";

    public string Html => "";

    public int Width => 0;

    public int Height => 0;

    public string EmbedUrl => "";

    public string? Blurhash => null;

    public DateTimeOffset? PublishedAt => null;

    /// <summary>How much it was posted each day, the newest first; of trends only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TagHistoryEntity>? History { get; init; }

    public static CardEntity? Of(Card? card, RemoteMediaUrls urls) =>
        card is null ? null : new(card.Url, card.Title, card.Description, Uri.TryCreate(card.Url, UriKind.Absolute, out var url) ? url.Host : "",
            urls.Of(card.ImageUrl, RemoteShape.Preview));
}

public sealed record CardAuthorEntity(string Name, string Url);
