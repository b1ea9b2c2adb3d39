using Calf.Mastodon.Entities;

namespace Calf.Mastodon;

/// <summary>
/// Lets web apps of other origins call what Mastodon lets them call (its config/initializers/cors.rb). Credentials are not allowed, so
/// a browser never sends our cookie along.
/// </summary>
public static class Cors
{
    private const string MaxAgeSeconds = "7200";
    private const string Exposed = "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, " + Endpoints.ContextApi.RefreshHeader;

    /// <summary>True when the request was a preflight, which is then answered.</summary>
    public static bool Answer(HttpContext http)
    {
        if (MethodsAt(http.Request.Path) is not { } methods) return false;
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (http.Request.Path.StartsWithSegments("/api")) headers.AccessControlExposeHeaders = Exposed;
        if (!HttpMethods.IsOptions(http.Request.Method)) return false;
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked ? asked : "Authorization, Content-Type, Idempotency-Key";
        headers.AccessControlMaxAge = MaxAgeSeconds;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    /// <summary>What other origins may do at an address; null where they have no business, such as the consent page.</summary>
    private static string? MethodsAt(PathString path)
    {
        if (path.StartsWithSegments("/api")) return "POST, PUT, DELETE, GET, PATCH, OPTIONS";
        if (path.Equals("/oauth/token") || path.Equals("/oauth/revoke")) return "POST";
        if (path.Equals("/oauth/userinfo")) return "GET, POST";
        // The pictures that accounts without their own have; web apps read their pixels.
        if (path.Equals(AccountRendering.MissingAvatarPath) || path.Equals(AccountRendering.MissingHeaderPath)) return "GET";
        if (path.StartsWithSegments("/.well-known") || path.StartsWithSegments("/nodeinfo") || IsProfile(path)) return "GET";
        return null;
    }

    /// <summary><c>/@name</c> or <c>/users/name</c>, and nothing below.</summary>
    private static bool IsProfile(PathString path)
    {
        var text = path.Value ?? "";
        var name = text.StartsWith("/@", StringComparison.Ordinal) ? text[2..] : text.StartsWith("/users/", StringComparison.Ordinal) ? text[7..] : "";
        return name.Length > 0 && !name.Contains('/', StringComparison.Ordinal);
    }
}
