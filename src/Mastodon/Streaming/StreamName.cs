using System.Text;

namespace Calf.Mastodon.Streaming;

/// <summary>
/// A stream that can be listened to, such as <c>user</c>; the hashtag streams have a tag, as <see cref="TagOf"/> makes it, the list stream
/// the id of the list.
/// </summary>
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

    private const string MediaSuffix = ":media";

    private static readonly string[] Plain =
    [
        User, Notifications, Direct, Public, PublicLocal, PublicRemote, Media(Public), Media(PublicLocal), Media(PublicRemote),
    ];

    /// <summary>The one of two that has posts with files only.</summary>
    public static string Media(string name) => name + MediaSuffix;

    /// <summary>What a token needs to listen to a stream, whether there is one of that name or not.</summary>
    public static string ScopeFor(string? name) => name == Notifications ? "read:notifications" : "read:statuses";

    /// <summary>A public post may be there.</summary>
    public bool IsPublic => Name.StartsWith(Public, StringComparison.Ordinal) || Name is Hashtag or HashtagLocal;

    /// <exception cref="ApiException">400: there is no such stream, or its tag is missing.</exception>
    public static StreamName Parse(string? name, string? tag, string? list)
    {
        if (name == List) return string.IsNullOrEmpty(list) ? throw ApiException.Malformed("Missing list name parameter") : new StreamName(name, list);
        if (Plain.Contains(name)) return new StreamName(name!);
        if (name is not (Hashtag or HashtagLocal)) throw ApiException.Malformed("Unknown stream type");
        return string.IsNullOrEmpty(tag) ? throw ApiException.Malformed("Missing tag name parameter") : new StreamName(name, TagOf(tag));
    }

    /// <summary>Lower case, without the sign before it.</summary>
    public static string TagOf(string tag) => tag.Normalize(NormalizationForm.FormKC).TrimStart('#').ToLowerInvariant();
}
