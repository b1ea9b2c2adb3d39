using Calf.Federation.Outbox;
using Calf.Lists;
using Calf.Mastodon.Entities;
using Calf.Store;
using Calf.Timelines;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>https://docs.joinmastodon.org/methods/lists/</summary>
public static class ListsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/lists", Handle<Database>(All)).RequireScope("read:lists");
        routes.MapPost("/api/v1/lists", Handle<Listing>(Create)).RequireScope("write:lists");
        routes.MapGet("/api/v1/lists/{id:long}", Handle<Database>(Show)).RequireScope("read:lists");
        routes.MapPut("/api/v1/lists/{id:long}", Handle<Listing>(Update)).RequireScope("write:lists");
        routes.MapDelete("/api/v1/lists/{id:long}", Handle<Listing>(Delete)).RequireScope("write:lists");
        routes.MapGet("/api/v1/lists/{id:long}/accounts", Handle<Database, PageAnswers>(Members)).RequireScope("read:lists");
        routes.MapPost("/api/v1/lists/{id:long}/accounts", Handle<Listing>(AddMembers)).RequireScope("write:lists");
        routes.MapDelete("/api/v1/lists/{id:long}/accounts", Handle<Listing>(RemoveMembers)).RequireScope("write:lists");
        routes.MapGet("/api/v1/accounts/{id:long}/lists", Handle<Database>(OfAccount)).RequireScope("read:lists");
        routes.MapGet("/api/v1/timelines/list/{id:long}", Handle<Database, PageAnswers, TimeProvider>(Timeline)).RequireScope("read:lists");
    }

    private static IResult All(ApiRequest request, Database database) => Answer(database.Read(ListStore.All));

    private static IResult OfAccount(ApiRequest request, Database database) =>
        Answer(database.Read(c => ListStore.Of(c, PageAnswers.Account(c, request).Id)));

    private static IResult Show(ApiRequest request, Database database) => Answer(database.Read(c => Require(c, request)));

    private static async Task<IResult> Create(ApiRequest request, Listing listing) => Answer(await listing.Create(new ListChange(
        request.Parameters.Text("title") ?? "", request.Parameters.Text("replies_policy"), request.Parameters.Bool("exclusive"))));

    private static async Task<IResult> Update(ApiRequest request, Listing listing) => Answer(await listing.Change(request.Id(), new ListChange(
        request.Parameters.Text("title"), request.Parameters.Text("replies_policy"), request.Parameters.Bool("exclusive"))));

    private static async Task<IResult> Delete(ApiRequest request, Listing listing)
    {
        await listing.Remove(request.Id());
        return Answers.Empty();
    }

    /// <summary>A limit of 0 asks for all at once.</summary>
    private static IResult Members(ApiRequest request, Database database, PageAnswers answers)
    {
        var list = database.Read(c => Require(c, request));
        var page = request.Parameters.Text("limit") == "0" ? new Paging(int.MaxValue) : request.AccountPage();
        return answers.Accounts(request, page, c => ListStore.Members(c, list.Id, page));
    }

    private static async Task<IResult> AddMembers(ApiRequest request, Listing listing)
    {
        await listing.AddMembers(request.Id(), request.Ids("account_ids"));
        return Answers.Empty();
    }

    private static async Task<IResult> RemoveMembers(ApiRequest request, Listing listing)
    {
        await listing.RemoveMembers(request.Id(), request.Ids("account_ids"));
        return Answers.Empty();
    }

    private static IResult Timeline(ApiRequest request, Database database, PageAnswers answers, TimeProvider time)
    {
        var list = database.Read(c => Require(c, request));
        var page = request.Page();
        return answers.Statuses(request, page, c => TimelineStore.List(c, list.Id, page, time.GetUtcNow()));
    }

    private static AccountList Require(Connection c, ApiRequest request) => ListStore.Find(c, request.Id()) ?? throw ApiException.NotFound();

    private static ListEntity Entity(AccountList list) => new(EntityText.Of(list.Id), list.Title, list.RepliesPolicy, list.Exclusive);

    private static IResult Answer(AccountList list) => Answers.Json(Entity(list), MastodonJson.Api.ListEntity);

    private static IResult Answer(IEnumerable<AccountList> lists) =>
        Answers.Json<IReadOnlyList<ListEntity>>([.. lists.Select(Entity)], MastodonJson.Api.IReadOnlyListListEntity);
}
