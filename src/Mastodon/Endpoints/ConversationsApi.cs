using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Direct posts by whom they are among. https://docs.joinmastodon.org/methods/conversations/</summary>
public static class ConversationsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/conversations", Handle<Database, Site, ConversationRendering>(All)).RequireScope("read:statuses");
        routes.MapDelete("/api/v1/conversations/{id:long}", Handle<Database>(Remove)).RequireScope("write:conversations");
        routes.MapPost("/api/v1/conversations/{id:long}/read", Handle((ApiRequest request, Database database, ConversationRendering rendering) =>
            Mark(request, database, rendering, unread: false))).RequireScope("write:conversations");
        routes.MapPost("/api/v1/conversations/{id:long}/unread", Handle((ApiRequest request, Database database, ConversationRendering rendering) =>
            Mark(request, database, rendering, unread: true))).RequireScope("write:conversations");
        routes.MapGet("/api/v1/timelines/direct", Handle<PageAnswers>(Statuses)).RequireScope("read:statuses");
    }

    private static IResult All(ApiRequest request, Database database, Site site, ConversationRendering rendering)
    {
        var page = request.Page();
        return database.Read(c =>
        {
            var found = ConversationStore.All(c, page);
            LinkHeader.Set(request, site, page, [.. found.Select(v => v.LastStatusId)], found.Count);
            return Answers.Json<IReadOnlyList<ConversationEntity>>(rendering.Render(c, found), MastodonJson.Api.IReadOnlyListConversationEntity);
        });
    }

    private static async Task<IResult> Remove(ApiRequest request, Database database)
    {
        await database.Write(c => ConversationStore.Remove(c, Require(c, request).Id));
        return Answers.Empty();
    }

    private static async Task<IResult> Mark(ApiRequest request, Database database, ConversationRendering rendering, bool unread)
    {
        await database.Write(c => ConversationStore.Mark(c, Require(c, request).Id, unread));
        return Answers.Json(database.Read(c => rendering.Render(c, [Require(c, request)])[0]), MastodonJson.Api.ConversationEntity);
    }

    /// <summary>What apps asked for before there were conversations.</summary>
    private static IResult Statuses(ApiRequest request, PageAnswers answers)
    {
        var page = request.Page();
        return answers.Statuses(request, page, c => ConversationStore.Statuses(c, page));
    }

    private static Conversation Require(Connection c, ApiRequest request) => ConversationStore.Find(c, request.Id()) ?? throw ApiException.NotFound();
}
