using System.Globalization;
using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>
/// Tolerant readers for documents of other servers (wire 65 to 72). Whatever the shape, they answer with a value or with nothing;
/// none throws. Of a key that occurs twice the last one counts.
/// </summary>
public static class JsonReading
{
    /// <summary>The value of a property; undefined where the element is no object, the key is missing or the value is null.</summary>
    public static JsonElement Get(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;
        }
        catch (InvalidOperationException)
        {
            return default; // A key with half a surrogate pair.
        }
    }

    public static bool Has(this JsonElement element, string name) => element.Get(name).ValueKind != JsonValueKind.Undefined;

    /// <summary>The value as a list: nothing, the one value, or the entries of the array without nulls.</summary>
    public static IReadOnlyList<JsonElement> Many(this JsonElement element, string name) => element.Get(name).AsMany();

    public static IReadOnlyList<JsonElement> AsMany(this JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return [];
        if (value.ValueKind != JsonValueKind.Array) return [value];
        var items = new List<JsonElement>(Math.Min(value.GetArrayLength(), ParseLimits.MaxItems));
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null) continue;
            if (items.Count == ParseLimits.MaxItems) break;
            items.Add(item);
        }
        return items;
    }

    /// <summary>The value, or the first entry of an array.</summary>
    public static JsonElement One(this JsonElement element, string name) => element.Many(name) is [var first, ..] ? first : default;

    /// <summary>The id that a property points at: a string, an object with an id (or a Link's href), or the first such in an array.</summary>
    public static string? Id(this JsonElement element, string name) => element.Get(name).AsId();

    /// <inheritdoc cref="Id"/>
    public static string? AsId(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => UriText(value),
        JsonValueKind.Object => UriText(value.Get("id")) ?? UriText(value.Get("href")),
        JsonValueKind.Array => value.AsMany().Where(v => v.ValueKind != JsonValueKind.Array).Select(AsId).FirstOrDefault(id => id is not null),
        _ => null,
    };

    /// <summary>Every id of a property, in order, each once.</summary>
    public static IReadOnlyList<string> Ids(this JsonElement element, string name)
    {
        var value = element.Get(name);
        if (value.ValueKind != JsonValueKind.Array) return value.AsId() is { } one ? [one] : [];
        return [.. value.AsMany().Where(v => v.ValueKind != JsonValueKind.Array).Select(AsId).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The element's own id, if it is a usable string.</summary>
    public static string? OwnId(this JsonElement element) => UriText(element.Get("id"));

    /// <summary>The type, or the first of several; empty where there is none.</summary>
    public static string TypeName(this JsonElement element) => element.Many("type").Select(AsText).FirstOrDefault(t => t is not null) ?? "";

    public static bool IsType(this JsonElement element, string type) => element.Many("type").Any(t => t.AsText() == type);

    /// <summary>A text, also from an array's first entry or a <c>{"@value": …}</c> object.</summary>
    public static string? Text(this JsonElement element, string name) => element.Get(name).AsText();

    /// <summary>The value as a text, in every shape that <c>Text</c> takes.</summary>
    public static string? AsText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => StringOf(value),
        JsonValueKind.Object => value.Get("@value") is { ValueKind: JsonValueKind.String } inner ? StringOf(inner) : null,
        JsonValueKind.Array => value.AsMany().Where(v => v.ValueKind != JsonValueKind.Array).Select(AsText).FirstOrDefault(t => t is not null),
        _ => null,
    };

    /// <summary>A text cut to a number of characters, never inside a surrogate pair.</summary>
    public static string? Text(this JsonElement element, string name, int maxLength) => Cut(element.Text(name), maxLength);

    /// <summary>A time in UTC; null for what is not one (wire 72). A time without zone is taken as UTC.</summary>
    public static DateTimeOffset? Date(this JsonElement element, string name) =>
        // The parser also takes "1/2" and fills in today's year, so the form is asked for first.
        element.Text(name) is { Length: >= 10 } text && text[4] == '-' && text[7] == '-'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date : null;

    /// <summary>A whole number, also from a numeric string; fractions are cut off.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.Real(name) is { } real && Math.Abs(real) < long.MaxValue ? (long)real : null;

    public static double? Real(this JsonElement element, string name)
    {
        var value = element.One(name);
        double? real = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var number) => number,
            JsonValueKind.String when double.TryParse(StringOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
        return real is { } r && double.IsFinite(r) ? real : null;
    }

    /// <summary>True or false, also as a string; null for anything else.</summary>
    public static bool? Flag(this JsonElement element, string name)
    {
        var value = element.One(name);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(StringOf(value), out var flag) => flag,
            _ => null,
        };
    }

    /// <summary>The text, cut to a number of characters, never inside a surrogate pair.</summary>
    public static string? Cut(string? text, int maxLength)
    {
        if (text is null || text.Length <= maxLength) return text;
        return char.IsHighSurrogate(text[maxLength - 1]) ? text[..(maxLength - 1)] : text[..maxLength];
    }

    private static string? UriText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && StringOf(value) is { Length: > 0 and <= ParseLimits.MaxUriLength } text ? text : null;

    private static string? StringOf(JsonElement value)
    {
        try
        {
            var text = value.GetString();
            return text is not null && text.Contains('\0') ? text.Replace("\0", "", StringComparison.Ordinal) : text;
        }
        catch (InvalidOperationException)
        {
            return null; // Broken UTF-8, or half a surrogate pair.
        }
    }
}
