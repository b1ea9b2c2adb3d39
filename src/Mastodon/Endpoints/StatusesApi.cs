using Calf.Accounts;
using Calf.Interactions;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Reading statuses. https://docs.joinmastodon.org/methods/statuses/</summary>
public static class StatusesApi
{
    private const int MaxAtOnce = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/statuses", Handle<Database, PageAnswers, Owner>(FindMany)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/statuses/{id:long}", Handle<Database, PageAnswers, StatusRendering>(Find)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/statuses/{id:long}/history", Handle<Database, PageAnswers, StatusRendering>(History)).OpenOrScope("read:statuses");
        routes.MapGet("/api/v1/statuses/{id:long}/source", Handle<Database, PageAnswers>(Source)).RequireScope("read:statuses");
        routes.MapGet("/api/v1/statuses/{id:long}/favourited_by", Handle<PageAnswers, TimeProvider>(FavouritedBy)).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/statuses/{id:long}/reblogged_by", Handle<PageAnswers, TimeProvider>(BoostedBy)).OpenOrScope("read:accounts");
    }

    private static IResult Find(ApiRequest request, Database database, PageAnswers answers, StatusRendering rendering) => database.Read(c =>
        Answers.Json(rendering.Render(c, answers.Readable(c, request), request.ByOwner), MastodonJson.Api.StatusEntity));

    private static IResult FindMany(ApiRequest request, Database database, PageAnswers answers, Owner owner)
    {
        long? reader = request.ByOwner ? owner.Id : null;
        var ids = request.Ids("id", MaxAtOnce);
        return database.Read(c =>
        {
            var found = StatusStore.FindInOrder(c, ids);
            return answers.Statuses(c, request, [.. found.Where(ThreadAccess.To(c, reader, found).Shows)]);
        });
    }

    private static IResult History(ApiRequest request, Database database, PageAnswers answers, StatusRendering rendering) => database.Read(c =>
        Answers.Json<IReadOnlyList<StatusEditEntity>>(
            rendering.History(c, answers.Readable(c, request)), MastodonJson.Api.IReadOnlyListStatusEditEntity));

    /// <summary>What the owner typed; for others the text without its markup, as an app shows it while quoting.</summary>
    private static IResult Source(ApiRequest request, Database database, PageAnswers answers) => database.Read(c =>
    {
        var status = answers.Readable(c, request);
        return Answers.Json(
            new StatusSourceEntity(EntityText.Of(status.Id), status.Source ?? PlainText.OfHtml(status.Content), status.SpoilerText),
            MastodonJson.Api.StatusSourceEntity);
    });

    private static IResult FavouritedBy(ApiRequest request, PageAnswers answers, TimeProvider time)
    {
        var page = request.AccountPage();
        return answers.Accounts(request, page, c => FavouriteStore.AccountsOf(c, answers.Readable(c, request).Id, page, Shown(request, "favourites.account_id", time)));
    }

    private static IResult BoostedBy(ApiRequest request, PageAnswers answers, TimeProvider time)
    {
        var page = request.AccountPage();
        return answers.Accounts(request, page, c => BoostStore.AccountsOf(c, answers.Readable(c, request).Id, page, Shown(request, "statuses.account_id", time)));
    }

    /// <summary>Whom the owner muted is nobody else's business, so strangers see them.</summary>
    private static Sql Shown(ApiRequest request, string account, TimeProvider time) => request.ByOwner
        ? Sql.Of($"{Hidden.NotBlocked(account)} AND {Hidden.NotMuted(account, time.GetUtcNow())}")
        : Hidden.NotBlocked(account);
}
