namespace Calf.Mastodon.OAuth;

/// <summary>Where the browser goes after consent: an https or http page, or an address of an app on the same device.</summary>
public static class RedirectUri
{
    /// <summary>The code is shown, to be typed into the app by hand.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    // In a Location header these would run or show something of the sender's making.
    private static readonly string[] Dangerous = ["javascript", "data", "vbscript", "file", "blob", "about"];

    public static bool IsAcceptable(string uri) =>
        uri == OutOfBand
        || Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Fragment.Length == 0 && !Dangerous.Contains(parsed.Scheme)
            && (parsed.Scheme is not ("http" or "https") || parsed.Host.Length > 0);

    /// <summary>Adds parameters behind what the query has already.</summary>
    public static string With(string uri, params (string Name, string? Value)[] parameters)
    {
        var query = string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return uri + (uri.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
    }
}
