using System.Globalization;
using System.Text.Json.Serialization;
using Calf.Accounts;
using Calf.Store;

namespace Calf.Web;

/// <summary>The browsers in which the owner is signed in; for the app's settings.</summary>
public static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sessions", List);
        app.MapDelete("/sessions/{id:long}", Remove);
    }

    private static IResult List(HttpContext context, Sessions sessions, Database database, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (sessions.Current(context) is not { } current) return Results.StatusCode(StatusCodes.Status401Unauthorized);
        SessionEntity[] all = [.. database.Read(c => SessionStore.All(c, time.GetUtcNow())).Select(s =>
            new SessionEntity(s.Id.ToString(CultureInfo.InvariantCulture), s.UserAgent, s.CreatedAt, s.LastUsedAt, s.Id == current.Id))];
        return Results.Json(all, SessionJson.Default.SessionEntityArray);
    }

    private static async Task<IResult> Remove(HttpContext context, long id, Sessions sessions, Database database, Site site)
    {
        if (sessions.Current(context) is null) return Results.StatusCode(StatusCodes.Status401Unauthorized);
        if (!SessionCookie.IsSameOrigin(context.Request, site)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var removed = await database.Write(c => SessionStore.Remove(c, id));
        return Results.StatusCode(removed ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound);
    }
}

/// <param name="Current">It is the browser that asks.</param>
public sealed record SessionEntity(string Id, string UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionEntity[]))]
internal sealed partial class SessionJson : JsonSerializerContext;
