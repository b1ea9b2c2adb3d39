using System.Text.Json.Serialization;
using Calf.Media;
using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/PreviewCard/. HTML of others is never in it.</summary>
public sealed record CardEntity(string Url, string Title, string Description, string ProviderName, string? Image)
{
    public required string Type { get; init; }

    public string? Language { get; init; }

    public IReadOnlyList<CardAuthorEntity> Authors { get; init; } = [];

    public string AuthorName { get; init; } = "";

    public string AuthorUrl { get; init; } = "";

    public string ProviderUrl { get; init; } = "";

    public string Html => "";

    public int Width { get; init; }

    public int Height { get; init; }

    public string ImageDescription { get; init; } = "";

    /// <summary>The photo itself, of a photo.</summary>
    public string EmbedUrl { get; init; } = "";

    public string? Blurhash => null;

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Whether it names the owner as its author, who has not let its site do so; told to the owner alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MissingAttribution { get; init; }

    /// <summary>How much it was posted each day, the newest first; of trends only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TagHistoryEntity>? History { get; init; }

    /// <param name="authors">By id; those who are gone are missing.</param>
    /// <param name="ownerId">Null when it is shown to others.</param>
    public static CardEntity? Of(Card? card, RemoteMediaUrls urls, Dictionary<long, AccountEntity> authors, long? ownerId = null)
    {
        if (card is null) return null;
        var account = card.AuthorId is { } id ? authors.GetValueOrDefault(id) : null;
        return new CardEntity(card.Url, card.Title, card.Description, card.Provider, urls.Of(card.ImageUrl, RemoteShape.Preview))
        {
            Type = card.Type == CardType.Photo ? "photo" : "link",
            Language = card.Language,
            Authors = account is null && card is { AuthorName: "", AuthorUrl: "" } ? [] : [new CardAuthorEntity(card.AuthorName, card.AuthorUrl, account)],
            AuthorName = card.AuthorName,
            AuthorUrl = card.AuthorUrl,
            ProviderUrl = card.ProviderUrl,
            Width = card.Width,
            Height = card.Height,
            ImageDescription = card.ImageDescription,
            EmbedUrl = (card.Type == CardType.Photo ? urls.Of(card.ImageUrl, RemoteShape.Original) : null) ?? "",
            PublishedAt = card.PublishedAt,
            MissingAttribution = ownerId is null ? null : card.NamedAuthorId == ownerId,
        };
    }
}

public sealed record CardAuthorEntity(string Name, string Url, AccountEntity? Account);
