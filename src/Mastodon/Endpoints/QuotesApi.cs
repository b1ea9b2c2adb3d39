using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Quotes of a status and who may quote it. https://docs.joinmastodon.org/methods/statuses/#quotes</summary>
public static class QuotesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/statuses/{id:long}/quotes", Handle<Database, PageAnswers, Site, Owner, TimeProvider>(Quotes)).RequireScope("read:statuses");
        routes.MapPost("/api/v1/statuses/{id:long}/quotes/{quotingId:long}/revoke", Handle<Database, Quoting, StatusRendering>(Revoke)).RequireScope("write:statuses");
        routes.MapPut("/api/v1/statuses/{id:long}/interaction_policy", Handle<Database, Quoting, StatusRendering>(ChangePolicy)).RequireScope("write:statuses");
    }

    private static IResult Quotes(ApiRequest request, Database database, PageAnswers answers, Site site, Owner owner, TimeProvider time)
    {
        var page = request.Page();
        long? reader = request.ByOwner ? owner.Id : null;
        return database.Read(c =>
        {
            var ids = QuoteStore.Accepted(c, answers.Readable(c, request).Id, page);
            LinkHeader.Set(request, site, page, ids, ids.Count);
            var found = StatusStore.FindInOrder(c, ids);
            return answers.Statuses(c, request, [.. found.Where(ThreadAccess.In(c, reader, found, time.GetUtcNow()).Shows)]);
        });
    }

    private static async Task<IResult> Revoke(ApiRequest request, Database database, Quoting quoting, StatusRendering rendering)
    {
        var status = await quoting.Revoke(request.Id(), request.Id("quotingId"));
        return Answer(database, status.Id, rendering);
    }

    private static async Task<IResult> ChangePolicy(ApiRequest request, Database database, Quoting quoting, StatusRendering rendering)
    {
        var policy = EntityText.ToQuotePolicy(request.Parameters, "quote_approval_policy")
            ?? throw ApiException.Invalid("Validation failed: quote_approval_policy has to be public, followers or nobody");
        var status = await quoting.ChangePolicy(request.Id(), policy);
        return Answer(database, status.Id, rendering);
    }

    private static IResult Answer(Database database, long id, StatusRendering rendering) => database.Read(c =>
        Answers.Json(rendering.Render(c, StatusStore.Find(c, id) ?? throw ApiException.NotFound(), byOwner: true), MastodonJson.Api.StatusEntity));
}
