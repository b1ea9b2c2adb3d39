using System.Buffers;
using System.Globalization;

namespace Calf.Federation.Outbox;

/// <summary>What can be a hashtag, as at Mastodon.</summary>
public static class HashtagName
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 200;

    private static readonly SearchValues<char> NoTagAlone = SearchValues.Create("0123456789_");

    /// <summary>Letters, digits, marks and low lines; "1" is a number, not a tag: one character is neither digit nor separator.</summary>
    public static bool Is(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (!IsPart(c))
                return false;
        return name.Length <= MaxLength && name.ContainsAnyExcept(NoTagAlone);
    }

    public static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
