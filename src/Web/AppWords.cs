using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Calf.Web;

/// <summary>
/// A language's file as the app takes it: one part with the texts that the modules of the first load look up, one with those of all other
/// modules. What only the server says is in neither. Under a number made of its key each text costs a quarter less on the wire; js/i18n.js
/// makes the same.
/// </summary>
internal static partial class AppWords
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="catalog">JSON: an object with the text, or its forms, for each key.</param>
    /// <param name="early">The texts of the modules and the page of the first load.</param>
    /// <param name="late">Those of all other modules.</param>
    public static (byte[] First, byte[] More) Split(byte[] catalog, IReadOnlySet<string> early, IReadOnlySet<string> late)
    {
        using var parsed = JsonDocument.Parse(catalog);
        var entries = parsed.RootElement.EnumerateObject().ToList();
        return (Written(entries.Where(entry => early.Contains(entry.Name))), Written(entries.Where(entry => !early.Contains(entry.Name) && late.Contains(entry.Name))));
    }

    /// <summary>Every string that stands in a module, and every text and label of a page: more than what is looked up, never less.</summary>
    public static HashSet<string> TextsIn(IEnumerable<string> sources)
    {
        var texts = from source in sources
                    from match in Literal().Matches(source).Concat(Markup().Matches(source))
                    select match.Groups.Values.Last(part => part.Success).Value.Replace(@"\'", "'", StringComparison.Ordinal).Replace(@"\n", "\n", StringComparison.Ordinal);
        return texts.ToHashSet(StringComparer.Ordinal);
    }

    private static byte[] Written(IEnumerable<JsonProperty> entries)
    {
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, Compact))
        {
            writer.WriteStartObject();
            foreach (var entry in entries)
            {
                writer.WritePropertyName(Mark(entry.Name));
                entry.Value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return written.ToArray();
    }

    /// <summary>FNV-1a, 32 bits, of its UTF-16 units, in hexadecimal digits. http://www.isthe.com/chongo/tech/comp/fnv/</summary>
    internal static string Mark(string key)
    {
        var sum = 0x811c9dc5;
        foreach (var unit in key) sum = unchecked((sum ^ unit) * 0x01000193);
        return sum.ToString("x", CultureInfo.InvariantCulture);
    }

    /// <summary>None goes over the end of its line, so that a quotation mark in a regular expression spoils one line at most.</summary>
    [GeneratedRegex(@"'((?:[^'\\\n]|\\.)*)'|""((?:[^""\\\n]|\\.)*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Literal();

    [GeneratedRegex(">([^<>\n]+)<", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}
