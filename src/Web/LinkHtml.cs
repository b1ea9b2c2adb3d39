using Calf.Statuses;

namespace Calf.Web;

/// <summary>The card of a post's link.</summary>
internal static class LinkHtml
{
    public static Html Of(Card? card) => card is null ? Html.Empty : Html.Of($"""
        <a class="link-card" href="{Html.Address(card.Url)}" rel="nofollow ugc noopener"{(card.ImageUrl is null ? "" : " data-picture")}>{Picture(card)}<div><small>{card.Provider}</small><strong dir="auto"{Language(card)}>{card.Title}</strong>{Author(card)}</div></a>
        """);

    private static Html Picture(Card card) =>
        card.ImageUrl is { } url ? Html.Of($"""<img src="{Html.Address(url)}" alt="{card.ImageDescription}" loading="lazy">""") : Html.Empty;

    private static Html Author(Card card) => card.AuthorName.Length > 0 ? Html.Of($"<small dir=\"auto\">{Words.T("by {name}", ("name", card.AuthorName))}</small>") : Html.Empty;

    private static Html Language(Card card) => card.Language is { } language ? Html.Of($" lang=\"{language}\"") : Html.Empty;
}
