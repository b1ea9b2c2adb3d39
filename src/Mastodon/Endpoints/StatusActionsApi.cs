using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// What the owner does with a status. https://docs.joinmastodon.org/methods/statuses/ Following a thread is Calf's own: each new reply in it
/// makes a notification of the type <c>status</c>.
/// </summary>
public static class StatusActionsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Action(routes, "favourite", "write:favourites", (services, id) => services.GetRequiredService<Favouriting>().Favourite(id));
        Action(routes, "unfavourite", "write:favourites", (services, id) => services.GetRequiredService<Favouriting>().Unfavourite(id));
        Action(routes, "bookmark", "write:bookmarks", (services, id) => services.GetRequiredService<Bookmarking>().Bookmark(id));
        Action(routes, "unbookmark", "write:bookmarks", (services, id) => services.GetRequiredService<Bookmarking>().Unbookmark(id));
        Action(routes, "mute", "write:mutes", (services, id) => services.GetRequiredService<Muting>().MuteConversation(id));
        Action(routes, "unmute", "write:mutes", (services, id) => services.GetRequiredService<Muting>().UnmuteConversation(id));
        Act(routes, "/api/calf/v1/statuses/{id:long}/follow_thread", "write:follows", (services, id) => services.GetRequiredService<ThreadFollowing>().Follow(id));
        Act(routes, "/api/calf/v1/statuses/{id:long}/unfollow_thread", "write:follows", (services, id) => services.GetRequiredService<ThreadFollowing>().Unfollow(id));
        Action(routes, "pin", "write:accounts", (services, id) => services.GetRequiredService<Pinning>().Pin(id));
        Action(routes, "unpin", "write:accounts", (services, id) => services.GetRequiredService<Pinning>().Unpin(id));
        Action(routes, "unreblog", "write:statuses", (services, id) => services.GetRequiredService<Boosting>().Unboost(id));
        routes.MapPost("/api/v1/statuses/{id:long}/reblog", Handle<Database, Boosting, StatusRendering>(Boost)).RequireScope("write:statuses");
    }

    private static void Action(IEndpointRouteBuilder routes, string verb, string scope, Func<IServiceProvider, long, Task<Status>> act) =>
        Act(routes, "/api/v1/statuses/{id:long}/" + verb, scope, act);

    private static void Act(IEndpointRouteBuilder routes, string path, string scope, Func<IServiceProvider, long, Task<Status>> act) =>
        routes.MapPost(path, Handle(async (ApiRequest request, Database database, StatusRendering rendering) =>
        {
            var status = await act(request.Http.RequestServices, request.Id());
            return Answer(database, status.Id, rendering);
        })).RequireScope(scope);

    private static async Task<IResult> Boost(ApiRequest request, Database database, Boosting boosting, StatusRendering rendering)
    {
        // An app that asks for none gets what the owner's posts have; a boost for nobody there is not.
        var visibility = PostingApi.VisibilityIn(request.Parameters)
            ?? (database.Read(PostingDefaults.Read).Visibility is var usual and not Visibility.Direct ? usual : Visibility.Private);
        if (visibility == Visibility.Direct) throw ApiException.Invalid(Validation.Failed(Words.T("Visibility is reserved")));
        var boost = await boosting.Boost(request.Id(), visibility);
        return Answer(database, boost.Id, rendering);
    }

    /// <summary>Read anew: the action changed what the entity tells.</summary>
    private static IResult Answer(Database database, long id, StatusRendering rendering) => database.Read(c =>
        StatusStore.Find(c, id) is { } status
            ? Answers.Json(rendering.Render(c, status, byOwner: true), MastodonJson.Api.StatusEntity)
            : throw ApiException.NotFound());
}
