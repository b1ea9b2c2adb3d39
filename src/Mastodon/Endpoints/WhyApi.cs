using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Federation.Why;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// Why the owner does not see something. <c>why?url=</c> takes the address of a post or a profile, or a handle, and with <c>fetch=true</c>
/// asks its server too; <c>why/fetch?url=</c> brings it here; <c>verdicts</c> is what was refused lately, whatever it was.
/// </summary>
public static class WhyApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calf/v1/why", Handle<WhyNot, Rendering>(Explain)).RequireScope("read:statuses");
        // What it does search does too, by that scope.
        routes.MapPost("/api/calf/v1/why/fetch", Handle<WhyNot, Rendering>(Fetch)).RequireScope("read:search");
        routes.MapGet("/api/calf/v1/verdicts", Handle<Database>(Latest)).RequireScope("read:statuses");
    }

    private static async Task<IResult> Explain(ApiRequest request, WhyNot whyNot, Rendering rendering) =>
        rendering.Answer(await whyNot.Explain(Url(request), request.Parameters.Is("fetch"), request.Aborted));

    private static async Task<IResult> Fetch(ApiRequest request, WhyNot whyNot, Rendering rendering) =>
        rendering.Answer(await whyNot.Fetch(Url(request), request.Aborted));

    private static IResult Latest(ApiRequest request, Database database)
    {
        IReadOnlyList<VerdictEntity> verdicts = [.. database.Read(c => VerdictStore.Latest(c, ApiRequest.MaxStatuses)).Select(VerdictEntity.Of)];
        return Answers.Json(verdicts, MastodonJson.Api.IReadOnlyListVerdictEntity);
    }

    private static string Url(ApiRequest request) => request.Parameters.Text("url") is { Length: > 0 } url ? url : throw ApiException.Missing("url");

    /// <summary>Makes the answer with the post or the account itself.</summary>
    public sealed class Rendering(Database database, StatusRendering statuses, AccountRendering accounts)
    {
        internal IResult Answer(Explanation e) => database.Read(c => Answers.Json(
            WhyEntity.Of(e) with
            {
                Status = e.StatusId is { } id && StatusStore.Find(c, id) is { } status ? statuses.Render(c, status, byOwner: true) : null,
                Account = e.AccountId is { } known && AccountStore.Find(c, known) is { } account ? accounts.Render(c, [account], byOwner: true)[0] : null,
            }, MastodonJson.Api.WhyEntity));
    }
}
