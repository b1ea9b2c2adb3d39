using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>An avatar, a header or an emoji's picture.</summary>
public sealed record RemoteImage(string Url, string? MediaType, string? Description)
{
    /// <summary>Reads <c>icon</c> or <c>image</c> as an object, a string, an array (its first usable entry) or null (wire 52).</summary>
    public static RemoteImage? Read(JsonElement element, string name) =>
        element.Many(name).Select(Read).FirstOrDefault(image => image is not null);

    private static RemoteImage? Read(JsonElement value) =>
        RemoteLink.Read(value) is { } link
            ? new(link.Href, link.MediaType, value.Text("summary", ParseLimits.MaxNameLength) ?? value.Text("name", ParseLimits.MaxNameLength))
            : null;
}
