using System.Collections.Frozen;
using System.Net;

namespace Calf.Security;

/// <summary>What of HTML from elsewhere is kept: the elements, attributes, classes and link schemes that Mastodon keeps (wire 73).</summary>
internal static class HtmlRules
{
    public const int MaxDepth = 64;
    public const int MaxTags = 5000;
    public const string LinkRel = "nofollow noopener";

    public static readonly string[] Elements =
        ["p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b", "strong", "u", "i", "em", "ul", "ol", "li", "ruby", "rt", "rp"];

    public static readonly string[] Schemes =
        ["http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"];

    public static readonly string[] Classes = ["mention", "hashtag", "ellipsis", "invisible", "quote-inline"];

    public static readonly FrozenSet<string> Kept = Elements.ToFrozenSet();

    /// <summary>Left out with everything inside them.</summary>
    public static readonly FrozenSet<string> Dropped =
        new[]
        {
            "iframe", "noembed", "noframes", "noscript", "object", "plaintext", "script", "select", "style", "svg", "template", "textarea",
            "title", "xmp",
        }
        .ToFrozenSet();

    /// <summary>Elements that end a line where they are left out, so that words do not run together.</summary>
    public static readonly FrozenSet<string> Blocks =
        new[]
        {
            "address", "article", "aside", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header", "hr", "main", "nav",
            "section", "table", "td", "th", "tr",
        }
        .ToFrozenSet();

    /// <summary>Elements that cannot stand inside a paragraph: they end an open one.</summary>
    public static readonly FrozenSet<string> EndsParagraph = new[] { "p", "pre", "blockquote", "ul", "ol" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string[]> Attributes = new Dictionary<string, string[]>
    {
        ["a"] = ["href", "class", "translate", "lang"],
        ["span"] = ["class", "translate", "lang"],
        ["p"] = ["class", "lang"],
        ["ol"] = ["start", "reversed", "lang"],
        ["li"] = ["value", "lang"],
    }.ToFrozenDictionary();

    private static readonly string[] MicroformatPrefixes = ["h-", "p-", "u-", "dt-", "e-"];
    private static readonly string[] OtherAttributes = ["lang"];

    public static string[] AttributesOf(string element) => Attributes.GetValueOrDefault(element, OtherAttributes);

    public static bool IsKeptClass(string name) =>
        Classes.Contains(name) || MicroformatPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether a link goes somewhere by a known scheme. Relative links do not: they would lead to our own host.</summary>
    /// <param name="href">With its entities.</param>
    public static bool IsKeptLink(string? href)
    {
        var url = WebUtility.HtmlDecode(href ?? "").TrimStart();
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Schemes.Contains(url[..colon], StringComparer.OrdinalIgnoreCase);
    }
}
