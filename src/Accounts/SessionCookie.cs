namespace Calf.Accounts;

/// <summary>The cookie that carries a session's token, and the check that a request with it comes from our own pages.</summary>
public static class SessionCookie
{
    /// <summary>The <c>__Host-</c> prefix makes browsers refuse the cookie from subdomains; it works with https only.</summary>
    public static string NameOn(Site site) => site.IsLocal ? "calf_session" : "__Host-calf_session";

    public static string? TokenOf(HttpRequest request, Site site) =>
        request.Cookies.TryGetValue(NameOn(site), out var token) && token.Length > 0 ? token : null;

    public static void Set(HttpResponse response, Site site, string token) => response.Cookies.Append(NameOn(site), token, OptionsOn(site));

    public static void Clear(HttpResponse response, Site site)
    {
        var options = OptionsOn(site);
        options.MaxAge = TimeSpan.Zero;
        response.Cookies.Append(NameOn(site), "", options);
    }

    /// <summary>
    /// Whether the browser says that one of our own pages sent this. Asked of every request that changes something, since a cookie
    /// comes along whoever sends it. A request that says neither <c>Sec-Fetch-Site</c> nor <c>Origin</c> is refused.
    /// </summary>
    public static bool IsSameOrigin(HttpRequest request, Site site)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } fetchSite]) return fetchSite == "same-origin";
        if (request.Headers.Origin is not [{ } origin]) return false;
        return origin.Equals(site.Base, StringComparison.OrdinalIgnoreCase)
            || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static CookieOptions OptionsOn(Site site) => new()
    {
        HttpOnly = true,
        Secure = !site.IsLocal,
        // Lax, not Strict: with Strict a link from an app to the consent page would arrive signed out.
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = SessionStore.Lifetime,
        IsEssential = true,
    };
}
