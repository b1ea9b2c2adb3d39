using System.Net;
using System.Text.Json;
using Calf.ActivityPub;
using Calf.Statuses;

namespace Calf.Federation.Cards;

/// <summary>What a page says of itself where oEmbed asks (https://oembed.com). Its HTML is left alone: nothing of others runs here.</summary>
internal static class OEmbed
{
    /// <summary>The card with what the page did not say; a photo is shown itself. The same card when the answer is none.</summary>
    public static Card Add(Card card, byte[] answer, Uri address)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return Add(card, json.RootElement, address);
        }
        catch (JsonException)
        {
            return card;
        }
    }

    private static Card Add(Card card, JsonElement said, Uri address)
    {
        var photo = said.Text("type") == "photo" ? PageText.Address(address, said.Text("url")) : null;
        var image = photo?.AbsoluteUri ?? card.ImageUrl ?? PageText.Address(address, said.Text("thumbnail_url"))?.AbsoluteUri;
        var (width, height) = photo is not null ? ("width", "height") : ("thumbnail_width", "thumbnail_height");
        return card with
        {
            Title = card.Title.Length > 0 ? card.Title : PageText.Line(Words(said, "title"), PageText.MaxTitle),
            Type = photo is null ? CardType.Link : CardType.Photo,
            ImageUrl = image,
            ImageDescription = image == card.ImageUrl ? card.ImageDescription : "",
            Width = image == card.ImageUrl ? card.Width : Size(said, width),
            Height = image == card.ImageUrl ? card.Height : Size(said, height),
            ProviderName = PageText.Line(PageText.MaxName, card.ProviderName, Words(said, "provider_name")),
            ProviderUrl = PageText.Address(address, said.Text("provider_url"))?.AbsoluteUri ?? "",
            AuthorName = PageText.Line(PageText.MaxName, card.AuthorName, Words(said, "author_name")),
            AuthorUrl = card.AuthorUrl.Length > 0 ? card.AuthorUrl : PageText.Address(address, said.Text("author_url"))?.AbsoluteUri ?? "",
        };
    }

    /// <summary>Many escape these texts for HTML although they are not.</summary>
    private static string? Words(JsonElement said, string name) => WebUtility.HtmlDecode(said.Text(name));

    private static int Size(JsonElement said, string name) => said.Number(name) is >= 0 and <= 100_000 and var size ? (int)size : 0;
}
