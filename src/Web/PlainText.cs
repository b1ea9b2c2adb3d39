using System.Net;
using System.Text;

namespace Calf.Web;

/// <summary>The words of sanitised HTML without its markup.</summary>
public static class PlainText
{
    /// <summary>Paragraphs and line breaks become spaces; what Mastodon hides of an address stays hidden.</summary>
    public static string Of(string html)
    {
        var text = new StringBuilder(html.Length);
        var hidden = false;
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] != '<')
            {
                if (!hidden) text.Append(html[i]);
                continue;
            }
            var end = html.IndexOf('>', i);
            if (end < 0) break;
            var tag = html.AsSpan(i + 1, end - i - 1);
            // Hidden parts are spans that hold text only.
            hidden = tag.StartsWith("span") && tag.Contains("invisible", StringComparison.Ordinal);
            if (tag.StartsWith("p") || tag.StartsWith("br") || tag.StartsWith("li") || tag.StartsWith("blockquote") || tag.StartsWith("/p")) text.Append(' ');
            i = end;
        }
        return string.Join(' ', WebUtility.HtmlDecode(text.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
