using System.Buffers.Text;
using Calf.Accounts;
using Calf.Notifications;
using Calf.Security;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Push;

/// <summary>An app subscribes to pushes for its token, a signed-in browser for its session. https://docs.joinmastodon.org/methods/push/</summary>
public static class PushApi
{
    private const string Path = "/api/v1/push/subscription";
    private const int MaxEndpoint = 2048;

    private static readonly IReadOnlyList<string> Types =
    [
        NotificationTypes.Mention, NotificationTypes.Status, NotificationTypes.Boost, NotificationTypes.Follow, NotificationTypes.FollowRequest,
        NotificationTypes.Favourite, NotificationTypes.Poll, NotificationTypes.Update, NotificationTypes.Quote, NotificationTypes.QuotedUpdate,
        "admin.sign_up", NotificationTypes.Report,
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Handle<Database, Site, PushKey, TimeProvider>(Subscribe)).RequireScope("push");
        routes.MapGet(Path, Handle<Database, PushKey>(Show)).RequireScope("push");
        routes.MapPut(Path, Handle<Database, PushKey>(Change)).RequireScope("push");
        routes.MapDelete(Path, Handle<Database>(Unsubscribe)).RequireScope("push");
        routes.MapPost("/api/calf/v1/push/test", Handle<Database, PushSending, Owner>(Test)).RequireScope("push");
    }

    private static async Task<IResult> Subscribe(ApiRequest request, Database database, Site site, PushKey key, TimeProvider time)
    {
        var p = request.Parameters;
        var subscription = new PushSubscription(
            Ids.At(time.GetUtcNow()), HolderOf(request), TokenOf(request), Endpoint(p.Text("subscription[endpoint]"), site),
            Bytes(p.Text("subscription[keys][p256dh]")) is { } given && WebPushEncryption.IsKey(given) ? given : throw Invalid("Key p256dh is invalid"),
            Bytes(p.Text("subscription[keys][auth]")) is { Length: WebPushEncryption.AuthBytes } auth ? auth : throw Invalid("Key auth is invalid"),
            p.Is("subscription[standard]"), AlertsIn(p, []), PolicyIn(p) ?? PushPolicies.Everybody)
        { Language = Words.Language };
        await database.Write(c => PushStore.Save(c, subscription));
        return Answer(subscription, key);
    }

    private static IResult Show(ApiRequest request, Database database, PushKey key) => Answer(database.Read(c => Require(c, request)), key);

    private static async Task<IResult> Change(ApiRequest request, Database database, PushKey key)
    {
        var policy = PolicyIn(request.Parameters);
        return Answer(await database.Write(c =>
        {
            var before = Require(c, request);
            var changed = before with { Alerts = AlertsIn(request.Parameters, before.Alerts), Policy = policy ?? before.Policy, Language = Words.Language };
            PushStore.Change(c, changed);
            return changed;
        }), key);
    }

    private static async Task<IResult> Unsubscribe(ApiRequest request, Database database)
    {
        await database.Write(c =>
        {
            if (PushStore.Find(c, HolderOf(request)) is { } subscription) PushStore.Remove(c, subscription.Id);
        });
        return Answers.Empty();
    }

    private static async Task<IResult> Test(ApiRequest request, Database database, PushSending sending, Owner owner)
    {
        var to = database.Read(c => PushStore.Find(c, HolderOf(request))) ?? throw ApiException.NotFound(Words.T("There is no subscription to push to. Turn notifications on first."));
        var result = await sending.SendTest(owner.Required, to, request.Aborted);
        if (result == PushResult.Later)
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, Words.T("The push service {host} did not take the notification. Try again in a while.", ("host", new Uri(to.Endpoint).Host)));
        if (result == PushResult.Done) return Answers.Empty();
        await database.Write(c => PushStore.Remove(c, to.Id));
        throw ApiException.Invalid(Words.T("The push service {host} says that this subscription is over. Turn notifications off and on again.", ("host", new Uri(to.Endpoint).Host)));
    }

    private static PushSubscription Require(Connection c, ApiRequest request) => PushStore.Find(c, HolderOf(request)) ?? throw ApiException.NotFound();

    private static PushHolder HolderOf(ApiRequest request) => new(request.Caller!.TokenId, request.Caller.SessionId);

    private static string TokenOf(ApiRequest request) => request.Caller!.IsBrowser ? "" : CallerLookup.TokenOf(request.Http.Request)!;

    private static string Endpoint(string? text, Site site)
    {
        if (text is not { Length: > 0 and <= MaxEndpoint } || !Uri.TryCreate(text, UriKind.Absolute, out var address)) throw Invalid("Endpoint is not a valid URL");
        var allowed = address.Scheme == Uri.UriSchemeHttps || (site.IsLocal && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
        return allowed && address.UserInfo.Length == 0 ? text : throw Invalid("Endpoint is not a valid URL");
    }

    /// <summary>What is not named is not wanted when subscribing, and stays when changing.</summary>
    private static List<string> AlertsIn(Parameters p, IReadOnlyList<string> before) =>
        [.. Types.Where(type => p.Bool($"data[alerts][{type}]") ?? before.Contains(type))];

    private static string? PolicyIn(Parameters p)
    {
        var policy = p.Text("data[policy]") is { Length: > 0 } inData ? inData : p.Text("policy");
        if (string.IsNullOrEmpty(policy)) return null;
        return PushPolicies.All.Contains(policy) ? policy : throw Invalid("Policy has to be all, followed, follower or none");
    }

    /// <summary>Apps write base64 with either alphabet, with and without padding.</summary>
    private static byte[]? Bytes(string? text)
    {
        var url = text?.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return string.IsNullOrEmpty(url) || !Base64Url.IsValid(url) ? null : Base64Url.DecodeFromChars(url);
    }

    private static ApiException Invalid(string what) => ApiException.Invalid($"Validation failed: {what}");

    private static IResult Answer(PushSubscription s, PushKey key) => Answers.Json(
        new PushSubscriptionEntity(
            Entities.EntityText.Of(s.Id), s.Endpoint, s.Standard, Types.ToDictionary(type => type, s.Alerts.Contains), key.Key.PublicKey, s.Policy),
        MastodonJson.Api.PushSubscriptionEntity);
}
