using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/notifications/#get-policy, and the older form of it</summary>
public static class NotificationPolicyApi
{
    /// <summary>Mastodon counts no further.</summary>
    private const int MaxRequestsCounted = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/notifications/policy", Handle<Database>(Show)).RequireScope("read:notifications");
        routes.MapPatch("/api/v2/notifications/policy", Handle<Database>(Change)).RequireScope("write:notifications");
        routes.MapPut("/api/v2/notifications/policy", Handle<Database>(Change)).RequireScope("write:notifications");
        routes.MapGet("/api/v1/notifications/policy", Handle<Database>(ShowV1)).RequireScope("read:notifications");
        routes.MapPut("/api/v1/notifications/policy", Handle<Database>(ChangeV1)).RequireScope("write:notifications");
        routes.MapPatch("/api/v1/notifications/policy", Handle<Database>(ChangeV1)).RequireScope("write:notifications");
    }

    private static IResult Show(ApiRequest request, Database database) => database.Read(c =>
        Answers.Json(NotificationPolicyEntity.Of(NotificationPolicy.Read(c), Summary(c)), MastodonJson.Api.NotificationPolicyEntity));

    private static IResult ShowV1(ApiRequest request, Database database) => database.Read(c =>
        Answers.Json(NotificationPolicyV1Entity.Of(NotificationPolicy.Read(c), Summary(c)), MastodonJson.Api.NotificationPolicyV1Entity));

    private static async Task<IResult> Change(ApiRequest request, Database database)
    {
        await database.Write(c =>
        {
            var p = NotificationPolicy.Read(c);
            NotificationPolicy.Save(c, new NotificationPolicy(
                Answer(request, "for_not_following", p.ForNotFollowing), Answer(request, "for_not_followers", p.ForNotFollowers),
                Answer(request, "for_new_accounts", p.ForNewAccounts), Answer(request, "for_private_mentions", p.ForPrivateMentions),
                Answer(request, "for_limited_accounts", p.ForLimitedAccounts)));
        });
        return Show(request, database);
    }

    private static async Task<IResult> ChangeV1(ApiRequest request, Database database)
    {
        await database.Write(c =>
        {
            var p = NotificationPolicy.Read(c);
            NotificationPolicy.Save(c, p with
            {
                ForNotFollowing = Filter(request, "filter_not_following", p.ForNotFollowing),
                ForNotFollowers = Filter(request, "filter_not_followers", p.ForNotFollowers),
                ForNewAccounts = Filter(request, "filter_new_accounts", p.ForNewAccounts),
                ForPrivateMentions = Filter(request, "filter_private_mentions", p.ForPrivateMentions),
            });
        });
        return ShowV1(request, database);
    }

    private static PolicyAnswer Answer(ApiRequest request, string name, PolicyAnswer before) => request.Parameters.Text(name) is { Length: > 0 } word
        ? NotificationPolicy.Parse(word) ?? throw ApiException.Invalid($"{name} has to be accept, filter or drop.")
        : before;

    private static PolicyAnswer Filter(ApiRequest request, string name, PolicyAnswer before) => request.Parameters.Bool(name) switch
    {
        null => before,
        false => PolicyAnswer.Accept,
        true => before == PolicyAnswer.Accept ? PolicyAnswer.Filter : before,
    };

    private static PolicySummaryEntity Summary(Connection c)
    {
        var (requests, notifications) = NotificationRequestStore.Totals(c, MaxRequestsCounted);
        return new PolicySummaryEntity(requests, notifications);
    }
}
