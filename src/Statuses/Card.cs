namespace Calf.Statuses;

/// <summary>
/// What is shown for a card. The numbers are stored. The page of a film is a link as well: players come as HTML of others, which is never
/// shown here.
/// </summary>
public enum CardType
{
    Link = 0,
    Photo = 1,
}

/// <summary>A link that a post is about. Texts are plain; what is not known is empty.</summary>
public sealed record Card(string Url, string Title, string Description, string? ImageUrl)
{
    /// <summary>What the page itself says is its address, such as one without marks of where the reader came from; null where it says none.</summary>
    public string? Address { get; init; }

    public CardType Type { get; init; }

    public string ImageDescription { get; init; } = "";

    /// <summary>As the page says; 0 where it does not.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    public string? Language { get; init; }

    public string ProviderName { get; init; } = "";

    public string ProviderUrl { get; init; } = "";

    public string AuthorName { get; init; } = "";

    public string AuthorUrl { get; init; } = "";

    /// <summary>The account that the page names as its author, and that lets it.</summary>
    public long? AuthorId { get; init; }

    /// <summary>The account that the page names as its author, and that does not let it.</summary>
    public long? NamedAuthorId { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Whose page it is, for people: its host where it does not say.</summary>
    public string Provider => ProviderName.Length > 0 ? ProviderName : Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.Host : "";
}
