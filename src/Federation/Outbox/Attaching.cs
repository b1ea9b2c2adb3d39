using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Hangs the owner's files on posts.</summary>
public static class Attaching
{
    /// <summary>As Mastodon's; more are read from others.</summary>
    public const int MaxAttachments = 4;

    public static Attachment AsAttachment(Site site, Upload u) => new(
        u.Id, u.Type, u.MediaType, site.MediaUrl(u.File), u.Description, u.Blurhash, u.Width, u.Height, u.Focus?.X, u.Focus?.Y,
        u.PreviewFile is { } preview ? site.MediaUrl(preview) : null);

    /// <summary>The files that a post is to have, in their order.</summary>
    /// <param name="ids">What the app sent.</param>
    /// <param name="before">Those that the post has already, when it is edited.</param>
    /// <exception cref="ActionException">One is not there or is used by another post, or they cannot stand together.</exception>
    public static List<Upload> Require(Connection c, IReadOnlyList<long> ids, IReadOnlyCollection<long> before)
    {
        if (ids.Count > MaxAttachments) throw ActionException.Invalid($"Cannot attach more than {MaxAttachments} files");
        var found = UploadStore.Find(c, ids);
        var missing = ids.Where(id => !found.Exists(u => u.Id == id) || (!before.Contains(id) && UploadStore.FindUnused(c, id) is null)).ToList();
        if (missing.Count > 0) throw ActionException.Invalid($"Media {string.Join(", ", missing)} not found or already attached to another post");
        if (found.Count > 1 && found.Exists(u => u.Type != "image")) throw ActionException.Invalid("Cannot attach a video to a post that already contains images");
        return found;
    }

    /// <summary>Puts exactly these on the post; what it had before and has no more is kept for a while, unused.</summary>
    public static void Set(Connection c, Site site, long statusId, IReadOnlyList<Upload> uploads, IReadOnlyCollection<long> before, DateTimeOffset now)
    {
        StatusParts.ClearAttachments(c, statusId);
        StatusParts.AddAttachments(c, statusId, [.. uploads.Select(u => AsAttachment(site, u))]);
        UploadStore.MarkUnused(c, [.. before.Except(uploads.Select(u => u.Id))], now);
        UploadStore.MarkUsed(c, [.. uploads.Select(u => u.Id)]);
    }
}
