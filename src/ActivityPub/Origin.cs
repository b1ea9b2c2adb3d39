using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Calf.ActivityPub;

/// <summary>Questions about where an id lives. Ids themselves are compared as text.</summary>
public static class Origin
{
    /// <summary>What separates the parts of a name beside the full stop (RFC 3490, 3.1).</summary>
    private const string Dots = "\u3002\uff0e\uff61";

    /// <summary>An absolute http or https URL with a host and without a user name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? uri)
    {
        uri = null;
        if (text is not { Length: > 0 and <= ParseLimits.MaxUriLength } || !Uri.TryCreate(text, UriKind.Absolute, out var parsed)) return false;
        if (parsed.Scheme != Uri.UriSchemeHttps && parsed.Scheme != Uri.UriSchemeHttp) return false;
        try
        {
            if (parsed.IdnHost.Length == 0 || parsed.UserInfo.Length > 0 || !IsPlain(parsed.Host)) return false;
        }
        catch (UriFormatException)
        {
            return false; // A name that punycode cannot hold.
        }
        uri = parsed;
        return true;
    }

    /// <summary>
    /// The name in lower case, or null for one with other signs than letters and digits or with wide letters: those have a second form, and
    /// what stands for a slash in one is a slash in the other. (Without Unicode's tables, which Calf does not carry, it cannot be found.)
    /// </summary>
    public static string? NormalName(string name)
    {
        var lower = name.ToLowerInvariant();
        if (Ascii.IsValid(lower)) return lower;
        foreach (var dot in Dots) lower = lower.Replace(dot, '.');
        // Half a character comes as the replacement character, which is no letter.
        return lower.EnumerateRunes().All(r => r.IsAscii || (r.Value is < 0xff00 or > 0xffef && IsOfWords(r))) ? lower : null;
    }

    private static bool IsOfWords(Rune r) =>
        Rune.IsLetterOrDigit(r) || Rune.GetUnicodeCategory(r) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>
    /// Whether a host is written as it is asked for. One that is not has two forms, and what is checked with one and fetched with the other is
    /// somebody else's (wire 120).
    /// </summary>
    private static bool IsPlain(string host) => Ascii.IsValid(host) || NormalName(host) == host;

    /// <summary>Host and, unless it is the scheme's own, port: lower case, punycode. Null for what is no http(s) URL.</summary>
    public static string? HostOf(string? uri) => TryParse(uri, out var parsed) ? HostOf(parsed) : null;

    public static string HostOf(Uri uri)
    {
        var host = uri.IdnHost.ToLowerInvariant().TrimEnd('.');
        if (uri.HostNameType == UriHostNameType.IPv6) host = $"[{host}]";
        return uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
    }

    /// <summary>Whether both are http(s) URLs of one scheme, host and port.</summary>
    public static bool Same(string? a, string? b) => TryParse(a, out var left) && TryParse(b, out var right) && Same(left, right);

    public static bool Same(Uri a, Uri b) => a.Scheme == b.Scheme && HostOf(a) == HostOf(b);

    /// <summary>The URL if it is a fetchable one, else null: what is kept as a link never carries another scheme.</summary>
    public static string? UrlOrNull(string? text) => TryParse(text, out _) ? text : null;

    /// <summary>The URL if it shares the origin of <paramref name="id"/>, else null (wire 48).</summary>
    public static string? SameOrNull(string? text, string id) => Same(text, id) ? text : null;
}
