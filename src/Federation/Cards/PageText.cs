using System.Globalization;
using Calf.ActivityPub;

namespace Calf.Federation.Cards;

/// <summary>Words of a page as they are kept.</summary>
internal static class PageText
{
    public const int MaxTitle = 500, MaxName = 200;

    /// <summary>One line without control characters, cut to a number of characters; empty for nothing.</summary>
    public static string Line(string? text, int max)
    {
        if (text is null) return "";
        if (text.Length > 8 * max) text = text[..(8 * max)];
        var words = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return JsonReading.Cut(string.Join(' ', words), max)!;
    }

    /// <summary>The first that says anything.</summary>
    public static string Line(int max, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (Line(text, max) is { Length: > 0 } line) return line;
        return "";
    }

    /// <summary>An address relative to the page's; null for what is none of http or https.</summary>
    public static Uri? Address(Uri page, string? text) =>
        text is { Length: > 0 and <= ParseLimits.MaxUriLength } && Uri.TryCreate(page, text.Trim(), out var uri) && Origin.TryParse(uri.AbsoluteUri, out var usable) ? usable : null;

    /// <summary>A date with year, month and day; without zone it is taken as UTC.</summary>
    public static DateTimeOffset? Date(string? text) =>
        text is { Length: >= 10 } && text[4] == '-' && text[7] == '-'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    /// <summary>The language of <c>en_GB</c> and <c>en-GB</c>; null for what is none.</summary>
    public static string? Language(string? text)
    {
        var word = (text ?? "").Trim().Split('-', '_')[0].ToLowerInvariant();
        return word.Length is 2 or 3 && word.All(char.IsAsciiLetterLower) ? word : null;
    }

    /// <summary>A width or height; 0 for none.</summary>
    public static int Size(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= 100_000 ? size : 0;
}
