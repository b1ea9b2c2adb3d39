namespace Calf.Web;

/// <summary>The places of the app: each begins with the same shell, and the modules draw the rest (App/js/main.js has the same list).</summary>
public static class AppPagesApi
{
    /// <summary>Their first words are in sw.js too, which keeps their page for times without a connection.</summary>
    public static readonly IReadOnlyList<string> Places =
        ["/home", "/find", "/write", "/notifications", "/you", "/settings", "/bookmarks", "/favourites", "/requests", "/strangers", "/blocked", "/muted", "/why", "/conversations", "/follow-list", "/scheduled", "/lists", "/filters", "/tags", "/welcome", "/server",
         "/posts/{id}", "/lists/{id}", "/tagged/{name}", "/people/{id}", "/people/{id}/followers", "/people/{id}/following"];

    public static void MapAppPages(this IEndpointRouteBuilder app)
    {
        foreach (var place in Places) app.MapMethods(place, [HttpMethods.Get, HttpMethods.Head], Show);
        // What another app shares is taken by the worker in the browser (App/sw.js). Here it comes where there is none: then the page says so.
        app.MapPost("/write", () => SignInApi.SeeOther("/write?files=0"));
    }

    private static IResult Show(HttpContext context, Layout layout, Sessions sessions)
    {
        if (sessions.Current(context) is not null) return new Page(layout.Shell()) { Policy = Page.AppPolicy, Compressed = true };
        context.Response.Headers.CacheControl = "no-store";
        return Results.Redirect($"{SignInApi.Path}?next={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
    }
}
