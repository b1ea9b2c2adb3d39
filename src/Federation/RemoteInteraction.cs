using System.Text;
using Calf.ActivityPub;

namespace Calf.Federation;

/// <summary>Where a visitor goes on at a server of theirs.</summary>
/// <param name="Host">The server.</param>
/// <param name="Address">Null when the server did not say.</param>
/// <param name="IsSaid">The server named it; otherwise it is what most servers have.</param>
public sealed record InteractionPlace(string Host, string? Address, bool IsSaid);

/// <summary>
/// Leads people to their own server, where they can follow or answer what is here. It names the place in its WebFinger answer: by activity
/// intents (FEP-3b86) or by the older link of OStatus, which Mastodon has.
/// </summary>
public sealed class RemoteInteraction(WebFingerClient webFinger, Site site)
{
    /// <summary>What OStatus called it; its template has <c>{uri}</c>.</summary>
    public const string Subscribe = "http://ostatus.org/schema/1.0/subscribe";

    /// <summary>Before the name of an activity: https://w3id.org/fep/3b86. The templates have <c>{object}</c>.</summary>
    public const string Intents = "https://w3id.org/fep/3b86/";

    private static readonly string[] ForPeople = [Intents + "Follow", Subscribe];
    private static readonly string[] ForPosts = [Intents + "Object", Subscribe];

    /// <summary>Whether finding the place takes a request to another server.</summary>
    public static bool Asks(string visitor) => Handle.TryParse(visitor, out _);

    /// <summary>The server that somebody names, by itself or in a handle; null when they name none.</summary>
    public static string? HostOf(string visitor)
    {
        if (Handle.TryParse(visitor, out var handle)) return handle.Domain;
        var name = visitor.Trim().TrimEnd('/');
        if (name.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) name = name["https://".Length..];
        return Handle.DomainOf(name) is { } host && host.Contains('.', StringComparison.Ordinal) ? host : null;
    }

    /// <summary>Never throws, except on cancellation.</summary>
    /// <param name="visitor">A handle, or the name of a server alone, which cannot be asked.</param>
    /// <param name="uri">The ActivityPub id of what they are interested in.</param>
    /// <returns>Null when that is neither a handle nor the name of a server.</returns>
    public async Task<InteractionPlace?> Find(string visitor, string uri, bool isPerson, CancellationToken cancel)
    {
        if (!Handle.TryParse(visitor, out var handle))
        {
            return HostOf(visitor) is { } host
                ? new(host, $"https://{host}/authorize_interaction?uri={Uri.EscapeDataString(uri)}", IsSaid: false)
                : null;
        }
        var template = await webFinger.FindTemplate(handle, isPerson ? ForPeople : ForPosts, cancel);
        return new(handle.Domain, template is null ? null : Filled(template, uri), IsSaid: true);
    }

    /// <summary>The address that a template (RFC 6570, its simplest form) makes; null when that is no address to send anybody to.</summary>
    internal string? Filled(string template, string uri)
    {
        var filled = new StringBuilder();
        for (var rest = template.AsSpan(); ;)
        {
            var open = rest.IndexOf('{');
            var length = open < 0 ? -1 : rest[open..].IndexOf('}');
            if (length < 0)
            {
                filled.Append(rest);
                break;
            }
            filled.Append(rest[..open]);
            // Others are optional, and empty then.
            if (rest.Slice(open + 1, length - 1) is "uri" or "object") filled.Append(Uri.EscapeDataString(uri));
            rest = rest[(open + length + 1)..];
        }
        var address = filled.ToString();
        return Ascii.IsValid(address) && !address.Any(c => c <= ' ' || c == '\x7f') && Origin.TryParse(address, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || site.IsLocal)
            ? parsed.AbsoluteUri
            : null;
    }
}
