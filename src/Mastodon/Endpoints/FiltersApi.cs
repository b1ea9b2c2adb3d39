using System.Globalization;
using Calf.Federation.Outbox;
using Calf.Filters;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/filters/</summary>
public static class FiltersApi
{
    private const string Root = "/api/v2/filters";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database>(All)).RequireScope("read:filters");
        routes.MapPost(Root, Handle<Database, Filtering>(Create)).RequireScope("write:filters");
        routes.MapGet(Root + "/{id:long}", Handle<Database>(Show)).RequireScope("read:filters");
        routes.MapPut(Root + "/{id:long}", Handle<Database, Filtering>(Update)).RequireScope("write:filters");
        routes.MapDelete(Root + "/{id:long}", Handle((ApiRequest request, Filtering filtering) => Done(filtering.Remove(request.Id())))).RequireScope("write:filters");
        routes.MapGet(Root + "/{id:long}/keywords", Handle<Database>(Keywords)).RequireScope("read:filters");
        routes.MapPost(Root + "/{id:long}/keywords", Handle<Filtering>(AddKeyword)).RequireScope("write:filters");
        routes.MapGet(Root + "/keywords/{id:long}", Handle<Database>(ShowKeyword)).RequireScope("read:filters");
        routes.MapPut(Root + "/keywords/{id:long}", Handle<Filtering>(UpdateKeyword)).RequireScope("write:filters");
        routes.MapDelete(Root + "/keywords/{id:long}", Handle((ApiRequest request, Filtering filtering) => Done(filtering.RemoveKeyword(request.Id())))).RequireScope("write:filters");
        routes.MapGet(Root + "/{id:long}/statuses", Handle<Database>(Statuses)).RequireScope("read:filters");
        routes.MapPost(Root + "/{id:long}/statuses", Handle<Filtering>(AddStatus)).RequireScope("write:filters");
        routes.MapGet(Root + "/statuses/{id:long}", Handle<Database>(ShowStatus)).RequireScope("read:filters");
        routes.MapDelete(Root + "/statuses/{id:long}", Handle<Filtering>(RemoveStatus)).RequireScope("write:filters");
    }

    private static IResult All(ApiRequest request, Database database) =>
        Answers.Json<IReadOnlyList<FilterEntity>>(database.Read(FilterRendering.All), MastodonJson.Api.IReadOnlyListFilterEntity);

    private static IResult Show(ApiRequest request, Database database) => Answer(database, Require(database, request));

    private static async Task<IResult> Create(ApiRequest request, Database database, Filtering filtering) =>
        Answer(database, await filtering.Create(ChangeIn(request.Parameters)));

    private static async Task<IResult> Update(ApiRequest request, Database database, Filtering filtering) =>
        Answer(database, await filtering.Change(request.Id(), ChangeIn(request.Parameters)));

    private static IResult Keywords(ApiRequest request, Database database) => Answers.Json<IReadOnlyList<FilterKeywordEntity>>(
        [.. database.Read(c => FilterStore.Keywords(c, Require(database, request).Id)).Select(FilterRendering.Of)], MastodonJson.Api.IReadOnlyListFilterKeywordEntity);

    private static async Task<IResult> AddKeyword(ApiRequest request, Filtering filtering) =>
        Answer(await filtering.AddKeyword(request.Id(), KeywordIn(request.Parameters)));

    private static IResult ShowKeyword(ApiRequest request, Database database) =>
        Answer(database.Read(c => FilterStore.FindKeyword(c, request.Id())) ?? throw ApiException.NotFound());

    private static async Task<IResult> UpdateKeyword(ApiRequest request, Filtering filtering) =>
        Answer(await filtering.ChangeKeyword(request.Id(), KeywordIn(request.Parameters)));

    private static IResult Statuses(ApiRequest request, Database database) => Answers.Json<IReadOnlyList<FilterStatusEntity>>(
        [.. database.Read(c => FilterStore.Statuses(c, Require(database, request).Id)).Select(FilterRendering.Of)], MastodonJson.Api.IReadOnlyListFilterStatusEntity);

    private static async Task<IResult> AddStatus(ApiRequest request, Filtering filtering) =>
        Answer(await filtering.AddStatus(request.Id(), request.IdIn("status_id") ?? throw ApiException.NotFound()));

    private static IResult ShowStatus(ApiRequest request, Database database) =>
        Answer(database.Read(c => FilterStore.FindStatus(c, request.Id())) ?? throw ApiException.NotFound());

    /// <summary>Answers with what was taken away, as Mastodon does.</summary>
    private static async Task<IResult> RemoveStatus(ApiRequest request, Filtering filtering) => Answer(await filtering.RemoveStatus(request.Id()));

    /// <summary>How long a filter is to hold: null when nothing is said, zero for ever when it is said to be empty.</summary>
    internal static TimeSpan? ExpiryIn(Parameters parameters)
    {
        if (!parameters.Has("expires_in")) return null;
        return double.TryParse(parameters.Text("expires_in"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue))
            : TimeSpan.Zero;
    }

    private static FilterChange ChangeIn(Parameters p) => new(
        p.Text("title"), p.List("context") is { Count: > 0 } contexts ? contexts : null, p.Text("filter_action"), ExpiryIn(p),
        [.. p.Rows("keywords_attributes").Select(row => new KeywordChange(row.Long("id"), row.Text("keyword"), row.Bool("whole_word"), row.Is("_destroy")))]);

    private static KeywordChange KeywordIn(Parameters p) => new(null, p.Text("keyword"), p.Bool("whole_word"));

    private static Filter Require(Database database, ApiRequest request) => database.Read(c => FilterStore.Find(c, request.Id())) ?? throw ApiException.NotFound();

    private static async Task<IResult> Done(Task work)
    {
        await work;
        return Answers.Empty();
    }

    private static IResult Answer(Database database, Filter filter) =>
        Answers.Json(database.Read(c => FilterRendering.Whole(c, filter)), MastodonJson.Api.FilterEntity);

    private static IResult Answer(FilterKeyword keyword) => Answers.Json(FilterRendering.Of(keyword), MastodonJson.Api.FilterKeywordEntity);

    private static IResult Answer(FilterStatus status) => Answers.Json(FilterRendering.Of(status), MastodonJson.Api.FilterStatusEntity);
}
