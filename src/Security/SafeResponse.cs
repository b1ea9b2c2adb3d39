using System.Net.Http.Headers;

namespace Calf.Security;

/// <summary>An answer, whatever its status, with its whole decompressed body.</summary>
/// <param name="FinalUri">The address after redirects.</param>
public sealed record SafeResponse(int Status, Uri FinalUri, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>401, 408, 429 and 5xx except 501 may pass; other failures are final (wire 42).</summary>
    public bool IsTransient => Status is 401 or 408 or 429 or (>= 500 and not 501);

    /// <summary>The Content-Type header as it was sent, or null.</summary>
    public string? ContentType =>
        ContentHeaders.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    /// <summary>The values of a header as they were sent, joined with commas, or null.</summary>
    public string? Header(string name) =>
        Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>How long the server asks us to wait, from either form of Retry-After; null when it does not.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now)
    {
        var wait = Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
        return wait is { } delay && delay < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
