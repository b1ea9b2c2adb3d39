using System.Net;
using Calf.ActivityPub;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// A post from elsewhere, cleaned and mapped to what is stored. Made before the transaction: sanitising is the costly part, and the
/// writer thread is everybody's.
/// </summary>
public sealed record PreparedStatus(
    RemoteObject Remote, string Content, string Title, string SpoilerText, IReadOnlyList<Attachment> Attachments, Poll? Poll)
{
    /// <summary>Mastodon's own limit for what it reads; more would be an album, which Pixelfed links anyway.</summary>
    public const int MaxAttachments = 16;

    public static PreparedStatus From(RemoteObject remote, TimeProvider time)
    {
        var titled = remote.IsTitled;
        return new PreparedStatus(
            remote,
            titled ? TitledContent(remote) : HtmlSanitizing.Sanitize(remote.ContentHtml ?? "").Value,
            titled ? PlainText.OfHtml(remote.Name ?? "") : "",
            titled ? "" : PlainText.OfHtml(remote.Summary ?? ""),
            [.. remote.Attachments.Where(a => a.Kind != RemoteAttachmentKind.Card).Take(MaxAttachments).Select(a => Map(a, time))],
            remote.Poll is { } poll ? Map(poll, time) : null);
    }

    /// <summary>The same without pictures and emoji, as it is kept when its author's domain may not send any.</summary>
    public (PreparedStatus Prepared, RemoteObject Remote) WithoutMedia()
    {
        var remote = Remote with { Tags = Remote.Tags with { Emojis = [] } };
        return (this with { Remote = remote, Attachments = [] }, remote);
    }

    /// <summary>An Article, Page, Video or Event reads as title, summary and a link to the whole (wire 75).</summary>
    private static string TitledContent(RemoteObject remote)
    {
        var title = WebUtility.HtmlEncode(PlainText.OfHtml(remote.Name ?? ""));
        var link = WebUtility.HtmlEncode(remote.Url ?? remote.Uri);
        var text = remote.Summary ?? (remote.Type == "Article" ? null : remote.ContentHtml);
        return HtmlSanitizing.Sanitize($"<p><strong>{title}</strong></p>{text}<p><a href=\"{link}\">{link}</a></p>").Value;
    }

    private static Attachment Map(RemoteAttachment a, TimeProvider time) => new(
        Ids.At(time.GetUtcNow()), a.Kind.ToString().ToLowerInvariant(), a.MediaType ?? "", a.Url, a.Description ?? "", a.Blurhash, a.Width, a.Height, a.FocusX, a.FocusY);

    private static Poll Map(RemotePoll p, TimeProvider time) => new(
        [.. p.Options.Select(o => new PollOption(o.Title, o.Votes))], p.Multiple, p.EndTime,
        // Some say only that it is closed (FEP-9967 has a date).
        p.ClosedAt ?? (p.IsClosed ? p.EndTime ?? time.GetUtcNow() : null), p.VotersCount);
}
