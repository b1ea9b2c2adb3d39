using System.Globalization;

namespace Calf.Federation.Delivery;

/// <summary>How the tables of deliveries name a server.</summary>
public static class HostName
{
    /// <summary>Lower case, punycode, with a port only if it is not the scheme's own; null if this is no http URL.</summary>
    public static string? Of(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0 ? Of(uri) : null;

    public static string Of(Uri uri)
    {
        var name = (uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost).ToLowerInvariant();
        return uri.IsDefaultPort ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{uri.Port}");
    }
}
