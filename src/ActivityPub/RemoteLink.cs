using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>One address out of a <c>url</c>, which may be a string, a Link, an object, or an array of these.</summary>
/// <param name="Href">An http or https URL.</param>
public readonly record struct RemoteLink(string Href, string? MediaType)
{
    public static IReadOnlyList<RemoteLink> ReadAll(JsonElement element, string name)
    {
        var links = new List<RemoteLink>();
        foreach (var value in element.Many(name))
        {
            if (Read(value) is { } link) links.Add(link);
        }
        return links;
    }

    public static RemoteLink? Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return Origin.UrlOrNull(value.AsText()) is { } url ? new(url, null) : null;
        var href = Origin.UrlOrNull(value.Text("href")) ?? Origin.UrlOrNull(value.One("url").AsId());
        return href is null ? null : new(href, value.Text("mediaType"));
    }

    /// <summary>The page for people: the text/html link, else one without a media type, else the first.</summary>
    public static string? Page(JsonElement element)
    {
        var links = ReadAll(element, "url");
        return Pick(links, l => l.MediaType == "text/html") ?? Pick(links, l => l.MediaType is null) ?? Pick(links, _ => true);
    }

    private static string? Pick(IReadOnlyList<RemoteLink> links, Func<RemoteLink, bool> wanted)
    {
        foreach (var link in links)
        {
            if (wanted(link)) return link.Href;
        }
        return null;
    }
}
