using System.Text.Json;
using System.Xml;

namespace Calf.ActivityPub;

public enum RemoteAttachmentKind { Image, Video, Audio, Unknown, Card }

/// <summary>A file of a post, or a <see cref="RemoteAttachmentKind.Card"/>: a link to be shown as a preview (wire 77, 78).</summary>
/// <param name="FocusX">From -1 (left) to 1 (right), as <c>focalPoint</c> says; likewise <paramref name="FocusY"/> from bottom to top.</param>
public sealed record RemoteAttachment(RemoteAttachmentKind Kind, string Url, string? MediaType, string? Description, double? FocusX, double? FocusY)
{
    private const int MaxDescriptionLength = 10_000;
    private const int MaxBlurhashLength = 128;

    /// <summary>What a card's link is called.</summary>
    public string? Title { get; init; }

    public string? Blurhash { get; init; }
    public string? PreviewUrl { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }

    /// <summary>In seconds.</summary>
    public double? Duration { get; init; }

    public static IReadOnlyList<RemoteAttachment> ReadAll(JsonElement status) =>
        [.. status.Many("attachment").Select(Read).OfType<RemoteAttachment>().Take(ParseLimits.MaxAttachments)];

    private static RemoteAttachment? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || LinkOf(value) is not { } link) return null;
        var mediaType = value.Text("mediaType") ?? link.MediaType;
        var focus = value.Many("focalPoint");
        return new(
            KindOf(value, mediaType, link.Href), link.Href, mediaType,
            AltOf(value),
            focus.Count == 2 ? Focus(focus[0]) : null, focus.Count == 2 ? Focus(focus[1]) : null)
        {
            Title = value.Text("name", MaxDescriptionLength),
            Blurhash = BlurhashOf(value),
            PreviewUrl = (RemoteImage.Read(value, "icon") ?? RemoteImage.Read(value, "image") ?? RemoteImage.Read(value, "preview"))?.Url,
            Width = Pixels(value, "width"),
            Height = Pixels(value, "height"),
            Duration = SecondsOf(value),
        };
    }

    /// <summary>What a picture shows: its summary, else its name; blank ones say nothing (wire 77).</summary>
    internal static string? AltOf(JsonElement value) =>
        new[] { value.Text("summary", MaxDescriptionLength), value.Text("name", MaxDescriptionLength) }.FirstOrDefault(t => !string.IsNullOrWhiteSpace(t))?.Trim();

    internal static string? BlurhashOf(JsonElement value) => value.Text("blurhash") is { Length: > 0 and <= MaxBlurhashLength } hash ? hash : null;

    /// <summary>Of several addresses the first with a playable media type.</summary>
    private static RemoteLink? LinkOf(JsonElement value)
    {
        var links = RemoteLink.ReadAll(value, "url");
        foreach (var link in links)
        {
            if (KindOf(link.MediaType) != RemoteAttachmentKind.Unknown) return link;
        }
        return links.Count > 0 ? links[0] : RemoteLink.Read(value);
    }

    private static RemoteAttachmentKind KindOf(JsonElement value, string? mediaType, string url)
    {
        if (KindOf(mediaType) is var kind and not RemoteAttachmentKind.Unknown) return kind;
        return value.TypeName() switch
        {
            // Lemmy links the picture that a post is of.
            "Link" => mediaType is null ? RemoteFiles.KindByName(url) ?? RemoteAttachmentKind.Card : RemoteAttachmentKind.Card,
            "Image" => RemoteAttachmentKind.Image,
            "Video" => RemoteAttachmentKind.Video,
            "Audio" => RemoteAttachmentKind.Audio,
            _ => RemoteFiles.KindByName(url) ?? RemoteAttachmentKind.Unknown,
        };
    }

    internal static RemoteAttachmentKind KindOf(string? mediaType) => mediaType?.Split('/')[0].ToLowerInvariant() switch
    {
        "image" => RemoteAttachmentKind.Image,
        "video" => RemoteAttachmentKind.Video,
        "audio" => RemoteAttachmentKind.Audio,
        _ => RemoteAttachmentKind.Unknown,
    };

    private static double? Focus(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) <= 1 ? number : null;

    /// <summary>What <c>duration</c> says, as PT1M2.5S; null beyond a day, which is no film.</summary>
    internal static double? SecondsOf(JsonElement value)
    {
        try
        {
            return value.Text("duration") is { } text && XmlConvert.ToTimeSpan(text).TotalSeconds is > 0 and <= 86_400 and var seconds ? Math.Round(seconds, 3) : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    internal static int? Pixels(JsonElement value, string name) => value.Number(name) is > 0 and <= 100_000 and var pixels ? (int)pixels : null;
}
