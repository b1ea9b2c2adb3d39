using System.Globalization;

namespace Calf.Filters;

/// <summary>
/// Looks for a filter's words in a text as Mastodon does: upper and lower case are the same, and a whole word is bounded at those of
/// its ends that are letters or digits themselves. No regular expression, so that no keyword makes it slow.
/// </summary>
public static class KeywordMatch
{
    /// <summary>The first occurrence as it stands in the text; null when there is none.</summary>
    public static string? Find(string text, FilterKeyword keyword)
    {
        var wanted = keyword.Keyword;
        if (wanted.Length == 0) return null;
        var (boundBefore, boundBehind) = (keyword.WholeWord && IsWord(wanted[0]), keyword.WholeWord && IsWord(wanted[^1]));
        for (var at = 0; (at = text.IndexOf(wanted, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + wanted.Length;
            if (boundBefore && at > 0 && IsWord(text[at - 1])) continue;
            if (boundBehind && end < text.Length && IsWord(text[end])) continue;
            return text[at..end];
        }
        return null;
    }

    /// <summary>Ruby's <c>[[:word:]]</c>: letters, marks, digits and what joins words, such as the low line.</summary>
    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ConnectorPunctuation;
}
