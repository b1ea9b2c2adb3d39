namespace Calf.Mastodon;

/// <summary>
/// Lets web apps of other origins call the API, as Mastodon does. Credentials are not allowed, so a browser never sends our
/// cookie along.
/// </summary>
public static class Cors
{
    private const string MaxAgeSeconds = "7200";

    /// <summary>True when the request was a preflight, which is then answered.</summary>
    public static bool Answer(HttpContext http)
    {
        // The consent page is for people: other origins have no business there.
        if (http.Request.Path.StartsWithSegments("/oauth/authorize")) return false;
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id";
        if (!HttpMethods.IsOptions(http.Request.Method)) return false;
        headers.AccessControlAllowMethods = "POST, PUT, DELETE, GET, PATCH, OPTIONS";
        headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked ? asked : "Authorization, Content-Type, Idempotency-Key";
        headers.AccessControlMaxAge = MaxAgeSeconds;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
