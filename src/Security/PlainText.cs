using System.Net;
using System.Text;

namespace Calf.Security;

/// <summary>The words of a piece of HTML, for search, notifications and previews.</summary>
public static class PlainText
{
    /// <summary>Paragraphs are parted by an empty line, <c>br</c> is a line end. Links keep their text; what only decorates is left out.</summary>
    public static string Of(SafeHtml html) => OfHtml(html.Value);

    /// <inheritdoc cref="Of"/>
    public static string OfHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        var tokens = new HtmlTokens(html);
        while (tokens.MoveNext())
        {
            if (tokens.Kind == HtmlTokenKind.Text) text.Append(WebUtility.HtmlDecode(tokens.Content.ToString()));
            else if (tokens.Kind == HtmlTokenKind.Open && HtmlRules.Dropped.Contains(tokens.Name)) tokens.SkipElement();
            else if (tokens.Name is "p" or "pre" or "blockquote" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6") Break(text, 2);
            else if (tokens.Name is "li" or "ul" or "ol" or "tr" or "div" or "hr") Break(text, 1);
            else if (tokens.Name == "br") text.Append('\n');
        }
        return text.ToString().Trim();
    }

    /// <summary>The text cut to a number of characters, with an ellipsis where something is missing.</summary>
    public static string Excerpt(string html, int maxLength)
    {
        var text = OfHtml(html);
        if (text.Length <= maxLength) return text;
        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    private static void Break(StringBuilder text, int lines)
    {
        if (text.Length == 0) return;
        var have = 0;
        while (have < lines && text.Length > have && text[^(have + 1)] == '\n') have++;
        text.Append('\n', lines - have);
    }
}
