using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>What Calf keeps of another server's post (wire 70 to 84, 100, 101, 105). HTML is as sent: sanitise before showing.</summary>
public sealed record RemoteObject
{
    public required string Uri { get; init; }

    /// <summary>The wire's type: Note, Question, Article, Page, Image, Audio, Video or Event.</summary>
    public required string Type { get; init; }

    /// <summary>The actor that wrote it: of several, the first that is no Group (PeerTube, wire 76).</summary>
    public required string AttributedTo { get; init; }

    public required Audience Audience { get; init; }
    public required RemoteTags Tags { get; init; }

    /// <summary>The document itself, for handlers that want more.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>The title of an Article and the like; the chosen option of a vote.</summary>
    public string? Name { get; init; }

    public string? ContentHtml { get; init; }
    public string? ContentMediaType { get; init; }
    public string? Language { get; init; }

    /// <summary>The summary; null when it says nothing. A content warning, except on titled types.</summary>
    public string? Summary { get; init; }

    public bool Sensitive { get; init; }
    public string? Source { get; init; }
    public string? SourceMediaType { get; init; }
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public string? InReplyTo { get; init; }
    public string? Url { get; init; }
    public string? Context { get; init; }
    public string? Conversation { get; init; }
    public string? Replies { get; init; }

    /// <summary>The quoted post by whichever of the five spellings is there (wire 105).</summary>
    public string? Quote { get; init; }

    public string? QuoteAuthorization { get; init; }

    /// <summary>Quoted without the spelling of FEP-044f, by a server that asks nobody for consent.</summary>
    public bool IsLegacyQuote => !Json.Has("quote");

    /// <summary>It quoted something that its own server knows to be deleted.</summary>
    public bool QuotesTombstone => Quote is null && Json.One("quote").IsType("Tombstone");

    public IReadOnlyList<RemoteAttachment> Attachments { get; init; } = [];
    public RemotePoll? Poll { get; init; }

    /// <summary>Counts that the author's server claims: hints only.</summary>
    public long? LikesCount { get; init; }

    public long? SharesCount { get; init; }
    public long? RepliesCount { get; init; }

    public bool IsTitled => Vocabulary.IsTitled(Type);

    /// <summary>A vote is a reply with a name and nothing to read (wire 100).</summary>
    public bool IsVote => Type == "Note" && Name is not null && string.IsNullOrWhiteSpace(ContentHtml) && InReplyTo is not null && Attachments.Count == 0;

    /// <summary>Reads a post; null with a sentence where it is none.</summary>
    public static RemoteObject? Read(JsonElement json, out string reason)
    {
        var id = json.OwnId();
        var type = json.Many("type").Select(t => t.AsText() ?? "").FirstOrDefault(Vocabulary.IsStatus);
        var author = AuthorOf(json);
        reason =
            !Origin.TryParse(id, out _) ? "The object has no usable id."
            : type is null ? $"{id} is a {json.TypeName()}, not a post."
            : author is null ? $"{id} names no author."
            : !Origin.Same(author, id) ? $"{id} claims an author on another host, {author}."
            : "";
        return reason.Length > 0 ? null : Read(json, id!, type!, author!);
    }

    private static RemoteObject Read(JsonElement json, string id, string type, string author)
    {
        var content = LocalizedText.Read(json, "content");
        var summary = LocalizedText.Read(json, "summary", content?.Language);
        var name = LocalizedText.Read(json, "name", content?.Language);
        var source = json.One("source");
        var tags = RemoteTags.Read(json, id);
        return new()
        {
            Uri = id,
            Type = type,
            AttributedTo = author,
            Audience = Audience.Read(json),
            Tags = tags,
            Json = json,
            Name = JsonReading.Cut(name?.Text, ParseLimits.MaxNameLength),
            ContentHtml = JsonReading.Cut(content?.Text, ParseLimits.MaxContentLength),
            ContentMediaType = json.Text("mediaType"),
            Language = content?.Language ?? summary?.Language ?? name?.Language ?? LocalizedText.LanguageOf(json),
            Summary = WarningOf(summary?.Text),
            Sensitive = json.Flag("sensitive") ?? false,
            Source = source.ValueKind == JsonValueKind.String ? source.AsText() : source.Text("content"),
            SourceMediaType = source.Text("mediaType"),
            Published = json.Date("published"),
            Updated = json.Date("updated"),
            InReplyTo = json.Id("inReplyTo"),
            Url = RemoteLink.Page(json),
            Context = json.Id("context"),
            Conversation = json.Id("conversation"),
            Replies = Origin.SameOrNull(json.Id("replies"), id),
            Quote = QuoteOf(json, tags),
            QuoteAuthorization = json.Id("quoteAuthorization"),
            Attachments = FilesOf(json, type),
            Poll = RemotePoll.Read(json),
            LikesCount = CountOf(json, "likes"),
            SharesCount = CountOf(json, "shares"),
            RepliesCount = CountOf(json, "replies"),
        };
    }

    private static string? AuthorOf(JsonElement json)
    {
        var authors = json.Many("attributedTo");
        return authors.Where(a => !a.IsType("Group")).Select(JsonReading.AsId).FirstOrDefault(a => a is not null)
            ?? authors.Select(JsonReading.AsId).FirstOrDefault(a => a is not null);
    }

    /// <summary>The files that hang on it; where there is no picture among them, those that it is, and then its <c>image</c>.</summary>
    private static IReadOnlyList<RemoteAttachment> FilesOf(JsonElement json, string type)
    {
        var files = RemoteAttachment.ReadAll(json);
        if (RemoteFiles.Of(json, type) is { } own && files.All(f => f.Url != own.Url)) return [own, .. files];
        return files.Any(f => f.Kind is not RemoteAttachmentKind.Unknown) ? files : [.. files, .. RemoteFiles.Pictures(json)];
    }

    /// <summary>Misskey says "no warning" with a zero-width space (wire 71).</summary>
    private static string? WarningOf(string? summary)
    {
        var text = summary?.Replace("\u200B", "", StringComparison.Ordinal).Trim();
        return string.IsNullOrEmpty(text) ? null : JsonReading.Cut(text, ParseLimits.MaxBioLength);
    }

    private static string? QuoteOf(JsonElement json, RemoteTags tags) =>
        Origin.UrlOrNull(json.Id("quote")) ?? json.Id("quoteUri") ?? json.Id("quoteUrl") ?? json.Id("_misskey_quote")
        ?? (tags.QuoteLinks is [var first, ..] ? first : null);

    private static long? CountOf(JsonElement json, string name) => json.Get(name).Number("totalItems") is >= 0 and var count ? count : null;
}
