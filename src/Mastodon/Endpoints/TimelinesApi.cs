using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/timelines/ and /markers/</summary>
public static class TimelinesApi
{
    /// <summary>As Mastodon's: more are not looked at.</summary>
    private const int MaxTagsPerMode = 4;

    private static readonly string[] Marked = ["home", "notifications"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/timelines/home", Handle<PageAnswers, TimeProvider>(Home)).RequireScope("read:statuses");
        routes.MapGet("/api/v1/timelines/public", Handle<PageAnswers, TimeProvider>(Public)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/timelines/tag/{hashtag}", Handle<PageAnswers, TimeProvider>(Tagged)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/timelines/link", Handle<PageAnswers, TimeProvider>(Linked)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/markers", Handle<Database>(Markers)).RequireScope("read:statuses");
        routes.MapPost("/api/v1/markers", Handle<Database, TimeProvider>(Mark)).RequireScope("write:statuses");
    }

    private static IResult Home(ApiRequest request, PageAnswers answers, TimeProvider time)
    {
        var page = request.Page();
        return answers.Statuses(request, page, c => TimelineStore.Home(c, page, time.GetUtcNow()));
    }

    private static IResult Public(ApiRequest request, PageAnswers answers, TimeProvider time)
    {
        var (local, remote) = (request.Parameters.Is("local"), request.Parameters.Is("remote"));
        if (!local) DemandOwner(request);
        var page = request.Page();
        return answers.Statuses(request, page, c => TimelineStore.Public(c, new PublicFeed(local, remote, request.Parameters.Is("only_media")), page, time.GetUtcNow()));
    }

    private static IResult Tagged(ApiRequest request, PageAnswers answers, TimeProvider time)
    {
        var (local, remote) = (request.Parameters.Is("local"), request.Parameters.Is("remote"));
        if (!local) DemandOwner(request);
        var page = request.Page();
        var tag = request.Route("hashtag").TrimStart('#');
        return answers.Statuses(request, page, c => TimelineStore.Tagged(
            c, [tag, .. Names("any")], Names("all"), Names("none"), new PublicFeed(local, remote, request.Parameters.Is("only_media")), page, time.GetUtcNow()));

        List<string> Names(string mode) => [.. request.Parameters.List(mode).Select(name => name.Trim().TrimStart('#')).Where(name => name.Length > 0).Take(MaxTagsPerMode)];
    }

    /// <summary>The posts that share a link. 404 for one that no post shares.</summary>
    private static IResult Linked(ApiRequest request, PageAnswers answers, TimeProvider time)
    {
        DemandOwner(request);
        var url = request.Parameters.Text("url") ?? "";
        var page = request.Page();
        return answers.Statuses(request, page, c => CardStore.Exists(c, url) ? TimelineStore.Linked(c, url, page, time.GetUtcNow()) : throw ApiException.NotFound());
    }

    /// <summary>The posts of others that are kept here are the owner's reading, which is nobody's business.</summary>
    internal static void DemandOwner(ApiRequest request)
    {
        if (!request.ByOwner) throw new ApiException(StatusCodes.Status401Unauthorized, "This method requires an authenticated user");
    }

    private static IResult Markers(ApiRequest request, Database database) => database.Read(c => Answer(c, request.Parameters.List("timeline")));

    private static async Task<IResult> Mark(ApiRequest request, Database database, TimeProvider time)
    {
        var given = Marked.Where(timeline => request.Parameters.Has($"{timeline}[last_read_id]")).ToList();
        var read = given.ToDictionary(timeline => timeline, timeline => request.Parameters.Long($"{timeline}[last_read_id]") ?? throw ApiException.Invalid("Validation failed: Last read can't be blank"));
        return await database.Write(c =>
        {
            foreach (var (timeline, id) in read) MarkerStore.Save(c, timeline, id, time.GetUtcNow());
            return Answer(c, given);
        });
    }

    private static IResult Answer(Connection c, IReadOnlyList<string> timelines)
    {
        IReadOnlyDictionary<string, MarkerEntity> markers = MarkerStore.Find(c, timelines).ToDictionary(
            m => m.Timeline, m => new MarkerEntity(EntityText.Of(m.LastReadId), m.Version, m.UpdatedAt));
        return Answers.Json(markers, MastodonJson.Api.IReadOnlyDictionaryStringMarkerEntity);
    }
}
