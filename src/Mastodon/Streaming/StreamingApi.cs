using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Streaming;

/// <summary>
/// https://docs.joinmastodon.org/methods/streaming/. Mastodon's streaming is a program of its own, with its own words for what is wrong;
/// so who asks is looked at here, not at the gate.
/// </summary>
public static class StreamingApi
{
    private const string Root = "/api/v1/streaming";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/health", Handle((ApiRequest request) => TypedResults.Text("OK"))).Open();
        // Some apps ask at the root for server-sent events as well, with the stream's name in the query.
        routes.MapGet(Root, Handle((ApiRequest request, StreamHub hub, CallerLookup callers) => Answer(request, hub, callers, request.Parameters.Text("stream")))).Open();
        routes.MapGet(Root + "/{**unknown}", Handle((ApiRequest request, StreamHub hub, CallerLookup callers) => Answer(request, hub, callers, null))).Open();
        Stream(routes, "/user", StreamName.User);
        Stream(routes, "/user/notification", StreamName.Notifications);
        Stream(routes, "/public", StreamName.Public);
        Stream(routes, "/public/local", StreamName.PublicLocal);
        Stream(routes, "/public/remote", StreamName.PublicRemote);
        Stream(routes, "/hashtag", StreamName.Hashtag);
        Stream(routes, "/hashtag/local", StreamName.HashtagLocal);
        Stream(routes, "/list", StreamName.List);
        Stream(routes, "/direct", StreamName.Direct);
    }

    private static void Stream(IEndpointRouteBuilder routes, string path, string name) =>
        routes.MapGet(Root + path, Handle((ApiRequest request, StreamHub hub, CallerLookup callers) =>
            Answer(request, hub, callers, name.StartsWith(StreamName.Public, StringComparison.Ordinal) && request.Parameters.Is("only_media") ? StreamName.Media(name) : name))).Open();

    /// <summary>A socket is opened at any of the addresses: what it is for it says by itself.</summary>
    private static async Task<IResult> Answer(ApiRequest request, StreamHub hub, CallerLookup callers, string? name)
    {
        if (request.Http.WebSockets.IsWebSocketRequest) await Connect(request, hub, callers);
        else if (string.IsNullOrEmpty(name)) throw ApiException.Malformed("Unknown channel requested");
        else await Events(request, hub, callers, name);
        return Results.Empty;
    }

    private static async Task Events(ApiRequest request, StreamHub hub, CallerLookup callers, string name)
    {
        using var listener = hub.Listen(await Identify(request.Http, callers));
        listener.Subscribe(name, request.Parameters.Text("tag"), request.Parameters.Text("list"));
        await ServerSentEvents.Send(request.Http, listener);
    }

    private static async Task Connect(ApiRequest request, StreamHub hub, CallerLookup callers)
    {
        var (http, asked) = (request.Http, request.Parameters);
        var first = asked.Text("stream") is { Length: > 0 } name ? new StreamWish(StreamWish.Subscribe, name, asked.Text("tag"), asked.Text("list")) : (StreamWish?)null;
        using var listener = hub.Listen(await Identify(http, callers));
        // The subprotocol was the token; a browser that offered one wants it back.
        var protocol = http.WebSockets.WebSocketRequestedProtocols is [var offered, ..] ? offered : null;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(protocol);
        using var carrier = new StreamSocket(socket, listener);
        await carrier.Run(first, request.Aborted);
    }

    private static async Task<Caller> Identify(HttpContext http, CallerLookup callers)
    {
        var words = CallerLookup.TokenOf(http.Request) is null ? "Missing access token" : "Invalid access token";
        try
        {
            if (await callers.Find(http) is { ByOwner: true } caller) return caller;
        }
        catch (ApiException refused) when (refused.Status == StatusCodes.Status401Unauthorized)
        {
            // Told below.
        }
        // Who opens a socket is shown no body.
        if (http.WebSockets.IsWebSocketRequest) http.Response.Headers["X-Error-Message"] = words;
        throw new ApiException(StatusCodes.Status401Unauthorized, words);
    }
}
