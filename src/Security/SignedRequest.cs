using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Calf.Security;

/// <summary>The parts of a received request that a signature can cover.</summary>
/// <param name="Method">Upper case, as on the wire.</param>
/// <param name="Origin">Our own scheme and host as others know them, <c>https://example.org</c>, without a slash at the end.
/// Never taken from the request: behind a proxy it would be wrong, and a request signed for another host must not count here.</param>
/// <param name="PathAndQuery">As it stood in the request line, not decoded.</param>
/// <param name="BodySha256">32 bytes, or null when there is no body.</param>
public readonly record struct SignedRequest(
    string Method, string Origin, string PathAndQuery, IHeaderDictionary Headers, byte[]? BodySha256)
{
    public static SignedRequest From(HttpRequest request, string origin, byte[]? bodySha256)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var target = raw is ['/', ..] ? raw : UriHelper.BuildRelative(request.PathBase, request.Path, request.QueryString);
        return new SignedRequest(request.Method, origin, target, request.Headers, bodySha256);
    }

    internal bool HasBodyByMethod => Method is not ("GET" or "HEAD");

    internal ReadOnlySpan<char> Scheme => Origin.AsSpan(0, Math.Max(0, Origin.IndexOf("://", StringComparison.Ordinal)));

    internal ReadOnlySpan<char> Authority => Origin.AsSpan(Scheme.Length + "://".Length);

    internal ReadOnlySpan<char> Path => PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at
        ? PathAndQuery.AsSpan(0, at)
        : PathAndQuery;

    /// <summary>With the question mark; empty when there is none.</summary>
    internal ReadOnlySpan<char> Query => PathAndQuery.AsSpan(Path.Length);

    /// <summary>The Host header where it names us, so that its letter case and a default port stay as they were signed; else our own name,
    /// which is what the sender signed when a proxy has rewritten the header.</summary>
    internal ReadOnlySpan<char> Host
    {
        get
        {
            var received = Headers.Host.ToString().AsSpan().Trim();
            var port = Scheme is "https" ? ":443" : ":80";
            var bare = received.EndsWith(port, StringComparison.Ordinal) ? received[..^port.Length] : received;
            return bare.Equals(Authority, StringComparison.OrdinalIgnoreCase) ? received : Authority;
        }
    }
}
