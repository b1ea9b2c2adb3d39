using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>
/// The files that an object is, rather than has: PeerTube's Video and Funkwhale's Audio link them in <c>url</c> (wire 76), an Article has
/// its picture in <c>image</c>.
/// </summary>
internal static class RemoteFiles
{
    /// <summary>Of several sizes of a video the largest up to this many lines is shown; original files are too much for a timeline.</summary>
    private const long BestHeight = 720;

    private static readonly string[] ImageEndings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"];
    private static readonly string[] VideoEndings = [".mp4", ".webm", ".m4v"];

    /// <summary>What a file is by the end of its address, where nothing says it better.</summary>
    public static RemoteAttachmentKind? KindByName(string url)
    {
        var path = url.Split('?', '#')[0];
        if (ImageEndings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))) return RemoteAttachmentKind.Image;
        return VideoEndings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ? RemoteAttachmentKind.Video : null;
    }

    public static RemoteAttachment? Of(JsonElement json, string type) => type switch
    {
        "Video" => Choose(json, RemoteAttachmentKind.Video) ?? Choose(json, RemoteAttachmentKind.Audio),
        "Audio" => Choose(json, RemoteAttachmentKind.Audio),
        "Image" => Choose(json, RemoteAttachmentKind.Image),
        _ => null,
    };

    /// <summary>The pictures in <c>image</c>.</summary>
    public static IEnumerable<RemoteAttachment> Pictures(JsonElement json) =>
        from value in json.Many("image")
        let link = RemoteLink.Read(value)
        where link is not null
        select new RemoteAttachment(RemoteAttachmentKind.Image, link.Value.Href, link.Value.MediaType, RemoteAttachment.AltOf(value), null, null)
        {
            Width = RemoteAttachment.Pixels(value, "width"),
            Height = RemoteAttachment.Pixels(value, "height"),
            Blurhash = RemoteAttachment.BlurhashOf(value),
        };

    private static RemoteAttachment? Choose(JsonElement json, RemoteAttachmentKind kind)
    {
        // Streams hold the files of their sizes in their own tag.
        var links = json.Many("url").SelectMany(link => link.Many("tag").Prepend(link));
        var files = links.Where(link => IsFile(link, kind)).OrderByDescending(Fitness).ToList();
        if (files.Count == 0 || RemoteLink.Read(files[0]) is not { } best) return null;
        return new(kind, best.Href, best.MediaType, kind == RemoteAttachmentKind.Image ? RemoteAttachment.AltOf(json) : null, null, null)
        {
            PreviewUrl = Preview(json),
            Width = RemoteAttachment.Pixels(files[0], "width"),
            Height = RemoteAttachment.Pixels(files[0], "height"),
            Blurhash = RemoteAttachment.BlurhashOf(json),
            Duration = RemoteAttachment.SecondsOf(json),
        };
    }

    private static bool IsFile(JsonElement link, RemoteAttachmentKind kind)
    {
        if (RemoteLink.Read(link) is not { } read) return false;
        return read.MediaType is null ? KindByName(read.Href) == kind : RemoteAttachment.KindOf(read.MediaType) == kind;
    }

    private static long Fitness(JsonElement link)
    {
        var height = link.Number("height") ?? 0;
        return height <= BestHeight ? height : BestHeight - height;
    }

    private static string? Preview(JsonElement json) =>
        json.Many("icon").Concat(json.Many("image")).OrderByDescending(i => i.Number("width") ?? 0)
            .Select(RemoteLink.Read).FirstOrDefault(link => link is not null)?.Href;
}
