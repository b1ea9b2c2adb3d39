using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Rules for whole domains, with their severity. https://docs.joinmastodon.org/methods/admin/domain_blocks/</summary>
public static class AdminDomainBlocksApi
{
    private const string Root = "/api/v1/admin/domain_blocks";
    private const int UsualPage = 100;
    private const int MaxPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, Handle<Database, Site>(List)).RequireScope("admin:read:domain_blocks");
        routes.MapGet(Root + "/{id:long}", Handle<Database>(Find)).RequireScope("admin:read:domain_blocks");
        routes.MapPost(Root, Handle<Database, DomainBlocking>(Add)).RequireScope("admin:write:domain_blocks");
        routes.MapPut(Root + "/{id:long}", Handle<Database, DomainBlocking>(Change)).RequireScope("admin:write:domain_blocks");
        routes.MapDelete(Root + "/{id:long}", Handle<Database, DomainBlocking>(Remove)).RequireScope("admin:write:domain_blocks");
    }

    private static IResult List(ApiRequest request, Database database, Site site)
    {
        var page = request.Page(UsualPage, MaxPage);
        var found = database.Read(c => DomainBlockStore.Page(c, page));
        LinkHeader.Set(request, site, page, [.. found.Select(b => b.Id)], found.Count);
        return Answers.Json<IReadOnlyList<AdminDomainBlockEntity>>([.. found.Select(AdminDomainBlockEntity.Of)], MastodonJson.Api.IReadOnlyListAdminDomainBlockEntity);
    }

    private static IResult Find(ApiRequest request, Database database) => Answer(Require(request, database));

    private static async Task<IResult> Add(ApiRequest request, Database database, DomainBlocking blocking)
    {
        var domain = request.Parameters.Text("domain") ?? "";
        if (database.Read(c => DomainBlockStore.Find(c, domain.Trim().ToLowerInvariant())) is not null)
            throw ApiException.Invalid(Words.T("You have already imposed stricter limits on {domain}.", ("domain", domain)));
        return Answer(await blocking.Save(Wish(request, domain)));
    }

    private static async Task<IResult> Change(ApiRequest request, Database database, DomainBlocking blocking) =>
        Answer(await blocking.Save(Wish(request, Require(request, database).Domain)));

    private static async Task<IResult> Remove(ApiRequest request, Database database, DomainBlocking blocking)
    {
        await blocking.Lift(Require(request, database).Domain);
        return Answers.Empty();
    }

    private static DomainBlock Require(ApiRequest request, Database database) =>
        database.Read(c => DomainBlockStore.Find(c, request.Id())) ?? throw ApiException.NotFound();

    private static DomainWish Wish(ApiRequest request, string domain)
    {
        var p = request.Parameters;
        var severity = DomainSeverityWords.Read(p.Text("severity"));
        if (severity is null && !string.IsNullOrEmpty(p.Text("severity")))
            throw ApiException.Invalid("Validation failed: Severity is not included in the list");
        return new DomainWish(
            domain, severity, p.Bool("reject_media"), p.Bool("reject_reports"), p.Text("public_comment"), p.Text("private_comment"), p.Bool("obfuscate"));
    }

    private static IResult Answer(DomainBlock rule) => Answers.Json(AdminDomainBlockEntity.Of(rule), MastodonJson.Api.AdminDomainBlockEntity);
}
