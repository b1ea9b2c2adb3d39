namespace Calf.Mastodon.Streaming;

/// <summary>https://docs.joinmastodon.org/methods/streaming/</summary>
public static class StreamingApi
{
    private const string Root = "/api/v1/streaming";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/health", (ApiRequest request) => TypedResults.Text("OK")).Open();
        // Listening to a stream takes its scope; StreamListener looks at it, since one socket carries several.
        routes.MapGet(Root, Socket).RequireScope("read:statuses", "read:notifications", "read:lists");
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
        routes.MapGet(Root + path, (ApiRequest request, StreamHub hub) => Events(request, hub, name)).RequireScope("read:statuses", "read:notifications", "read:lists");

    private static async Task Events(ApiRequest request, StreamHub hub, string name)
    {
        using var listener = hub.Listen(request.Caller!);
        listener.Subscribe(StreamName.Parse(name, request.Parameters.Text("tag"), request.Parameters.Text("list")));
        await ServerSentEvents.Send(request.Http, listener);
    }

    private static async Task Socket(ApiRequest request, StreamHub hub)
    {
        var name = request.Parameters.Text("stream");
        // Some apps ask here for server-sent events as well, with the stream's name in the query.
        if (!request.Http.WebSockets.IsWebSocketRequest)
        {
            await Events(request, hub, name ?? "");
            return;
        }
        using var listener = hub.Listen(request.Caller!);
        if (name is not null) listener.Subscribe(StreamName.Parse(name, request.Parameters.Text("tag"), request.Parameters.Text("list")));
        // The subprotocol was the token; a browser that offered one wants it back.
        var protocol = request.Http.WebSockets.WebSocketRequestedProtocols is [var first, ..] ? first : null;
        using var socket = await request.Http.WebSockets.AcceptWebSocketAsync(protocol);
        using var carrier = new StreamSocket(socket, listener);
        await carrier.Run(request.Aborted);
    }
}
