using System.Globalization;
using Calf.Federation.Outbox;
using Calf.Media;
using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>Makes media attachment entities; files of other servers are shown through this one, and <c>remote_url</c> says where they are.</summary>
public sealed class AttachmentRendering(Site site, RemoteMediaUrls urls)
{
    /// <summary>Of a file that no post has yet. It has no address until it is ready.</summary>
    public MediaAttachmentEntity Render(Upload upload) => Render(Attaching.AsAttachment(site, upload)) is var entity && upload.State == UploadState.Ready ? entity : entity with { Url = null };

    public MediaAttachmentEntity Render(Attachment a)
    {
        var size = a is { Width: > 0, Height: > 0 } ? SizeOf((a.Width.Value, a.Height.Value)) : null;
        var small = size is null ? null : SizeOf(site.IsOwn(a.Url) ? Pictures.PreviewOf(a.Width!.Value, a.Height!.Value) : RemoteShapes.PreviewOf(a.Width!.Value, a.Height!.Value));
        var focus = a is { FocusX: { } x, FocusY: { } y } ? new MediaFocusEntity(x, y) : null;
        // Apps put the preview into an image element, which cannot show a film.
        var preview = a.PreviewUrl ?? (a.Type == "image" ? a.Url : null);
        // What is no picture, film or sound is only linked to, since it would not be passed on.
        return new MediaAttachmentEntity(
            EntityText.Of(a.Id), a.Type, a.Type == "unknown" ? a.Url : urls.Of(a.Url, RemoteShape.Original), urls.Of(preview, RemoteShape.Preview), site.IsOwn(a.Url) ? null : a.Url, new MediaMetaEntity(OriginalOf(a, size), small, focus),
            a.Description.Length == 0 ? null : a.Description, a.Blurhash);
    }

    private static MediaSizeEntity SizeOf((int Width, int Height) size) => new()
    {
        Width = size.Width,
        Height = size.Height,
        Size = string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"),
        Aspect = Math.Round((double)size.Width / size.Height, 5),
    };

    private static MediaSizeEntity? OriginalOf(Attachment a, MediaSizeEntity? size) => a.Duration is null && a.Bitrate is null
        ? size
        : (size ?? new()) with { FrameRate = a.FrameRate, Duration = a.Duration, Bitrate = a.Bitrate };
}
