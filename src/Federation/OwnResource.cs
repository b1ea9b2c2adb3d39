using Calf.Federation.Documents;

namespace Calf.Federation;

/// <summary>Reads what a WebFinger query asks for.</summary>
internal static class OwnResource
{
    /// <summary>
    /// The user name that a handle or an address of ours names, in the case it was written; empty when it names something that is not
    /// here; null when it is no resource at all.
    /// </summary>
    public static string? NameOf(string resource, Site site)
    {
        if (resource.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || resource.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(resource, UriKind.Absolute, out var url) ? OfUrl(url, site) : null;
        var handle = resource.StartsWith("acct:", StringComparison.OrdinalIgnoreCase) ? resource["acct:".Length..] : resource;
        if (handle.StartsWith('@')) handle = handle[1..];
        var at = handle.LastIndexOf('@');
        if (at <= 0 || at == handle.Length - 1) return null;
        return IsOurs(handle[(at + 1)..], site) ? handle[..at] : "";
    }

    private static string OfUrl(Uri url, Site site)
    {
        if (!IsOurs(url.Authority, site)) return "";
        var path = url.AbsolutePath.TrimEnd('/');
        if (path is "/actor") return ActorBuilder.InstanceName;
        if (path.StartsWith("/@", StringComparison.Ordinal)) path = path[2..];
        else if (path.StartsWith("/users/", StringComparison.Ordinal)) path = path["/users/".Length..];
        else return "";
        return path.Contains('/', StringComparison.Ordinal) ? "" : path;
    }

    private static bool IsOurs(string host, Site site) =>
        host.Equals(site.Domain, StringComparison.OrdinalIgnoreCase) || host.Equals(site.WebDomain, StringComparison.OrdinalIgnoreCase);
}
