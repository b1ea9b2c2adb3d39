using System.Globalization;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Reading polls and voting in them. A poll has the id of its status. https://docs.joinmastodon.org/methods/polls/</summary>
public static class PollsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/polls/{id:long}", Handle<Database, PageAnswers, PollRefreshing, StatusRendering>(Find)).OpenOrScope("read:statuses");
        routes.MapPost("/api/v1/polls/{id:long}/votes", Handle<Database, Voting, StatusRendering>(Vote)).RequireScope("write:statuses");
    }

    private static async Task<IResult> Find(ApiRequest request, Database database, PageAnswers answers, PollRefreshing refreshing, StatusRendering rendering)
    {
        var id = database.Read(c => answers.Readable(c, request)).Id;
        // Strangers make us ask nobody.
        if (request.ByOwner) await refreshing.Refresh(id, request.Aborted);
        return Answer(request, database, id, rendering);
    }

    private static async Task<IResult> Vote(ApiRequest request, Database database, Voting voting, StatusRendering rendering)
    {
        var choices = request.Parameters.List("choices");
        if (choices.Count == 0) throw ApiException.Missing("choices");
        var status = await voting.Vote(request.Id(), [.. choices.Select(ChoiceOf)]);
        return Answer(request, database, status.Id, rendering);
    }

    /// <summary>What is no number is an option that no poll has.</summary>
    private static int ChoiceOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var choice) ? choice : -1;

    private static IResult Answer(ApiRequest request, Database database, long statusId, StatusRendering rendering) => database.Read(c =>
        StatusStore.Find(c, statusId) is { } status && rendering.Render(c, status, request.ByOwner).Poll is { } poll
            ? Answers.Json(poll, MastodonJson.Api.PollEntity)
            : throw ApiException.NotFound());
}
