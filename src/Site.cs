namespace Calf;

/// <summary>The addresses of this server: how it names itself to people and to other servers.</summary>
public sealed class Site
{
    public Site(string domain, string webDomain)
    {
        Domain = domain;
        WebDomain = webDomain;
        IsLocal = IsLocalName(webDomain);
        Scheme = IsLocal ? "http" : "https";
        Base = $"{Scheme}://{webDomain}";
    }

    /// <summary>The domain in handles, with the port if it is not the scheme's own.</summary>
    public string Domain { get; }

    public string WebDomain { get; }

    /// <summary>True for localhost: plain http, and peers on this machine may be reached.</summary>
    public bool IsLocal { get; }

    public string Scheme { get; }

    /// <summary>Scheme and host without a trailing slash, such as <c>https://calf.example</c>.</summary>
    public string Base { get; }

    public string InstanceActor => $"{Base}/actor";

    public string SharedInbox => $"{Base}/inbox";

    public string ActorUri(string username) => $"{Base}/users/{username}";

    public string ProfileUrl(string username) => $"{Base}/@{username}";

    public string StatusUri(string username, long id) => $"{Base}/users/{username}/statuses/{id}";

    public string StatusUrl(string username, long id) => $"{Base}/@{username}/{id}";

    /// <summary>Of a file in the media folder.</summary>
    public string MediaUrl(string file) => $"{Base}/media/{file}";

    public string TagUrl(string tag) => $"{Base}/tags/{Uri.EscapeDataString(tag.ToLowerInvariant())}";

    /// <summary>Whether an id or URL is on this server.</summary>
    public bool IsOwn(string uri) =>
        uri.StartsWith(Base, StringComparison.OrdinalIgnoreCase) && (uri.Length == Base.Length || uri[Base.Length] is '/' or '?' or '#');

    public static bool IsLocalName(string domain)
    {
        var host = domain.StartsWith('[') ? domain[..(domain.IndexOf(']', StringComparison.Ordinal) + 1)] : domain.Split(':')[0];
        return host is "localhost" or "127.0.0.1" or "[::1]" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
