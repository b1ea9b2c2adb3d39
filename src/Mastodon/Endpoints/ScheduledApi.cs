using System.Globalization;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Posts for later. https://docs.joinmastodon.org/methods/scheduled_statuses/</summary>
public static class ScheduledApi
{
    private const string Root = "/api/v1/scheduled_statuses";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database, Site, ScheduledRendering>(All)).RequireScope("read:statuses");
        routes.MapGet(Root + "/{id:long}", Handle<Database, ScheduledRendering>(Show)).RequireScope("read:statuses");
        routes.MapPut(Root + "/{id:long}", Handle<Database, Scheduling, ScheduledRendering, TimeProvider>(Move)).RequireScope("write:statuses");
        routes.MapDelete(Root + "/{id:long}", Handle<Scheduling>(Cancel)).RequireScope("write:statuses");
    }

    public static IResult Answer(Database database, ScheduledStatus scheduled, ScheduledRendering rendering) =>
        Answers.Json(database.Read(c => rendering.Render(c, [scheduled])[0]), MastodonJson.Api.ScheduledStatusEntity);

    /// <summary>The time in a request; null when it names none, or one that has passed: then it is posted at once, as at Mastodon.</summary>
    /// <exception cref="ApiException">422: it is no time.</exception>
    public static DateTimeOffset? TimeIn(Parameters parameters, DateTimeOffset now)
    {
        if (parameters.Text("scheduled_at") is not { } text || string.IsNullOrWhiteSpace(text)) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at > now ? at : null
            : throw ApiException.Invalid(Validation.Failed(Words.T("Scheduled at is not a date and time")));
    }

    private static IResult All(ApiRequest request, Database database, Site site, ScheduledRendering rendering)
    {
        var page = request.Page();
        return database.Read(c =>
        {
            var found = ScheduledStore.All(c, page);
            LinkHeader.Set(request, site, page, [.. found.Select(s => s.Id)], found.Count);
            return Answers.Json<IReadOnlyList<ScheduledStatusEntity>>(rendering.Render(c, found), MastodonJson.Api.IReadOnlyListScheduledStatusEntity);
        });
    }

    private static IResult Show(ApiRequest request, Database database, ScheduledRendering rendering) =>
        Answer(database, database.Read(c => ScheduledStore.Find(c, request.Id())) ?? throw ApiException.NotFound(), rendering);

    private static async Task<IResult> Move(ApiRequest request, Database database, Scheduling scheduling, ScheduledRendering rendering, TimeProvider time)
    {
        if (database.Read(c => ScheduledStore.Find(c, request.Id())) is not { } before) throw ApiException.NotFound();
        if (string.IsNullOrWhiteSpace(request.Parameters.Text("scheduled_at"))) return Answer(database, before, rendering);
        // A time that has passed is too soon here.
        return Answer(database, await scheduling.Move(before.Id, TimeIn(request.Parameters, time.GetUtcNow()) ?? time.GetUtcNow()), rendering);
    }

    private static async Task<IResult> Cancel(ApiRequest request, Scheduling scheduling)
    {
        await scheduling.Cancel(request.Id());
        return Answers.Empty();
    }
}
