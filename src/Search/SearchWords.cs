using System.Globalization;
using System.Text;

namespace Calf.Search;

/// <summary>
/// Cuts text into the words of the index, the same way for what is stored and for what is looked for. Writing without spaces (Chinese,
/// Japanese, Korean, Thai ...) becomes overlapping pairs of characters, so that any part of it is found. Case and accents are left to
/// SQLite's tokenizer. Nothing that comes out means anything to FTS5: letters, marks, digits and spaces only.
/// </summary>
public static class SearchWords
{
    /// <summary>Of one text; what comes after is not found.</summary>
    public const int MaxCharacters = 50_000;

    private const int MaxWord = 64;

    private static readonly (int First, int Last)[] Unspaced =
    [
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x318F), (0x31A0, 0x31FF),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFF66, 0xFFDC), (0x20000, 0x3FFFF),
    ];

    /// <summary>The words of a text with spaces between, as they are stored.</summary>
    public static void Append(StringBuilder words, string text)
    {
        foreach (var run in Runs(text))
        {
            if (!run.Unspaced) words.Append(run.Text).Append(' ');
            else
                foreach (var word in Pairs(run.Text, withLast: true)) words.Append(word).Append(' ');
        }
    }

    /// <summary>
    /// The words of a text one after another as an FTS5 string, to be found in this order; null when there are none.
    /// </summary>
    /// <param name="beginning">The last word may be the beginning of one.</param>
    public static string? Phrase(string text, bool beginning = false)
    {
        var runs = Runs(text).ToList();
        if (runs.Count == 0) return null;
        var words = new List<string>();
        foreach (var run in runs[..^1]) words.AddRange(run.Unspaced ? Pairs(run.Text, withLast: true) : [run.Text]);
        var last = runs[^1];
        if (!last.Unspaced) return Quote([.. words, last.Text], beginning);
        // The stored text may go on where this one ends: a single character is then the beginning of a pair.
        var pairs = Pairs(last.Text, withLast: false).ToList();
        return pairs.Count > 0 ? Quote([.. words, .. pairs], false) : Quote([.. words, last.Text], true);
    }

    /// <summary>The letters, marks and digits of a text, as one word.</summary>
    public static string Joined(string text) => string.Concat(Runs(text).Select(run => run.Text));

    private static string Quote(IEnumerable<string> words, bool beginning) => $"\"{string.Join(' ', words)}\"{(beginning ? " *" : "")}";

    private static IEnumerable<string> Pairs(string text, bool withLast)
    {
        var at = 0;
        for (var next = After(text, at); next < text.Length; next = After(text, at))
        {
            yield return text[at..After(text, next)];
            at = next;
        }
        if (withLast) yield return text[at..];
    }

    private static int After(string text, int at) => at + (char.IsHighSurrogate(text[at]) ? 2 : 1);

    private static IEnumerable<(string Text, bool Unspaced)> Runs(string text)
    {
        var run = new StringBuilder();
        var unspaced = false;
        foreach (var given in (text.Length > MaxCharacters ? text[..MaxCharacters] : text).EnumerateRunes())
        {
            var rune = Narrow(given);
            var isWord = IsWord(rune);
            var isUnspaced = isWord && IsUnspaced(rune);
            if (run.Length > 0 && (!isWord || isUnspaced != unspaced || (!unspaced && run.Length >= MaxWord)))
            {
                yield return (run.ToString(), unspaced);
                run.Clear();
            }
            if (!isWord) continue;
            unspaced = isUnspaced;
            if (rune.IsBmp) run.Append((char)rune.Value);
            else run.Append(rune.ToString());
        }
        if (run.Length > 0) yield return (run.ToString(), unspaced);
    }

    // Not PrivateUse: those characters mark what is not text (SearchMarks), and nobody may write them.
    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsUnspaced(Rune rune)
    {
        if (rune.Value < Unspaced[0].First) return false;
        foreach (var (first, last) in Unspaced)
            if (rune.Value >= first && rune.Value <= last) return true;
        return false;
    }

    /// <summary>The wide forms of Latin letters and digits in East Asian writing are the letters themselves.</summary>
    private static Rune Narrow(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;
}
