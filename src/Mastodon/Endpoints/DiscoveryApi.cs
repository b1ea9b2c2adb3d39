using Calf.Accounts;
using Calf.Follows;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>People to get to know. https://docs.joinmastodon.org/methods/suggestions/, /directory/ and /accounts/#familiar_followers</summary>
public static class DiscoveryApi
{
    private const string FriendsOfFriends = "friends_of_friends";
    private const string MostInteractions = "most_interactions";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/suggestions", Handle<Database, Owner, AccountRendering, TimeProvider>(SuggestionsV1)).RequireScope("read:accounts");
        routes.MapGet("/api/v2/suggestions", Handle<Database, Owner, AccountRendering, TimeProvider>(Suggestions)).RequireScope("read:accounts");
        routes.MapDelete("/api/v1/suggestions/{id:long}", Handle<Database>(Dismiss)).RequireScope("write:accounts");
        routes.MapGet("/api/v1/directory", Handle<Database, AccountRendering, TimeProvider>(Directory)).OpenOrScope();
        routes.MapGet("/api/v1/accounts/familiar_followers", Handle<Database, Owner, AccountRendering>(FamiliarFollowers)).RequireScope("read:follows");
    }

    private static IResult Suggestions(ApiRequest request, Database database, Owner owner, AccountRendering rendering, TimeProvider time) => database.Read(c =>
    {
        var found = Find(c, request, owner.Id, time.GetUtcNow());
        var accounts = rendering.RenderIds(c, [.. found.Select(f => f.Account)], byOwner: true);
        return Answers.Json<IReadOnlyList<SuggestionEntity>>(
            [.. accounts.Zip(found, (account, f) => new SuggestionEntity([f.Source], account))],
            MastodonJson.Api.IReadOnlyListSuggestionEntity);
    });

    private static IResult SuggestionsV1(ApiRequest request, Database database, Owner owner, AccountRendering rendering, TimeProvider time) => database.Read(c =>
        Answers.Json<IReadOnlyList<AccountEntity>>(
            rendering.RenderIds(c, [.. Find(c, request, owner.Id, time.GetUtcNow()).Select(f => f.Account)], byOwner: true), MastodonJson.Api.IReadOnlyListAccountEntity));

    private static List<(long Account, string Source)> Find(Connection c, ApiRequest request, long owner, DateTimeOffset now)
    {
        var limit = request.Limit(ApiRequest.DefaultAccounts, ApiRequest.MaxAccounts);
        return [.. DiscoveryStore.FollowedByFollowed(c, owner, limit, now).Select(id => (id, FriendsOfFriends))
            .Concat(DiscoveryStore.BoostedByFollowed(c, owner, limit, now).Select(id => (id, FriendsOfFriends)))
            .Concat(DiscoveryStore.FollowersNotFollowed(c, owner, limit, now).Select(id => (id, MostInteractions)))
            .DistinctBy(f => f.id).Take(limit)];
    }

    private static async Task<IResult> Dismiss(ApiRequest request, Database database)
    {
        await database.Write(c => DiscoveryStore.Dismiss(c, PageAnswers.Account(c, request).Id));
        return Answers.Empty();
    }

    private static IResult Directory(ApiRequest request, Database database, AccountRendering rendering, TimeProvider time) => database.Read(c =>
    {
        var parameters = request.Parameters;
        // Whom this server knows is the owner's reading; a stranger finds the owner.
        var ids = DiscoveryStore.Directory(
            c, parameters.Text("order") == "new", parameters.Is("local") || !request.ByOwner, request.Limit(ApiRequest.DefaultAccounts, ApiRequest.MaxAccounts),
            (int)Math.Clamp(parameters.Long("offset") ?? 0, 0, int.MaxValue), time.GetUtcNow());
        return Answers.Json<IReadOnlyList<AccountEntity>>(rendering.RenderIds(c, ids, request.ByOwner), MastodonJson.Api.IReadOnlyListAccountEntity);
    });

    private static IResult FamiliarFollowers(ApiRequest request, Database database, Owner owner, AccountRendering rendering) => database.Read(c =>
    {
        var asked = AccountStore.FindMany(c, request.Ids("id").Take(ApiRequest.MaxAccounts)).Keys;
        var familiar = DiscoveryStore.FamiliarFollowers(c, owner.Id, asked);
        var followers = rendering.RenderIds(c, [.. familiar.SelectMany(f => f).Distinct()], byOwner: true).ToDictionary(a => a.Id);
        return Answers.Json<IReadOnlyList<FamiliarFollowersEntity>>(
            [.. asked.Select(id => new FamiliarFollowersEntity(EntityText.Of(id), [.. familiar[id].Select(f => followers[EntityText.Of(f)])]))],
            MastodonJson.Api.IReadOnlyListFamiliarFollowersEntity);
    });
}
