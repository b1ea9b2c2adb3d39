using System.Net;
using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation.Cards;

/// <summary>Which link of a post its card is of: the first that goes to a page and not to a person, a hashtag or a quoted post.</summary>
internal static class FirstLink
{
    private static readonly string[] Marks = ["mention", "hashtag", "u-url", "h-card"];

    /// <param name="html">As it is stored: sanitised, so that <c>rel="tag"</c> is gone, but the text of such a link tells.</param>
    /// <returns>Without what stands after <c>#</c>, which is not asked for.</returns>
    public static string? In(string html, Func<string, bool> isSkipped)
    {
        var tokens = new HtmlTokens(html);
        while (tokens.MoveNext())
        {
            if (tokens.Kind != HtmlTokenKind.Open) continue;
            var classes = HtmlAttributes.Find(tokens.Content, "class")?.Split(' ') ?? [];
            if (classes.Contains("quote-inline")) tokens.SkipElement();
            else if (tokens.Name == "a" && !classes.Intersect(Marks).Any() && UrlOf(HtmlAttributes.Find(tokens.Content, "href")) is { } url
                && !IsMark(tokens.SkipElement().ToString()) && !isSkipped(url)) return url;
        }
        return null;
    }

    private static string? UrlOf(string? href) =>
        Origin.TryParse(WebUtility.HtmlDecode(href ?? ""), out var uri) && uri.AbsoluteUri.Length <= SafeHttp.MaxUrlLength ? uri.GetLeftPart(UriPartial.Query) : null;

    private static bool IsMark(string inside) => PlainText.OfHtml(inside) is ['#' or '@', ..];
}
