using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// Finds accounts by the beginning of handle or name, hashtags by their beginning, and what an address or a whole handle stands for;
/// with <c>resolve</c> also on other servers. https://docs.joinmastodon.org/methods/search/
/// </summary>
public static class SearchApi
{
    private const int MaxQuery = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/search", Search).RequireScope("read:search");
        routes.MapGet("/api/v1/accounts/search", SearchAccounts).RequireScope("read:accounts");
    }

    private static async Task<IResult> Search(ApiRequest request, Lookup lookup, Database database, AccountRendering accounts, StatusRendering statuses, TagRendering tags, Owner owner)
    {
        var wish = Wish.Of(request, ApiRequest.DefaultStatuses, ApiRequest.MaxStatuses);
        var type = request.Parameters.Text("type");
        var found = await lookup.Find(wish.Text, wish.Resolve, request.Aborted);
        return database.Read(c => Answers.Json(new SearchEntity(
            type is null or "" or "accounts" ? accounts.RenderIds(c, AccountIds(c, wish, found)) : [],
            type is null or "" or "statuses" && found.StatusId is { } id ? statuses.Render(c, Shown(c, id, owner), byOwner: true) : [],
            type is null or "" or "hashtags" ? tags.Search(c, wish.Text, wish.Limit, wish.Offset) : []), MastodonJson.Api.SearchEntity));
    }

    private static async Task<IResult> SearchAccounts(ApiRequest request, Lookup lookup, Database database, AccountRendering accounts)
    {
        var wish = Wish.Of(request, ApiRequest.DefaultAccounts, ApiRequest.MaxAccounts);
        var found = await lookup.Find(wish.Text, wish.Resolve, request.Aborted);
        return database.Read(c => Answers.Json<IReadOnlyList<AccountEntity>>(
            accounts.RenderIds(c, AccountIds(c, wish, found)), MastodonJson.Api.IReadOnlyListAccountEntity));
    }

    private static List<Status> Shown(Connection c, long id, Owner owner)
    {
        var found = StatusStore.FindInOrder(c, [id]);
        return [.. found.Where(ThreadAccess.To(c, owner.Id, found).Shows)];
    }

    private static List<long> AccountIds(Connection c, Wish wish, Found found)
    {
        // An address is looked up as a whole; nobody's name begins with it.
        if (wish.IsAddress || wish.Text.Length == 0) return found.AccountId is { } exact ? [exact] : [];
        var ids = AccountStore.Search(c, wish.Text.TrimStart('@'), wish.FollowingOnly, wish.Limit, wish.Offset).Select(a => a.Id);
        return [.. (found.AccountId is { } known && !wish.FollowingOnly && wish.Offset == 0 ? ids.Prepend(known) : ids).Distinct().Take(wish.Limit)];
    }

    private sealed record Wish(string Text, bool Resolve, bool FollowingOnly, int Limit, int Offset)
    {
        public bool IsAddress => Lookup.IsAddress(Text);

        public static Wish Of(ApiRequest request, int usual, int most)
        {
            var text = request.Parameters.Text("q")?.Trim() ?? throw ApiException.Malformed("q: say what to look for.");
            if (text.Length > MaxQuery) throw ApiException.Malformed($"q: at most {MaxQuery} characters can be looked for.");
            return new Wish(text, request.Parameters.Is("resolve"), request.Parameters.Is("following"), request.Limit(usual, most),
                (int)Math.Clamp(request.Parameters.Long("offset") ?? 0, 0, 10_000));
        }
    }
}
