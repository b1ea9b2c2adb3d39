using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>A text with its language (BCP 47) where the document names one.</summary>
public readonly record struct LocalizedText(string Text, string? Language)
{
    private const string UnknownLanguage = "und";
    private const int MaxLanguageLength = 35;

    /// <summary>
    /// Reads <c>content</c> and <c>contentMap</c> (or another pair). The plain text wins; the key of the map that holds the same text is
    /// its language (wire 70). Null where neither holds a text.
    /// </summary>
    /// <param name="preferred">Which language to take when there is only a map.</param>
    public static LocalizedText? Read(JsonElement element, string name, string? preferred = null)
    {
        var text = element.Text(name);
        var map = element.Get(name + "Map");
        if (map.ValueKind != JsonValueKind.Object) return text is null ? null : new(text, LanguageTag(element.One(name).Text("@language")));

        if (text is null && preferred is not null && map.Text(preferred) is { } chosen) return new(chosen, preferred);
        string? only = null;
        var entries = 0;
        foreach (var (language, entry) in Entries(map))
        {
            if (text is null || entry == text) return new(entry, LanguageTag(language));
            only = language;
            entries++;
        }
        if (text is null) return null;
        // Texts that differ in some detail of markup still say one language when there is only one.
        return new(text, entries == 1 ? LanguageTag(only) : null);
    }

    /// <summary>
    /// The language that a document names beside its texts: <c>inLanguage</c> (Mobilizon), <c>language</c> with an <c>identifier</c> (PeerTube,
    /// Lemmy), or <c>@language</c> in its context.
    /// </summary>
    public static string? LanguageOf(JsonElement element) =>
        LanguageTag(element.Text("inLanguage")) ?? LanguageTag(element.One("language").AsText()) ?? LanguageTag(element.One("language").Text("identifier"))
        ?? element.Many("@context").Select(c => LanguageTag(c.Text("@language"))).FirstOrDefault(l => l is not null);

    private static IEnumerable<(string Language, string Text)> Entries(JsonElement map)
    {
        foreach (var property in map.EnumerateObject())
        {
            if (NameOf(property) is { } name && property.Value.AsText() is { } text) yield return (name, text);
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? LanguageTag(string? tag) =>
        tag is { Length: >= 2 and <= MaxLanguageLength } && tag != UnknownLanguage && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? tag : null;
}
