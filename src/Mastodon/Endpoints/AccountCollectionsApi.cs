using System.Globalization;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Collections of accounts. https://docs.joinmastodon.org/methods/collections/</summary>
public static class AccountCollectionsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/accounts/{id:long}/collections", Handle<Database, Site, Owner, RemoteCollections, AccountCollectionRendering>(OfAccount)).OpenOrScope("read:collections");
        routes.MapGet("/api/v1/accounts/{id:long}/in_collections", Handle<Database, Site, AccountCollectionRendering>(WithAccount)).RequireScope("read:collections");
        routes.MapPost("/api/v1/collections", Handle<Database, Curating, AccountCollectionRendering>(Create)).RequireScope("write:collections");
        routes.MapGet("/api/v1/collections/{id:long}", Handle<Database, Owner, AccountCollectionRendering>(Show)).OpenOrScope("read:collections");
        routes.MapPatch("/api/v1/collections/{id:long}", Handle<Database, Curating, AccountCollectionRendering>(Update)).RequireScope("write:collections");
        // Some libraries have one word for both.
        routes.MapPut("/api/v1/collections/{id:long}", Handle<Database, Curating, AccountCollectionRendering>(Update)).RequireScope("write:collections");
        routes.MapDelete("/api/v1/collections/{id:long}", Handle<Curating>(Delete)).RequireScope("write:collections");
        routes.MapPost("/api/v1/collections/{id:long}/items", Handle<Curating>(Add)).RequireScope("write:collections");
        routes.MapDelete("/api/v1/collections/{id:long}/items/{item:long}", Handle<Curating>(Remove)).RequireScope("write:collections");
        routes.MapPost("/api/v1/collections/{id:long}/items/{item:long}/revoke", Handle<Curating>(Revoke)).RequireScope("write:collections");
    }

    /// <summary>Who blocks the owner shows them none.</summary>
    private static async Task<IResult> OfAccount(
        ApiRequest request, Database database, Site site, Owner owner, RemoteCollections remote, AccountCollectionRendering rendering)
    {
        // Strangers make us ask nobody.
        if (request.ByOwner) await remote.Refresh(database.Read(c => PageAnswers.Account(c, request)), request.Aborted);
        return database.Read(c => ShownOf(c, request, site, owner, rendering));
    }

    private static IResult ShownOf(Connection c, ApiRequest request, Site site, Owner owner, AccountCollectionRendering rendering)
    {
        var account = PageAnswers.Account(c, request);
        var hidden = request.ByOwner && account.IsOwner;
        var blocked = request.ByOwner && BlockStore.Exists(c, account.Id, owner.Id);
        return Page(request, site, blocked ? 0 : AccountCollectionStore.Count(c, account.Id, hidden), (offset, limit) =>
            rendering.Render(c, blocked ? [] : AccountCollectionStore.Of(c, account.Id, hidden, offset, limit), request.ByOwner));
    }

    /// <summary>Nobody is told where others are.</summary>
    private static IResult WithAccount(ApiRequest request, Database database, Site site, AccountCollectionRendering rendering) => database.Read(c =>
    {
        var account = PageAnswers.Account(c, request);
        if (!account.IsOwner) throw new ApiException(StatusCodes.Status403Forbidden, "This action is not allowed");
        return Page(request, site, AccountCollectionStore.CountWith(c, account.Id), (offset, limit) =>
            rendering.Render(c, AccountCollectionStore.With(c, account.Id, offset, limit), request.ByOwner));
    });

    private static IResult Show(ApiRequest request, Database database, Owner owner, AccountCollectionRendering rendering) => database.Read(c =>
    {
        var collection = AccountCollectionStore.Find(c, request.Id()) ?? throw ApiException.NotFound();
        if (request.ByOwner && BlockStore.Exists(c, collection.AccountId, owner.Id)) throw new ApiException(StatusCodes.Status403Forbidden, "This action is not allowed");
        return Answers.Json(rendering.RenderWithAccounts(c, collection, request.ByOwner), MastodonJson.Api.CollectionWithAccountsEntity);
    });

    private static Task<IResult> Create(ApiRequest request, Database database, Curating curating, AccountCollectionRendering rendering) =>
        Changed(database, rendering, () => curating.Create(Wanted(request), request.Ids("account_ids")));

    private static Task<IResult> Update(ApiRequest request, Database database, Curating curating, AccountCollectionRendering rendering) =>
        Changed(database, rendering, () => curating.Change(request.Id(), Wanted(request)));

    private static async Task<IResult> Delete(ApiRequest request, Curating curating)
    {
        await curating.Remove(request.Id());
        return Answers.Empty();
    }

    private static async Task<IResult> Add(ApiRequest request, Curating curating)
    {
        if (request.IdIn("account_id") is not { } account) throw ApiException.Invalid("`account_id` parameter is missing");
        var item = await curating.Add(request.Id(), account);
        return Answers.Json(new WrappedCollectionItemEntity(AccountCollectionItemEntity.Of(item)), MastodonJson.Api.WrappedCollectionItemEntity);
    }

    private static async Task<IResult> Remove(ApiRequest request, Curating curating)
    {
        await curating.Remove(request.Id(), request.Id("item"));
        return Answers.Empty();
    }

    private static async Task<IResult> Revoke(ApiRequest request, Curating curating)
    {
        await curating.Revoke(request.Id(), request.Id("item"));
        return Answers.Empty();
    }

    private static CollectionChange Wanted(ApiRequest request) => new(
        request.Parameters.Text("name"), request.Parameters.Text("description"), request.Parameters.Text("language"), request.Parameters.Bool("sensitive"),
        request.Parameters.Bool("discoverable"), request.Parameters.Text("tag_name"));

    private static async Task<IResult> Changed(Database database, AccountCollectionRendering rendering, Func<Task<AccountCollection>> act)
    {
        try
        {
            var collection = await act();
            return database.Read(c => Answers.Json(new WrappedCollectionEntity(rendering.Render(c, collection, byOwner: true)), MastodonJson.Api.WrappedCollectionEntity));
        }
        catch (InvalidFieldException wrong)
        {
            var details = new Dictionary<string, IReadOnlyList<FieldErrorDetailEntity>> { [wrong.Field] = [new(wrong.Code, wrong.Description)] };
            return Answers.Json(new FieldErrorEntity(new(wrong.Message, details)), MastodonJson.Api.FieldErrorEntity, StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>These lists are paged by number.</summary>
    private static IResult Page(ApiRequest request, Site site, long all, Func<int, int, List<AccountCollectionEntity>> rows)
    {
        var limit = request.Limit(ApiRequest.DefaultAccounts, ApiRequest.MaxAccounts);
        var offset = int.TryParse(request.Parameters.Text("offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        var found = rows(offset, limit);
        var kept = request.Parameters.Text("limit") is null ? "" : string.Create(CultureInfo.InvariantCulture, $"limit={limit}&");
        var address = $"{site.Base}{request.Http.Request.Path}?{kept}offset=";
        List<string> links = [];
        if (offset + (long)found.Count < all && found.Count > 0) links.Add(string.Create(CultureInfo.InvariantCulture, $"<{address}{offset + limit}>; rel=\"next\""));
        if (offset > 0) links.Add(string.Create(CultureInfo.InvariantCulture, $"<{address}{Math.Max(0, offset - limit)}>; rel=\"prev\""));
        if (links.Count > 0) request.Http.Response.Headers.Link = string.Join(", ", links);
        return Answers.Json(new WrappedCollectionsEntity(found), MastodonJson.Api.WrappedCollectionsEntity);
    }
}
