using System.Net;
using System.Text;
using Calf.Security;

namespace Calf.ActivityPub;

/// <summary>Finds the ActivityPub document behind a page for people (wire 38): the Link header, else the page's <c>link</c> element.</summary>
internal static class AlternateLink
{
    /// <summary>The first alternate on the page's own host, or null.</summary>
    public static Uri? Find(SafeResponse page)
    {
        var found = FromHeader(page) ?? (IsHtml(page) ? FromHtml(page) : null);
        return found is not null && Uri.TryCreate(page.FinalUri, found, out var uri) && Origin.Same(uri, page.FinalUri) ? uri : null;
    }

    private static bool IsHtml(SafeResponse page) =>
        page.ContentType is { } type && (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    private static string? FromHeader(SafeResponse page)
    {
        // <url>; rel="alternate"; type="application/activity+json", <url2>; ...
        foreach (var part in (page.Header("Link") ?? "").Split('<').Skip(1))
        {
            var end = part.IndexOf('>', StringComparison.Ordinal);
            if (end < 0) continue;
            var rest = part[(end + 1)..];
            if (Parameter(rest, "rel").Split(' ').Contains("alternate") && Vocabulary.IsActivityPub(Parameter(rest, "type"))) return part[..end];
        }
        return null;
    }

    private static string Parameter(string rest, string name)
    {
        var start = rest.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return "";
        var value = rest[(start + name.Length + 1)..];
        if (!value.StartsWith('"')) return value.Split(';', ',')[0].Trim();
        var text = new StringBuilder();
        for (var i = 1; i < value.Length && value[i] != '"'; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length) i++;
            text.Append(value[i]);
        }
        return text.ToString();
    }

    /// <summary>Reads tags one after another: a tree of a hostile page would cost the square of its length (wire 119).</summary>
    private static string? FromHtml(SafeResponse page)
    {
        var tokens = new HtmlTokens(Encoding.UTF8.GetString(page.Body));
        while (tokens.MoveNext())
        {
            if (tokens.Kind != HtmlTokenKind.Open) continue;
            if (HtmlRules.Dropped.Contains(tokens.Name)) tokens.SkipElement();
            else if (tokens.Name == "link" && Attribute(tokens.Content, "rel").Split(' ').Contains("alternate", StringComparer.OrdinalIgnoreCase)
                && Vocabulary.IsActivityPub(Attribute(tokens.Content, "type")) && Attribute(tokens.Content, "href") is { Length: > 0 } href) return href;
        }
        return null;
    }

    private static string Attribute(ReadOnlySpan<char> tag, string name) => WebUtility.HtmlDecode(HtmlAttributes.Find(tag, name) ?? "").Trim();
}
