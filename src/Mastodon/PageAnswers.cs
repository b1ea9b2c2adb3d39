using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>Answers with a page of a list: its entities, and its neighbours in the Link header.</summary>
public sealed class PageAnswers(Database database, Site site, Owner owner, AccountRendering accounts, StatusRendering statuses)
{
    /// <param name="ids">Asks for the ids of the page, which are its cursors too.</param>
    /// <param name="further">There is more below this id, though the page may not be full.</param>
    public IResult Statuses(ApiRequest request, Paging page, Func<Connection, List<long>> ids, long? further = null) => database.Read(c =>
    {
        var found = ids(c);
        LinkHeader.Set(request, site, page, found.Count == 0 && further is { } below ? [below] : found, further is null ? found.Count : int.MaxValue);
        return Statuses(c, request, StatusStore.FindInOrder(c, found));
    });

    public IResult Statuses(Connection c, ApiRequest request, IReadOnlyCollection<Status> found) =>
        Answers.Json<IReadOnlyList<StatusEntity>>(statuses.Render(c, found, request.ByOwner), MastodonJson.Api.IReadOnlyListStatusEntity);

    public IResult Accounts(ApiRequest request, Paging page, Func<Connection, List<long>> ids) => database.Read(c =>
    {
        var found = ids(c);
        LinkHeader.Set(request, site, page, found, found.Count);
        return Answers.Json<IReadOnlyList<AccountEntity>>(accounts.RenderIds(c, found, request.ByOwner), MastodonJson.Api.IReadOnlyListAccountEntity);
    });

    /// <param name="cursors">By which one pages, where that is not by the ids.</param>
    /// <param name="rows">See <see cref="LinkHeader.Set"/>.</param>
    public IResult Accounts(ApiRequest request, Paging page, IReadOnlyList<long> ids, IReadOnlyList<long> cursors, int rows) => database.Read(c =>
    {
        LinkHeader.Set(request, site, page, cursors, rows);
        return Answers.Json<IReadOnlyList<AccountEntity>>(accounts.RenderIds(c, [.. ids], request.ByOwner), MastodonJson.Api.IReadOnlyListAccountEntity);
    });

    /// <summary>The status in the route, when the caller may read it.</summary>
    /// <exception cref="ApiException">404: it is not there, or not for the caller.</exception>
    public Status Readable(Connection c, ApiRequest request, string route = "id") =>
        StatusStore.Find(c, request.Id(route)) is { } status && StatusAccess.MayRead(c, status, request.ByOwner ? owner.Id : null)
            ? status
            : throw ApiException.NotFound();

    /// <exception cref="ApiException">404: it is not a status of the owner's.</exception>
    public Status OwnStatus(Connection c, ApiRequest request) =>
        StatusStore.Find(c, request.Id()) is { } status && status.AccountId == owner.Id ? status : throw ApiException.NotFound();

    /// <exception cref="ApiException">404.</exception>
    public static Account Account(Connection c, ApiRequest request, string route = "id") =>
        AccountStore.Find(c, request.Id(route)) ?? throw ApiException.NotFound();
}
