using Calf.Accounts;
using Calf.Federation;
using Calf.Follows;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Accounts on the owner's profile, and notes about accounts. https://docs.joinmastodon.org/methods/endorsements/</summary>
public static class EndorsementsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // "pin" is what older apps call it.
        foreach (var verb in new[] { "endorse", "pin" }) routes.MapPost($"/api/v1/accounts/{{id:long}}/{verb}", Handle<Database, Owner, RelationshipRendering, TimeProvider>(Endorse)).RequireScope("write:accounts");
        foreach (var verb in new[] { "unendorse", "unpin" }) routes.MapPost($"/api/v1/accounts/{{id:long}}/{verb}", Handle<Database, RelationshipRendering>(Unendorse)).RequireScope("write:accounts");
        routes.MapPost("/api/v1/accounts/{id:long}/note", Handle<Database, RelationshipRendering>(Note)).RequireScope("write:accounts");
        routes.MapGet("/api/v1/endorsements", Handle<Database, Site, AccountRendering>(All)).RequireScope("read:accounts");
        routes.MapGet("/api/v1/accounts/{id:long}/endorsements", Handle<Database, Site, AccountRendering>(OfAccount)).OpenOrScope("read:accounts");
    }

    private static async Task<IResult> Endorse(ApiRequest request, Database database, Owner owner, RelationshipRendering rendering, TimeProvider time)
    {
        await database.Write(c =>
        {
            var account = PageAnswers.Account(c, request);
            if (!FollowStore.IsFollowing(c, owner.Id, account.Id)) throw ApiException.Invalid("Validation failed: You must be already following the person you want to endorse");
            EndorsementStore.Endorsed.Add(c, account.Id, time.GetUtcNow());
        });
        return Answer(database, request, rendering);
    }

    private static async Task<IResult> Unendorse(ApiRequest request, Database database, RelationshipRendering rendering)
    {
        await database.Write(c => EndorsementStore.Endorsed.Remove(c, PageAnswers.Account(c, request).Id));
        return Answer(database, request, rendering);
    }

    private static async Task<IResult> Note(ApiRequest request, Database database, RelationshipRendering rendering)
    {
        var text = request.Parameters.Text("comment") ?? "";
        TextLimit.Demand(Words.T("Comment||what is too long"), text, AccountNoteStore.MaxLength);
        await database.Write(c => AccountNoteStore.Save(c, PageAnswers.Account(c, request).Id, text));
        return Answer(database, request, rendering);
    }

    private static IResult All(ApiRequest request, Database database, Site site, AccountRendering rendering) => database.Read(c => Page(c, request, site, rendering));

    /// <summary>Those of others stay on their own server, at Mastodon as well: they do not federate.</summary>
    private static IResult OfAccount(ApiRequest request, Database database, Site site, AccountRendering rendering) => database.Read(c =>
        PageAnswers.Account(c, request).IsOwner
            ? Page(c, request, site, rendering)
            : Answers.Json<IReadOnlyList<AccountEntity>>([], MastodonJson.Api.IReadOnlyListAccountEntity));

    private static IResult Page(Connection c, ApiRequest request, Site site, AccountRendering rendering)
    {
        var page = request.AccountPage();
        var found = EndorsementStore.Endorsed.Page(c, page);
        LinkHeader.Set(request, site, page, [.. found.Select(f => f.Id)], found.Count);
        return Answers.Json<IReadOnlyList<AccountEntity>>(rendering.RenderIds(c, [.. found.Select(f => f.Thing)], request.ByOwner), MastodonJson.Api.IReadOnlyListAccountEntity);
    }

    private static IResult Answer(Database database, ApiRequest request, RelationshipRendering rendering) => database.Read(c =>
        Answers.Json(rendering.Render(c, request.Id()), MastodonJson.Api.RelationshipEntity));
}
