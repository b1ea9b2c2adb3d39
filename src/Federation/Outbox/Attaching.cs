using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Other words or another focal point for a file of a post; null leaves it as it is.</summary>
public sealed record AttachmentChange(long Id, string? Description, Focus? Focus);

/// <summary>Hangs the owner's files on posts.</summary>
public static class Attaching
{
    public static Attachment AsAttachment(Site site, Upload u) => new(
        u.Id, u.Type, u.MediaType, site.MediaUrl(u.File), u.Description, u.Blurhash, u.Width, u.Height, u.Focus?.X, u.Focus?.Y,
        u.PreviewFile is { } preview ? site.MediaUrl(preview) : null)
    {
        Duration = u.Duration,
        FrameRate = u.FrameRate,
        Bitrate = u.Bitrate,
    };

    /// <summary>The files that a post is to have, in their order.</summary>
    /// <param name="ids">What the app sent.</param>
    /// <param name="before">Those that the post has already, when it is edited.</param>
    /// <param name="most">How many one post may have, if it does not have more already.</param>
    /// <param name="withPoll">The post asks something.</param>
    /// <exception cref="ActionException">One is not there or is used by another post, or they cannot stand together.</exception>
    public static List<Upload> Require(Connection c, IReadOnlyList<long> ids, IReadOnlyCollection<long> before, int most, bool withPoll)
    {
        if (ids.Count > 0 && withPoll) throw ActionException.Invalid(Validation.Failed(Words.T("A post has a poll or files, not both")));
        if (ids.Count > Math.Max(most, before.Count)) throw ActionException.Invalid(Words.T("Cannot attach more than {most} files", ("most", Words.Digits(most))));
        var found = UploadStore.Find(c, ids);
        var missing = ids.Where(id => !found.Exists(u => u.Id == id) || (!before.Contains(id) && UploadStore.FindUnused(c, id) is null)).ToList();
        if (missing.Count > 0) throw ActionException.Invalid(Words.T("Media {ids} not found or already attached to another post", ("ids", string.Join(", ", missing))));
        if (found.Exists(u => u.State != UploadState.Ready)) throw ActionException.Invalid(Words.T("Cannot attach files that have not finished processing. Try again in a moment!"));
        if (found.Count > 1 && found.Exists(u => u.Type is "video" or "audio")) throw ActionException.Invalid(Words.T("Cannot attach a video to a post that already contains images"));
        return found;
    }

    /// <summary>The files of a post of the owner's, in their order.</summary>
    public static List<long> IdsOf(Connection c, long statusId) => [.. StatusParts.Attachments(c, [statusId])[statusId].Select(a => a.Id)];

    /// <summary>The files with what was changed of them, stored.</summary>
    /// <exception cref="ActionException">A description is too long.</exception>
    public static List<Upload> Change(Connection c, IReadOnlyList<Upload> files, IReadOnlyList<AttachmentChange> changes)
    {
        var changed = files.Select(f => changes.LastOrDefault(change => change.Id == f.Id) is { } change
            ? f with { Description = change.Description?.Trim() ?? f.Description, Focus = change.Focus ?? f.Focus }
            : f).ToList();
        foreach (var upload in changed.Except(files))
        {
            TextLimit.Demand(Words.T("Description||what is too long"), upload.Description, Uploading.MaxDescription);
            UploadStore.Update(c, upload);
        }
        return changed;
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
