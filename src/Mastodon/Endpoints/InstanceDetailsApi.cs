using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The lesser pages about this server. https://docs.joinmastodon.org/methods/instance/</summary>
public static class InstanceDetailsApi
{
    private const string Root = "/api/v1/instance/";
    private const int Weeks = 12;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "activity", Handle<Database, TimeProvider>(Activity)).Open();
        routes.MapGet(Root + "peers", Handle<Database, Settings>(Peers)).OpenOrScope();
        routes.MapGet(Root + "domain_blocks", Handle<Database, Settings>(DomainBlocks)).OpenOrScope();
        routes.MapGet(Root + "extended_description", Handle((ApiRequest request, Database database, Site site) =>
            Answers.Json(InstanceTexts.Description(database.Read(AccountStore.Owner), site), MastodonJson.Api.InstanceTextEntity))).Open();
        routes.MapGet(Root + "privacy_policy", Handle((ApiRequest request, Site site, Settings settings) =>
            Answers.Json(InstanceTexts.Privacy(site, settings), MastodonJson.Api.InstanceTextEntity))).Open();
        routes.MapGet(Root + "terms_of_service", Handle(None)).Open();
        routes.MapGet(Root + "terms_of_service/{date}", Handle(None)).Open();
        routes.MapGet("/health", Handle((ApiRequest request) => TypedResults.Text("OK")));
    }

    private static IResult None(ApiRequest request) => throw ApiException.NotFound();

    /// <summary>Twelve weeks that begin on Mondays, the present one first.</summary>
    private static IResult Activity(ApiRequest request, Database database, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var monday = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-(((int)now.DayOfWeek + 6) % 7));
        List<InstanceWeek> weeks = [];
        if (database.Read(AccountStore.Owner) is not { } owner) return Answers.Json<IReadOnlyList<InstanceWeek>>(weeks, MastodonJson.Api.IReadOnlyListInstanceWeek);
        var written = database.Read(c => OwnActivity.PostsByWeek(c, owner.Id, monday.AddDays(7), Weeks));
        for (var i = 0; i < Weeks; i++)
        {
            var start = monday - i * Week;
            var joined = owner.CreatedAt >= start && owner.CreatedAt < start + Week;
            weeks.Add(InstanceWeek.Of(start, written.GetValueOrDefault(i), wasHere: joined || written.ContainsKey(i), joined));
        }
        return Answers.Json<IReadOnlyList<InstanceWeek>>(weeks, MastodonJson.Api.IReadOnlyListInstanceWeek);
    }

    private static IResult Peers(ApiRequest request, Database database, Settings settings)
    {
        RequireShown(request, settings);
        return Answers.Json<IReadOnlyList<string>>(database.Read(AccountStore.Domains), MastodonJson.Api.IReadOnlyListString);
    }

    private static IResult DomainBlocks(ApiRequest request, Database database, Settings settings)
    {
        RequireShown(request, settings);
        var rules = database.Read(DomainBlockStore.Everything).Where(b => b.Severity != DomainSeverity.None).OrderByDescending(b => b.Severity);
        return Answers.Json<IReadOnlyList<DomainBlockEntity>>([.. rules.Select(b => DomainBlockEntity.Of(b, request.ByOwner))], MastodonJson.Api.IReadOnlyListDomainBlockEntity);
    }

    /// <summary>Which servers one person knows and which they avoid is theirs to tell. Mastodon too answers 404 where it is switched off.</summary>
    private static void RequireShown(ApiRequest request, Settings settings)
    {
        if (!request.ByOwner && !settings.Federation.PublishDomains) throw ApiException.NotFound();
    }
}
