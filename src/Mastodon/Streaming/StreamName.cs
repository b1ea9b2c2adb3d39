namespace Calf.Mastodon.Streaming;

/// <summary>A stream that can be listened to, such as <c>user</c>; the hashtag streams have a tag, in lower case, the list stream the id of the list.</summary>
public readonly record struct StreamName(string Name, string? Tag = null)
{
    public const string User = "user";
    public const string Notifications = "user:notification";
    public const string Public = "public";
    public const string PublicLocal = "public:local";
    public const string PublicRemote = "public:remote";
    public const string Hashtag = "hashtag";
    public const string HashtagLocal = "hashtag:local";

    public const string List = "list";
    public const string Direct = "direct";

    private static readonly string[] Plain = [User, Notifications, Public, PublicLocal, PublicRemote, Direct];

    /// <summary>What a token needs to listen, one of these.</summary>
    public string RequiredScope => Name switch { Notifications => "read:notifications", List => "read:lists", _ => "read:statuses" };

    /// <summary>As Mastodon names it in messages: <c>["hashtag", "cats"]</c>.</summary>
    public IReadOnlyList<string> Path => Tag is null ? [Name] : [Name, Tag];

    /// <exception cref="ApiException">400: there is no such stream, or its tag is missing.</exception>
    public static StreamName Parse(string? name, string? tag, string? list)
    {
        if (name == List) return string.IsNullOrWhiteSpace(list) ? throw ApiException.Malformed("Missing list name parameter") : new StreamName(name, list.Trim());
        if (Plain.Contains(name)) return new StreamName(name!);
        if (name is not (Hashtag or HashtagLocal)) throw ApiException.Malformed("Unknown stream type");
        return string.IsNullOrWhiteSpace(tag) ? throw ApiException.Malformed("Missing tag name parameter") : new StreamName(name, tag.TrimStart('#').ToLowerInvariant());
    }
}
