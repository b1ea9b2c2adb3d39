using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>What the owner does with an account; all answer with the relationship afterwards. https://docs.joinmastodon.org/methods/accounts/</summary>
public static class AccountActionsApi
{
    private static readonly TimeSpan LongestMute = TimeSpan.FromDays(3650);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/accounts/{id:long}/follow", Handle<Database, Owner, Following, RelationshipRendering>(Follow)).RequireScope("write:follows");
        routes.MapPost("/api/v1/accounts/{id:long}/mute", Handle<Database, Owner, Muting, RelationshipRendering>(Mute)).RequireScope("write:mutes");
        Action(routes, "accounts/{id:long}/unfollow", "write:follows", (services, id) => services.GetRequiredService<Following>().Unfollow(id));
        Action(routes, "accounts/{id:long}/remove_from_followers", "write:follows", (services, id) => services.GetRequiredService<Following>().RemoveFollower(id));
        // To block or mute oneself does nothing, as at Mastodon.
        Action(routes, "accounts/{id:long}/block", "write:blocks", (services, id) =>
            id == services.GetRequiredService<Owner>().Id ? Task.CompletedTask : services.GetRequiredService<Blocking>().Block(id));
        Action(routes, "accounts/{id:long}/unblock", "write:blocks", (services, id) => services.GetRequiredService<Blocking>().Unblock(id));
        Action(routes, "accounts/{id:long}/unmute", "write:mutes", (services, id) => services.GetRequiredService<Muting>().Unmute(id));
        Action(routes, "follow_requests/{id:long}/authorize", "write:follows", (services, id) => services.GetRequiredService<Following>().Approve(id));
        Action(routes, "follow_requests/{id:long}/reject", "write:follows", (services, id) => services.GetRequiredService<Following>().Refuse(id));
        routes.MapPost("/api/v1/domain_blocks", Handle<DomainBlocking>(BlockDomain)).RequireScope("write:blocks");
        routes.MapDelete("/api/v1/domain_blocks", Handle<DomainBlocking>(UnblockDomain)).RequireScope("write:blocks");
    }

    private static void Action(IEndpointRouteBuilder routes, string path, string scope, Func<IServiceProvider, long, Task> act) =>
        routes.MapPost("/api/v1/" + path, Handle(async (ApiRequest request, Database database, RelationshipRendering rendering) =>
        {
            Demand(database, request.Id());
            await act(request.Http.RequestServices, request.Id());
            return Answer(database, request.Id(), rendering);
        })).RequireScope(scope);

    private static async Task<IResult> Follow(ApiRequest request, Database database, Owner owner, Following following, RelationshipRendering rendering)
    {
        Demand(database, request.Id());
        // Following again with only one of the two leaves the other as it is.
        var before = database.Read(c => FollowStore.Find(c, owner.Id, request.Id()));
        await following.Follow(
            request.Id(), request.Parameters.Bool("reblogs") ?? before?.ShowBoosts ?? true, request.Parameters.Bool("notify") ?? before?.Notify ?? false, LanguagesIn(request.Parameters));
        return Answer(database, request.Id(), rendering);
    }

    /// <summary>Null when they are not spoken of; an empty list is one.</summary>
    private static List<string>? LanguagesIn(Parameters parameters)
    {
        var given = parameters.List("languages");
        if (given.Count == 0 && !parameters.Has("languages") && !parameters.Has("languages[]")) return null;
        return [.. given.Where(code => !string.IsNullOrWhiteSpace(code))
            .Select(code => PostingApi.Language(code) ?? throw ApiException.Invalid("Validation failed: Languages is invalid")).Distinct()];
    }

    private static async Task<IResult> Mute(ApiRequest request, Database database, Owner owner, Muting muting, RelationshipRendering rendering)
    {
        Demand(database, request.Id());
        if (request.Id() == owner.Id) return Answer(database, owner.Id, rendering);
        var seconds = request.Parameters.Long("duration") ?? 0;
        if (seconds < 0 || seconds > LongestMute.TotalSeconds) throw ApiException.Invalid(Validation.Failed(Words.T("The duration is not one.")));
        await muting.Mute(request.Id(), request.Parameters.Bool("notifications") ?? true, seconds == 0 ? null : TimeSpan.FromSeconds(seconds));
        return Answer(database, request.Id(), rendering);
    }

    private static async Task<IResult> BlockDomain(ApiRequest request, DomainBlocking blocking)
    {
        await blocking.Block(request.Parameters.Text("domain") ?? "");
        return Answers.Empty();
    }

    private static async Task<IResult> UnblockDomain(ApiRequest request, DomainBlocking blocking)
    {
        await blocking.Lift(request.Parameters.Text("domain") ?? "");
        return Answers.Empty();
    }

    private static void Demand(Database database, long id)
    {
        if (database.Read(c => AccountStore.Find(c, id)) is null) throw ApiException.NotFound();
    }

    private static IResult Answer(Database database, long id, RelationshipRendering rendering) => database.Read(c =>
        Answers.Json(rendering.Render(c, id), MastodonJson.Api.RelationshipEntity));
}
