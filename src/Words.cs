using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Calf;

/// <summary>
/// The words of pages in their reader's language, as Web/App/js/i18n.js has them for the app, from the same files: English stands in the code
/// and is the key, what follows <c>||</c> is for translators and never shown, <c>{name}</c> is filled in.
/// The language is that of the request in hand (<see cref="Speak(HttpRequest)"/>).
/// </summary>
public static class Words
{
    private static readonly ConcurrentDictionary<string, Catalog> Catalogs = new(StringComparer.Ordinal);
    private static readonly AsyncLocal<Catalog?> Current = new();
    private static readonly Catalog English = new(PageLanguages.English, FrozenDictionary<string, Entry>.Empty);

    /// <summary>Of the page, as a code.</summary>
    public static string Language => Catalog.Language;

    /// <summary>As HTML's <c>dir</c> wants it.</summary>
    public static string Direction => Catalog.RightToLeft ? "rtl" : "ltr";

    private static Catalog Catalog => Current.Value ?? English;

    /// <summary>Gives what follows in this request its reader's language.</summary>
    public static void Speak(HttpRequest request) => Speak(PageLanguages.Of(request));

    /// <summary>Gives what follows in this asynchronous method, and what it calls, a language of <see cref="PageLanguages"/>; one that is not among them is English.</summary>
    public static void Speak(string language) => Current.Value = language switch
    {
        not PageLanguages.English when PageLanguages.Others.Contains(language) => Catalogs.GetOrAdd(language, Load),
        _ => null,
    };

    /// <summary>A text.</summary>
    public static string T(string text, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = Catalog.Find(text)?.Text ?? Shown(text);
        // A handle keeps its own direction among words that run the other way.
        foreach (var (name, value) in values) filled = filled.Replace($"{{{name}}}", Catalog.RightToLeft ? $"\u2068{value}\u2069" : value, StringComparison.Ordinal);
        return filled;
    }

    /// <summary>A number to be filled in, in digits that every language here reads.</summary>
    public static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text about a number, <c>{n}</c>; <paramref name="other"/> is the key.</summary>
    public static string N(long n, string one, string other)
    {
        var form = Catalog.Find(other)?.Forms is { } forms ? forms.GetValueOrDefault(Plurals.CategoryOf(Language, n)) ?? forms["other"] : Shown(n == 1 ? one : other);
        return form.Replace("{n}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>A day, in UTC: where the reader is, a page without a script cannot know.</summary>
    public static string Day(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return T("{day} {month} {year}||a date", ("day", utc.Day.ToString(CultureInfo.InvariantCulture)), ("month", Month(utc.Month)), ("year", utc.Year.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A minute in UTC, which says so.</summary>
    public static string Minute(DateTimeOffset time) =>
        T("{day}, {time} UTC||a date and a time of day", ("day", Day(time)), ("time", time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)));

    private static string Month(int month) => month switch
    {
        1 => T("January"),
        2 => T("February"),
        3 => T("March"),
        4 => T("April"),
        5 => T("May||the month"),
        6 => T("June"),
        7 => T("July"),
        8 => T("August"),
        9 => T("September"),
        10 => T("October"),
        11 => T("November"),
        _ => T("December"),
    };

    private static string Shown(string text) => text.IndexOf("||", StringComparison.Ordinal) is >= 0 and var note ? text[..note] : text;

    private static Catalog Load(string code)
    {
        using var packed = PageLanguages.Open(code);
        using var plain = new BrotliStream(packed, CompressionMode.Decompress);
        using var parsed = JsonDocument.Parse(plain);
        return new(code, parsed.RootElement.EnumerateObject().ToFrozenDictionary(one => one.Name, one => one.Value.ValueKind == JsonValueKind.String
            ? new Entry(one.Value.GetString(), null)
            : new Entry(null, one.Value.EnumerateObject().ToFrozenDictionary(form => form.Name, form => form.Value.GetString()!)), StringComparer.Ordinal));
    }
}

/// <summary>What a language has for one text: itself, or its forms by plural category.</summary>
internal sealed record Entry(string? Text, FrozenDictionary<string, string>? Forms);

internal sealed record Catalog(string Language, FrozenDictionary<string, Entry> Entries)
{
    public bool RightToLeft { get; } = Language is "ar" or "ckb" or "dv" or "fa" or "he" or "ps" or "sd" or "ug" or "ur" or "yi";

    public Entry? Find(string text) => Entries.GetValueOrDefault(text);
}
