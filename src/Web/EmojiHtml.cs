using System.Text;
using Calf.Security;

namespace Calf.Web;

/// <summary>Puts custom emoji into names and texts. Their addresses are such as people here may see.</summary>
internal static class EmojiHtml
{
    public static Html In(string text, IReadOnlyList<CustomEmoji> emojis) => In(Html.Of($"{text}"), emojis);

    /// <summary>In the text of the markup, never within a tag.</summary>
    public static Html In(Html markup, IReadOnlyList<CustomEmoji> emojis)
    {
        if (emojis.Count == 0) return markup;
        var known = emojis.DistinctBy(e => e.Shortcode).ToDictionary(e => e.Shortcode, StringComparer.Ordinal);
        var text = markup.ToString();
        var shown = new StringBuilder(text.Length + 64);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '<')
            {
                var end = TagEnd(text, at);
                shown.Append(text, at, end - at);
                at = end;
            }
            else if (text[at] == ':' && CodeAt(text, at + 1) is { Length: > 0 } code && known.TryGetValue(code, out var emoji))
            {
                shown.Append(Picture(emoji));
                at += code.Length + 2;
            }
            else
            {
                shown.Append(text[at++]);
            }
        }
        return Html.Of($"{SafeHtml.Trust(shown.ToString())}");
    }

    private static string Picture(CustomEmoji emoji) => Html.Of(
        $"""<img class="emoji" src="{Html.Address(emoji.Url)}" alt=":{emoji.Shortcode}:" title=":{emoji.Shortcode}:" loading="lazy">""").ToString();

    /// <summary>Behind the tag that begins here.</summary>
    private static int TagEnd(string text, int at)
    {
        var quoted = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            else if (text[at] == '>' && !quoted) return at + 1;
        }
        return at;
    }

    /// <summary>What stands before the next colon; empty where that is no shortcode.</summary>
    private static string CodeAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return end < text.Length && text[end] == ':' ? text[at..end] : "";
    }
}
