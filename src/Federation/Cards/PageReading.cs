using Calf.Statuses;

namespace Calf.Federation.Cards;

/// <summary>What a page says of itself: in JSON-LD, in OpenGraph, for Twitter, and in plain HTML; the first that says it counts, as at Mastodon.</summary>
/// <param name="Creator">Whom it names as its author on the fediverse.</param>
/// <param name="OEmbed">Where it says more.</param>
internal sealed record PageReading(Card Card, string? Creator, Uri? OEmbed)
{
    /// <param name="url">As posts have it.</param>
    /// <param name="page">Where it was found.</param>
    public static PageReading Of(string html, string url, Uri page)
    {
        var head = PageHead.Of(html);
        var data = StructuredData.Of(head.Scripts);
        var image = PageText.Address(page, head.Meta("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src") ?? data.Image);
        var card = new Card(
            url,
            PageText.Line(PageText.MaxTitle, data.Headline, head.Meta("og:title"), head.Meta("twitter:title"), head.Title),
            PageText.Line(PageText.MaxTitle, data.Description, head.Meta("og:description"), head.Meta("twitter:description"), head.Meta("description")),
            image?.AbsoluteUri)
        {
            Address = OwnAddress(head, page),
            ImageDescription = image is null ? "" : PageText.Line(head.Meta("og:image:alt", "twitter:image:alt"), PageText.MaxTitle),
            Width = image is null ? 0 : PageText.Size(head.Meta("og:image:width")),
            Height = image is null ? 0 : PageText.Size(head.Meta("og:image:height")),
            Language = PageText.Language(data.Language) ?? PageText.Language(head.Meta("og:locale")) ?? PageText.Language(head.Language),
            ProviderName = PageText.Line(PageText.MaxName, data.Publisher, head.Meta("og:site_name")),
            AuthorName = PageText.Line(PageText.MaxName, data.AuthorName, head.Meta("og:author"), head.Meta("author")),
            AuthorUrl = PageText.Address(page, data.AuthorUrl)?.AbsoluteUri ?? "",
            PublishedAt = data.Published ?? PageText.Date(head.Meta("article:published_time")),
        };
        return new PageReading(card, head.Meta("fediverse:creator"), PageText.Address(page, head.OEmbed));
    }

    /// <summary>A page may say which address of its host is its own; of another host it has nothing to say.</summary>
    private static string OwnAddress(PageHead head, Uri page)
    {
        var said = PageText.Address(page, head.Canonical) ?? PageText.Address(page, head.Meta("og:url"));
        return (said is not null && said.IdnHost == page.IdnHost && said.Port == page.Port ? said : page).GetLeftPart(UriPartial.Query);
    }
}
