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
    /// <summary>As many as the largest album of Pixelfed.</summary>
    public const int MaxAttachments = 20;

    private const int MaxCardText = 500;

    /// <summary>The link that it is about (wire 78).</summary>
    public Card? Card { get; init; }

    public static PreparedStatus From(RemoteObject remote, TimeProvider time)
    {
        return new PreparedStatus(
            remote,
            ObjectText.Of(remote) + MissingQuoteLink(remote),
            ObjectText.Title(remote),
            remote.IsTitled ? "" : PlainText.OfHtml(remote.Summary ?? ""),
            [.. remote.Attachments.Where(a => a.Kind != RemoteAttachmentKind.Card).Take(MaxAttachments).Select(a => Map(a, time))],
            remote.Poll is { } poll ? Map(poll, time) : null)
        {
            Card = CardOf(remote),
        };
    }

    /// <summary>The same without pictures and emoji, as it is kept when its author's domain may not send any.</summary>
    public (PreparedStatus Prepared, RemoteObject Remote) WithoutMedia()
    {
        var remote = Remote with { Tags = Remote.Tags with { Emojis = [] } };
        return (this with { Remote = remote, Attachments = [], Card = Card is null ? null : Card with { ImageUrl = null } }, remote);
    }

    /// <summary>Where the text does not say what it quotes, a link does, for when the quote cannot be shown.</summary>
    private static string MissingQuoteLink(RemoteObject remote)
    {
        if (remote.Quote is not { } quote || remote.ContentHtml?.Contains("quote-inline", StringComparison.Ordinal) == true) return "";
        var link = WebUtility.HtmlEncode(quote);
        return remote.ContentHtml?.Contains(quote, StringComparison.Ordinal) == true || remote.ContentHtml?.Contains(link, StringComparison.Ordinal) == true
            ? "" : HtmlSanitizing.Sanitize($"<p class=\"quote-inline\">RE: <a href=\"{link}\">{link}</a></p>").Value;
    }

    private static Card? CardOf(RemoteObject remote)
    {
        if (remote.Attachments.FirstOrDefault(a => a.Kind == RemoteAttachmentKind.Card) is not { } link) return null;
        var title = link.Title ?? remote.Name ?? "";
        var picture = link.PreviewUrl ?? RemoteImage.Read(remote.Json, "image")?.Url;
        return new Card(link.Url, PlainText.Excerpt(title, MaxCardText), link.Description == title ? "" : PlainText.Excerpt(link.Description ?? "", MaxCardText), picture);
    }

    private static Attachment Map(RemoteAttachment a, TimeProvider time) => new(
        Ids.At(time.GetUtcNow()), a.Kind.ToString().ToLowerInvariant(), a.MediaType ?? "", a.Url, a.Description ?? "", a.Blurhash, a.Width, a.Height, a.FocusX, a.FocusY,
        a.PreviewUrl)
    {
        Duration = a.Duration,
    };

    private static Poll Map(RemotePoll p, TimeProvider time) => new(
        [.. p.Options.Select(o => new PollOption(o.Title, o.Votes))], p.Multiple, p.EndTime,
        // Some say only that it is closed (FEP-9967 has a date).
        p.ClosedAt ?? (p.IsClosed ? p.EndTime ?? time.GetUtcNow() : null), p.VotersCount);
}
