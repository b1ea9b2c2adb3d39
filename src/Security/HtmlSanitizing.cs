using System.Net;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Calf.Security;

/// <summary>
/// Makes HTML of other servers fit for our pages: Mastodon's elements, classes and link schemes, nothing else (wire 73). It never throws
/// and takes time in proportion to the length (wire 119).
/// </summary>
public static class HtmlSanitizing
{
    /// <summary>Longer texts are cut before they are looked at.</summary>
    public const int MaxLength = 512 * 1024;

    // Sanitising does not change a sanitiser, so one serves all threads.
    private static readonly HtmlSanitizer Sanitizer = Create();

    public static SafeHtml Sanitize(string html)
    {
        if (html.Length > MaxLength) html = html[..MaxLength];
        var reduced = HtmlReduction.Of(html);
        return SafeHtml.Trust(reduced.HasAttributes ? Sanitizer.Sanitize(reduced.Html) : reduced.Html);
    }

    /// <summary>Plain text as HTML: escaped, with line breaks.</summary>
    public static SafeHtml FromText(string text) =>
        SafeHtml.Trust(WebUtility.HtmlEncode(text.Replace("\r", "", StringComparison.Ordinal)).Replace("\n", "<br>", StringComparison.Ordinal));

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = HtmlRules.Elements.ToHashSet(),
            AllowedAttributes = new HashSet<string> { "href", "class", "translate", "lang", "rel", "target", "start", "reversed", "value" },
            AllowedSchemes = HtmlRules.Schemes.ToHashSet(),
            AllowedClasses = HtmlRules.Classes.ToHashSet(),
            UriAttributes = new HashSet<string> { "href" },
        })
        {
            KeepChildNodes = true,
            // Without a style sheet parser: no style attribute gets this far.
            HtmlParserFactory = () => new HtmlParser(),
        };
        sanitizer.RemovingCssClass += (_, e) => e.Cancel = HtmlRules.IsKeptClass(e.CssClass);
        return sanitizer;
    }
}
