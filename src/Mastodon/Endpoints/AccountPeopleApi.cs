using Calf.Accounts;
using Calf.Federation;
using Calf.Follows;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// Who follows an account and whom it follows: first those of whom this server knows it, then, for the owner, those whom the account's own
/// server lists. https://docs.joinmastodon.org/methods/accounts/#followers
/// </summary>
public static class AccountPeopleApi
{
    /// <summary>Cursors up to here stand for places on a list elsewhere, counted down; ids are much higher.</summary>
    private const long ListTop = 1_000_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/accounts/{id:long}/followers", Handle<Database, PageAnswers, RemotePeople>(Followers)).OpenOrScope("read:accounts");
        routes.MapGet("/api/v1/accounts/{id:long}/following", Handle<Database, PageAnswers, RemotePeople>(Following)).OpenOrScope("read:accounts");
    }

    private static Task<IResult> Followers(ApiRequest request, Database database, PageAnswers answers, RemotePeople people) =>
        List(request, database, answers, people, PeopleKind.Followers);

    private static Task<IResult> Following(ApiRequest request, Database database, PageAnswers answers, RemotePeople people) =>
        List(request, database, answers, people, PeopleKind.Following);

    private static async Task<IResult> List(ApiRequest request, Database database, PageAnswers answers, RemotePeople people, PeopleKind kind)
    {
        var page = request.AccountPage();
        var account = database.Read(c => PageAnswers.Account(c, request));
        // Strangers do not make this server ask others.
        var asks = request.ByOwner && !account.IsOwner && page is { MinId: null, SinceId: null };
        var listed = asks && page.MaxId <= ListTop;
        var known = listed ? [] : database.Read(c => Known(c, request, account, kind, page));
        if (!asks || known.Count == page.Limit) return answers.Accounts(request, page, known, known, known.Count);
        var found = await people.Page(account, kind, listed ? (int)(ListTop - page.MaxId!.Value) : 0, page.Limit - known.Count, request.Aborted);
        var others = found.People.Select(person => person.AccountId).OfType<long>().ToList();
        others = database.Read(c => others.Except(FollowStore.Between(c, account.Id, others).Where(f => f.Accepted).Select(f => Side(f, kind, account.Id))).ToList());
        return answers.Accounts(
            request, page, [.. known, .. others], [.. known, .. found.People.Select(person => ListTop - person.Position)], found.More ? int.MaxValue : 0);
    }

    private static List<long> Known(Connection c, ApiRequest request, Account account, PeopleKind kind, Paging page)
    {
        // They are not shown to the caller.
        if (account.HideCollections && !request.ByOwner) return [];
        return kind == PeopleKind.Followers ? FollowStore.Followers(c, account.Id, accepted: true, page) : FollowStore.Following(c, account.Id, page);
    }

    /// <summary>Who on this list is known by a follow; nobody, 0, by one of the other direction.</summary>
    private static long Side(Follow follow, PeopleKind kind, long accountId) => kind == PeopleKind.Followers
        ? follow.TargetId == accountId ? follow.AccountId : 0
        : follow.AccountId == accountId ? follow.TargetId : 0;
}
