using System.Globalization;

namespace Calf.Search;

/// <summary>
/// The dates of <c>before:</c>, <c>after:</c> and <c>during:</c>: a day in UTC as <c>2026-11-24</c>, a date with a time, or milliseconds
/// since 1970. A day ends at its end: what is after it was written on a later one.
/// </summary>
public static class SearchDates
{
    private const int LeastDigits = 9;

    private static readonly DateTimeOffset Last = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The ids of what was written then: from the first up to and without the last; null when it is no date.</summary>
    public static (long From, long To)? Read(string text)
    {
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            return Ids(day, TimeSpan.FromDays(1));
        if (text.Length >= LeastDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix))
            return unix < Last.ToUnixTimeMilliseconds() ? Ids(DateTimeOffset.FromUnixTimeMilliseconds(unix), TimeSpan.FromMilliseconds(1)) : null;
        return text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Ids(moment, TimeSpan.FromSeconds(1))
            : null;
    }

    private static (long, long)? Ids(DateTimeOffset start, TimeSpan length) =>
        start < Last ? (Store.Ids.FloorOf(start), Store.Ids.FloorOf(start + length)) : null;
}
