using Calf.Security;

namespace Calf.Web;

/// <summary>A quoted post as a card, with its microformat: https://indieweb.org/quotation.</summary>
internal static class QuoteHtml
{
    public static Html Of(QuotedPost? quoted)
    {
        if (quoted is not { Status: var status, Author: var author }) return Html.Empty;
        var words = status.SpoilerText.Length > 0 ? EmojiHtml.In(status.SpoilerText, status.Emojis) : EmojiHtml.In(Html.Of($"{SafeHtml.Trust(status.Content)}"), status.Emojis);
        return Html.Of($"""
            <blockquote class="quoted u-quotation-of h-cite">
            {StatusHtml.Author(author)}
            <div class="e-content prose" dir="auto">{words}</div>
            <p class="meta"><a class="u-url" href="{Html.Address(status.Url)}">{Words.Day(status.CreatedAt)}</a></p>
            </blockquote>
            """);
    }
}
