using Calf.Accounts;
using Calf.Events;
using Calf.Mastodon.Entities;
using Calf.Security;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The browsers in which the owner is signed in, for Calf's own settings page.</summary>
public static class SessionsApi
{
    // The first that a user agent names wins: Edge and Opera also say Chrome, Chrome also says Safari.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calf/v1/sessions", Handle<Database, Site, TimeProvider>(List)).RequireScope(Scopes.Browser);
        routes.MapDelete("/api/calf/v1/sessions/{id:long}", Handle<Database, EventHub>(End)).RequireScope(Scopes.Browser);
    }

    private static IResult List(ApiRequest request, Database database, Site site, TimeProvider time)
    {
        var hash = Tokens.Hash(SessionCookie.TokenOf(request.Http.Request, site) ?? "");
        return database.Read(c =>
        {
            var current = SessionStore.Find(c, hash, time.GetUtcNow())?.Id;
            IReadOnlyList<SessionEntity> sessions = [.. SessionStore.All(c, time.GetUtcNow()).Select(s =>
                new SessionEntity(EntityText.Of(s.Id), NameOf(s.UserAgent), s.Id == current, s.CreatedAt, s.LastUsedAt))];
            return Answers.Json(sessions, MastodonJson.Api.IReadOnlyListSessionEntity);
        });
    }

    private static async Task<IResult> End(ApiRequest request, Database database, EventHub events)
    {
        var id = request.Id();
        if (!await database.Write(c => SessionStore.Remove(c, id))) throw ApiException.NotFound();
        events.Publish(new SessionEnded(id));
        return Answers.Empty();
    }

    private static string NameOf(string userAgent)
    {
        var browser = Array.Find(Browsers, b => userAgent.Contains(b.Sign, StringComparison.Ordinal)).Name ?? "A browser";
        return Array.Find(Systems, s => userAgent.Contains(s.Sign, StringComparison.Ordinal)).Name is { } system ? $"{browser} on {system}" : browser;
    }
}
