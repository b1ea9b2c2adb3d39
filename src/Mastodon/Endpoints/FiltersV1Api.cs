using Calf.Federation.Outbox;
using Calf.Filters;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Filters of one keyword each, for older apps. https://docs.joinmastodon.org/methods/filters/#v1</summary>
public static class FiltersV1Api
{
    private const string Root = "/api/v1/filters";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database>(All)).RequireScope("read:filters");
        routes.MapPost(Root, Handle<Database, Filtering>(Create)).RequireScope("write:filters");
        routes.MapGet(Root + "/{id:long}", Handle<Database>(Show)).RequireScope("read:filters");
        routes.MapPut(Root + "/{id:long}", Handle<Database, Filtering>(Update)).RequireScope("write:filters");
        routes.MapDelete(Root + "/{id:long}", Handle<Database, Filtering>(Delete)).RequireScope("write:filters");
    }

    private static IResult All(ApiRequest request, Database database) => database.Read(c =>
    {
        var filters = FilterStore.All(c).ToDictionary(f => f.Id);
        return Answers.Json<IReadOnlyList<FilterV1Entity>>(
            [.. FilterStore.Keywords(c).Select(k => FilterRendering.V1(k, filters[k.FilterId]))], MastodonJson.Api.IReadOnlyListFilterV1Entity);
    });

    private static IResult Show(ApiRequest request, Database database) => Answer(database, request.Id());

    private static async Task<IResult> Create(ApiRequest request, Database database, Filtering filtering)
    {
        var phrase = request.Parameters.Text("phrase") ?? "";
        var filter = await filtering.Create(Change(request.Parameters) with
        {
            Title = phrase,
            Keywords = [new KeywordChange(null, phrase, request.Parameters.Bool("whole_word"))],
        });
        return Answer(database, database.Read(c => FilterStore.Keywords(c, filter.Id))[0].Id);
    }

    /// <summary>Where and for how long belongs to the filter, which may have been given further words since.</summary>
    private static async Task<IResult> Update(ApiRequest request, Database database, Filtering filtering)
    {
        var (keyword, alone) = database.Read(c =>
        {
            var found = FilterStore.FindKeyword(c, request.Id()) ?? throw ApiException.NotFound();
            return (found, FilterStore.Keywords(c, found.FilterId).Count == 1);
        });
        var change = Change(request.Parameters);
        if (!alone && change != new FilterChange())
            throw ApiException.Invalid("These parameters cannot be changed from this application because they apply to more than one filter keyword. Use a more recent application.");
        await filtering.Change(keyword.FilterId, change with { Keywords = [new KeywordChange(keyword.Id, request.Parameters.Text("phrase"), request.Parameters.Bool("whole_word"))] });
        return Answer(database, keyword.Id);
    }

    private static async Task<IResult> Delete(ApiRequest request, Database database, Filtering filtering)
    {
        var (keyword, alone) = database.Read(c =>
        {
            var found = FilterStore.FindKeyword(c, request.Id()) ?? throw ApiException.NotFound();
            return (found, FilterStore.Keywords(c, found.FilterId).Count == 1 && FilterStore.Statuses(c, found.FilterId).Count == 0);
        });
        await (alone ? filtering.Remove(keyword.FilterId) : filtering.RemoveKeyword(keyword.Id));
        return Answers.Empty();
    }

    private static FilterChange Change(Parameters p) => new(
        null, p.List("context") is { Count: > 0 } contexts ? contexts : null,
        p.Bool("irreversible") is { } irreversible ? (irreversible ? FilterWords.Hide : FilterWords.Warn) : null, FiltersApi.ExpiryIn(p));

    private static IResult Answer(Database database, long keywordId) => database.Read(c =>
        FilterStore.FindKeyword(c, keywordId) is { } keyword && FilterStore.Find(c, keyword.FilterId) is { } filter
            ? Answers.Json(FilterRendering.V1(keyword, filter), MastodonJson.Api.FilterV1Entity)
            : throw ApiException.NotFound());
}
