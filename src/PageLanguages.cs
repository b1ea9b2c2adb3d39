using System.Globalization;

namespace Calf;

/// <summary>The languages that pages are written in: English, and one for each file below Web/App/lang. RFC 9110, section 12.5.4.</summary>
public static class PageLanguages
{
    public const string English = "en";

    private const string Prefix = "app/lang/", Suffix = ".json.br";

    /// <summary>Those that have a file, by their codes.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        .. from name in typeof(PageLanguages).Assembly.GetManifestResourceNames()
           let path = name.Replace('\\', '/')
           where path.StartsWith(Prefix, StringComparison.Ordinal)
           orderby path
           select path[Prefix.Length..^Suffix.Length],
    ];

    /// <summary>The one that the reader likes best of those that there are; English where none is.</summary>
    public static string Of(HttpRequest request) => request.Headers.AcceptLanguage is { Count: > 0 } header ? Of(header.ToString()) : English;

    /// <summary>The file of one, Brotli-compressed.</summary>
    public static Stream Open(string code) => typeof(PageLanguages).Assembly.GetManifestResourceStream($"{Prefix}{code}{Suffix}")!;

    internal static string Of(string header)
    {
        var (best, bestQuality) = (English, 0.0);
        foreach (var range in header.AsSpan().Split(','))
        {
            var part = header.AsSpan()[range].Trim();
            var semicolon = part.IndexOf(';');
            var tag = (semicolon < 0 ? part : part[..semicolon]).Trim();
            var quality = semicolon < 0 ? 1 : QualityOf(part[(semicolon + 1)..]);
            // The first of equals counts.
            if (quality > bestQuality && Known(tag) is { } code) (best, bestQuality) = (code, quality);
        }
        return best;
    }

    private static string? Known(ReadOnlySpan<char> tag)
    {
        var dash = tag.IndexOf('-');
        var code = dash < 0 ? tag : tag[..dash];
        if (code.Equals(English, StringComparison.OrdinalIgnoreCase)) return English;
        foreach (var other in Others)
            if (code.Equals(other, StringComparison.OrdinalIgnoreCase)) return other;
        return null;
    }

    private static double QualityOf(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        return equals >= 0 && double.TryParse(parameter[(equals + 1)..].Trim(), CultureInfo.InvariantCulture, out var quality) ? quality : 0;
    }
}
