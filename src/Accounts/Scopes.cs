namespace Calf.Accounts;

/// <summary>OAuth scopes, https://docs.joinmastodon.org/api/oauth-scopes/: a broad one holds its granular ones.</summary>
public static class Scopes
{
    public const string Default = "read";

    /// <summary>Held by signed-in browsers alone; no app can ask for it.</summary>
    public const string Browser = "browser";

    /// <summary>What a signed-in browser may do.</summary>
    public const string Everything = "read write follow push profile admin:read admin:write " + Browser;

    /// <summary>Those that are no part of another.</summary>
    public static readonly IReadOnlyList<string> Broad = ["profile", "read", "write", "push", "follow", "admin:read", "admin:write"];

    /// <summary>All that an app may ask for.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        .. Broad,
        .. Granular("read", "accounts", "blocks", "bookmarks", "collections", "favourites", "filters", "follows", "lists", "mutes",
            "notifications", "search", "statuses"),
        .. Granular("write", "accounts", "blocks", "bookmarks", "collections", "conversations", "favourites", "filters", "follows", "lists",
            "media", "mutes", "notifications", "reports", "statuses"),
        .. Granular("admin:read", AdminResources),
        .. Granular("admin:write", AdminResources),
    ];

    private static string[] AdminResources =>
        ["accounts", "canonical_email_blocks", "domain_allows", "domain_blocks", "email_domain_blocks", "ip_blocks", "reports"];

    private static readonly HashSet<string> InFollow =
        ["read:blocks", "write:blocks", "read:follows", "write:follows", "read:mutes", "write:mutes"];

    /// <summary>The scopes of a list separated by spaces or plus signs, each once.</summary>
    public static IReadOnlyList<string> Split(string scopes) =>
        [.. scopes.Split([' ', '+', '\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    public static bool AreKnown(IEnumerable<string> scopes) => scopes.All(Known.Contains);

    /// <summary>Whether everything in <paramref name="wanted"/> lies within <paramref name="granted"/>.</summary>
    public static bool Cover(string granted, IEnumerable<string> wanted) => wanted.All(scope => Allow(granted, scope));

    public static bool Allow(string granted, string required)
    {
        var scopes = Split(granted);
        if (scopes.Contains(required) || scopes.Contains("follow") && InFollow.Contains(required)) return true;
        var colon = required.LastIndexOf(':');
        return colon > 0 && Allow(granted, required[..colon]);
    }

    private static IEnumerable<string> Granular(string broad, params string[] resources) => resources.Select(resource => $"{broad}:{resource}");
}
