using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Calf.Security;

/// <summary>A request to another server. The same object can be sent several times and to several hops.</summary>
public sealed record SafeRequest(HttpMethod Method, Uri Uri)
{
    public static SafeRequest Get(Uri uri) => new(HttpMethod.Get, uri);

    /// <summary>A POST. The bytes are sent as they are, never copied; they must not change until the answer is there.</summary>
    public static SafeRequest Post(Uri uri, byte[] body, string contentType) =>
        new(HttpMethod.Post, uri) { Body = body, ContentType = contentType };

    public string? Accept { get; init; }
    public byte[]? Body { get; init; }
    public string? ContentType { get; init; }

    /// <summary>SHA-256 of <see cref="Body"/> where it is known already; a delivery to many inboxes hashes once.</summary>
    public byte[]? BodySha256 { get; init; }

    /// <summary>Opens a body that is too large for memory, for <see cref="SafeHttp.Open"/>; it is closed there.</summary>
    public Func<Stream>? Upload { get; init; }

    /// <summary>How many bytes <see cref="Upload"/> has.</summary>
    public long UploadLength { get; init; }

    /// <summary>Further headers. <c>Authorization</c> is left out on a redirect to another origin.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Called with the finished message of every hop, so that each hop is signed for its own host and path (wire 11).</summary>
    public Action<HttpRequestMessage>? Sign { get; init; }

    /// <summary>The body of a 2xx answer is written here as it arrives instead of being kept in memory.</summary>
    public Stream? Into { get; init; }

    /// <summary>Called before the first byte goes <see cref="Into"/>, with the headers that tell of the body.</summary>
    public Action<HttpContentHeaders>? Begins { get; init; }

    /// <summary>Asked before each hop, of the address that would be asked next. Throws what <see cref="SafeHttp.Send"/> then throws.</summary>
    public Action<Uri>? Demand { get; init; }

    public int MaxBytes { get; init; } = SafeHttp.MaxBodyBytes;

    /// <summary>Read only the first <see cref="MaxBytes"/> of a longer body, where otherwise a longer body is refused.</summary>
    public bool CutBody { get; init; }

    public TimeSpan TotalTimeout { get; init; } = SafeHttp.TotalTimeout;
    public int MaxRedirects { get; init; } = SafeHttp.MaxRedirects;

    internal byte[]? BodyHash() => BodySha256 ?? (Body is null ? null : SHA256.HashData(Body));
}
