using Calf.Accounts;
using Calf.Federation.Conversations;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// The thread around a status (https://docs.joinmastodon.org/methods/statuses/#context): what is here at once, while what is missing is
/// fetched, as apps learn from <c>Mastodon-Async-Refresh</c> (https://docs.joinmastodon.org/methods/async_refreshes/); and how much of it is missing.
/// </summary>
public static class ContextApi
{
    /// <summary>The name of a running look for more: its id, the seconds until asking for it is worth while, and what it has brought.</summary>
    public const string RefreshHeader = "Mastodon-Async-Refresh";

    /// <summary>Seconds; as Mastodon has it.</summary>
    private const int Retry = 5;

    /// <summary>As much of a thread as Mastodon shows to strangers.</summary>
    public const int StrangersAncestors = 40, StrangersDescendants = 60, StrangersDepth = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/statuses/{id:long}/context", Handle<Database, PageAnswers, StatusRendering, Owner, ThreadWorker, TimeProvider>(Context)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1_alpha/async_refreshes/{id}", Handle<Database, TimeProvider>(Refresh)).RequireScope("read");
        routes.MapGet("/api/calf/v1/statuses/{id:long}/completeness", Handle<Database, PageAnswers, Owner, TimeProvider>(Complete)).RequireScope("read:statuses");
    }

    private static async Task<IResult> Context(ApiRequest request, Database database, PageAnswers answers, StatusRendering rendering, Owner owner, ThreadWorker threads, TimeProvider time)
    {
        var status = database.Read(c => answers.Readable(c, request));
        if (request.ByOwner && await threads.Open(status) is { } look)
            request.Http.Response.Headers[RefreshHeader] = $"id=\"{EntityText.Of(status.Id)}\", retry={Retry}, result_count={look.Found}";
        return database.Read(c =>
        {
            var above = request.ByOwner ? ThreadStore.Ancestors(c, status) : ThreadStore.Ancestors(c, status, StrangersAncestors);
            var below = request.ByOwner ? ThreadStore.Descendants(c, status) : ThreadStore.Descendants(c, status, StrangersDescendants, StrangersDepth);
            var access = ThreadAccess.In(c, request.ByOwner ? owner.Id : null, [.. above, .. below], time.GetUtcNow());
            above.RemoveAll(s => !access.Shows(s));
            // Those who go on with their own post come first.
            below = [.. below.Where(access.Shows).OrderByDescending(s => s.InReplyToAccountId == s.AccountId)];
            var entities = rendering.Render(c, [.. above, .. below], request.ByOwner);
            return Answers.Json(new ContextEntity(entities[..above.Count], entities[above.Count..]), MastodonJson.Api.ContextEntity);
        });
    }

    private static IResult Refresh(ApiRequest request, Database database, TimeProvider time) => database.Read(c =>
    {
        if (!long.TryParse(request.Route("id"), out var id) || StatusStore.Find(c, id) is not { } status
            || ThreadLookStore.Find(c, ThreadLookStore.RootOf(c, status)) is not { } look) throw ApiException.NotFound();
        return Answers.Json(new AsyncRefreshAnswer(new AsyncRefreshEntity(EntityText.Of(id), look.IsRunning(time.GetUtcNow()) ? "running" : "finished", look.Found)),
            MastodonJson.Api.AsyncRefreshAnswer);
    });

    private static IResult Complete(ApiRequest request, Database database, PageAnswers answers, Owner owner, TimeProvider time) => database.Read(c =>
        Answers.Json(CompletenessEntity.Of(Completeness.Of(c, answers.Readable(c, request), owner.Id, time.GetUtcNow()), time.GetUtcNow()), MastodonJson.Api.CompletenessEntity));
}
