using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>All known accounts, to look at. https://docs.joinmastodon.org/methods/admin/accounts/</summary>
public static class AdminAccountsApi
{
    private const int UsualPage = 100;
    private const int MaxPage = 200;
    private const string Scope = "admin:read:accounts";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/admin/accounts", Handle<Database, Site, AdminRendering>(ListAsBefore)).RequireScope(Scope);
        routes.MapGet("/api/v2/admin/accounts", Handle<Database, Site, AdminRendering>(List)).RequireScope(Scope);
        routes.MapGet("/api/v1/admin/accounts/{id:long}", Handle<Database, AdminRendering>(Find)).RequireScope(Scope);
    }

    private static IResult ListAsBefore(ApiRequest request, Database database, Site site, AdminRendering rendering)
    {
        var p = request.Parameters;
        // Nobody here can wait for approval, or be disabled or marked sensitive alone.
        if (p.Is("pending") || p.Is("disabled") || p.Is("sensitized")) return Answer(request, database, site, rendering, null);
        bool? local = p.Is("local") || p.Is("staff") ? true : p.Is("remote") ? false : null;
        DomainSeverity? severity = p.Is("suspended") ? DomainSeverity.Block : p.Is("silenced") ? DomainSeverity.Silence : p.Is("active") ? DomainSeverity.None : null;
        return Answer(request, database, site, rendering, Filter(p, local, severity));
    }

    private static IResult List(ApiRequest request, Database database, Site site, AdminRendering rendering)
    {
        var p = request.Parameters;
        bool? local = p.Text("origin") switch
        {
            null or "" => p.Text("permissions") == "staff" ? true : null,
            "local" => true,
            "remote" => false,
            var other => throw ApiException.Malformed($"Unknown origin: {other}"),
        };
        if (p.Text("status") is "pending" or "disabled" or "sensitized") return Answer(request, database, site, rendering, null);
        DomainSeverity? severity = p.Text("status") switch
        {
            null or "" => null,
            "active" => DomainSeverity.None,
            "silenced" => DomainSeverity.Silence,
            "suspended" => DomainSeverity.Block,
            var other => throw ApiException.Malformed($"Unknown status: {other}"),
        };
        return Answer(request, database, site, rendering, Filter(p, local, severity));
    }

    private static readonly string[] NotKept = ["email", "ip", "invited_by"];

    /// <summary>Null when it asks for what no account here has: an address of mail or net, somebody who invited it.</summary>
    private static AccountFilter? Filter(Parameters p, bool? local, DomainSeverity? severity) =>
        NotKept.Any(name => !string.IsNullOrWhiteSpace(p.Text(name))) ? null
            : new AccountFilter(local, severity, p.Text("by_domain"), p.Text("username"), p.Text("display_name"));

    private static IResult Answer(ApiRequest request, Database database, Site site, AdminRendering rendering, AccountFilter? filter) => database.Read(c =>
    {
        var page = request.Page(UsualPage, MaxPage);
        var found = filter is null ? [] : AccountFiltering.Page(c, filter, page);
        LinkHeader.Set(request, site, page, [.. found.Select(f => f.Id)], found.Count);
        return Answers.Json<IReadOnlyList<AdminAccountEntity>>(rendering.Render(c, found), MastodonJson.Api.IReadOnlyListAdminAccountEntity);
    });

    private static IResult Find(ApiRequest request, Database database, AdminRendering rendering) => database.Read(c =>
        Answers.Json(rendering.Render(c, AccountFiltering.Severities(c, [request.Id()])).FirstOrDefault() ?? throw ApiException.NotFound(), MastodonJson.Api.AdminAccountEntity));
}
