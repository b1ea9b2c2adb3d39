using System.Text;
using System.Xml;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Documents;

/// <summary>Writes the owner's posts as ActivityStreams objects.</summary>
public static class NoteBuilder
{
    /// <summary>What the text may take of the 64 KiB that some servers accept (wire 69); past it, its copies are left out.</summary>
    private const int MaxTextBytes = 52 * 1024;

    /// <summary>With its <c>@context</c>; embed it as <c>note with { Context = null }</c>.</summary>
    public static NoteDocument Load(Connection c, Site site, Accounts.Account author, Status s) =>
        Build(s, NoteParts.Load(c, author, [s])[s.Id], site);

    public static NoteDocument Build(Status s, NoteParts parts, Site site)
    {
        var author = parts.Author;
        var audience = Audience.Of(s.Visibility, author, parts.Named.Concat(parts.Silent).Select(a => a.Uri));
        var thread = ThreadOf(s);
        var once = Encoding.UTF8.GetByteCount(s.Content);
        var typed = s.Source is null ? 0 : Encoding.UTF8.GetByteCount(s.Source);
        var mapFits = 2 * once <= MaxTextBytes;
        var options = parts.Poll is { } poll ? Options(poll) : null;
        var quote = parts.Quote?.QuotedUri;
        return new NoteDocument
        {
            Context = LinkedDataContext.Note,
            Id = s.Uri,
            Type = s.Type,
            AttributedTo = author.Uri,
            Name = s.Title.Length > 0 ? s.Title : null,
            Summary = s.SpoilerText.Length > 0 ? s.SpoilerText : null,
            Sensitive = s.Sensitive,
            Content = s.Content,
            ContentMap = s.Language is { } language && mapFits ? new Dictionary<string, string> { [language] = s.Content } : null,
            Source = s.Source is { } source && (mapFits ? 2 : 1) * once + typed <= MaxTextBytes ? new SourceDocument(source, "text/markdown") : null,
            Published = s.CreatedAt,
            Updated = s.EditedAt,
            Url = s.Url,
            To = audience.To,
            Cc = audience.Cc,
            // Lemmy and PieFed post into the group that is named, or in whose thread this is; a followers-only post is none of its business.
            Audience = s.IsOpen ? parts.Named.Concat(parts.Silent).FirstOrDefault(a => a.Type == "Group")?.Uri : null,
            InReplyTo = s.InReplyToUri,
            Quote = quote,
            QuoteUri = quote,
            QuoteUrl = quote,
            MisskeyQuote = quote,
            QuoteAuthorization = parts.Quote is { State: QuoteState.Accepted } accepted ? accepted.StampUri : null,
            ApprovedBy = parts.ApprovedBy,
            InteractionPolicy = PolicyBuilder.Build(s, parts),
            Conversation = thread,
            Thread = thread is not null && Uri.TryCreate(thread, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? thread : null,
            Tag = [.. parts.Named.Select(a => TagBuilder.Mention(a, site)), .. parts.Tags.Select(t => TagBuilder.Hashtag(t, site)), .. s.Emojis.Select(TagBuilder.Emoji), .. quote is null ? (TagDocument[])[] : [TagBuilder.Quote(quote)]],
            Attachment = [.. parts.Attachments.Select(Media)],
            OneOf = parts.Poll?.Multiple == false ? options : null,
            AnyOf = parts.Poll?.Multiple == true ? options : null,
            EndTime = parts.Poll?.ExpiresAt,
            Closed = parts.Poll?.ClosedAt,
            VotersCount = parts.Poll?.VotersCount,
            Replies = CollectionBuilder.Replies(s, CollectionBuilder.ReplyPage(s, null, parts.Replies)),
            Likes = CollectionBuilder.Counted(OwnUris.Likes(s.Uri), s.FavouritesCount),
            Shares = CollectionBuilder.Counted(OwnUris.Shares(s.Uri), s.BoostsCount),
        };
    }

    /// <summary>The thread as its first server calls it (wire 84); a post that answers nothing begins one of ours.</summary>
    public static string? ThreadOf(Status s) => s.Conversation ?? (s.InReplyToUri is null ? OwnUris.Thread(s.Uri) : null);

    private static IReadOnlyList<OptionDocument> Options(Poll poll)
    {
        var shown = !poll.HideTotals || poll.ClosedAt is not null;
        return [.. poll.Options.Select(o => new OptionDocument(o.Title, new OptionCount(shown ? o.Votes : null)))];
    }

    private static AttachmentDocument Media(Attachment a) => new()
    {
        Type = a.Type switch { "image" => "Image", "video" or "gifv" => "Video", "audio" => "Audio", _ => "Document" },
        MediaType = a.MediaType.Length > 0 ? a.MediaType : null,
        Url = a.Url,
        Name = a.Description.Length > 0 ? a.Description : null,
        Blurhash = a.Blurhash,
        Width = a.Width,
        Height = a.Height,
        Duration = a.Duration is { } seconds ? XmlConvert.ToString(TimeSpan.FromSeconds(seconds)) : null,
        FocalPoint = a is { FocusX: { } x, FocusY: { } y } ? [x, y] : null,
        Icon = a is { Type: not "image", PreviewUrl: { } preview } ? new ImageDocument(preview) : null,
    };
}
