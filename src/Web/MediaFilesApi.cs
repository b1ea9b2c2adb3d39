using System.Text.Json;
using Calf.Media;
using Microsoft.Net.Http.Headers;

namespace Calf.Web;

/// <summary>Hands out media, the owner's and those of others. An address stands for one content, so that readers and proxies need not ask again.</summary>
public static class MediaFilesApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapMediaFiles(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/media/{name}", Reading, Serve);
        app.MapMethods(RemoteMediaUrls.Path + "{shape}/{mac}/{url}", Reading, ServeRemote);
    }

    private static async Task Serve(string name, HttpContext context, MediaStore store)
    {
        try
        {
            await Send(context, await Answer(name, context, store));
        }
        catch (MediaPlaceException) when (context.Response.HasStarted)
        {
            context.Abort();
        }
        catch (Exception failure) when (failure is MediaPlaceException or IOException && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.RetryAfter = "60";
            await Refusal(StatusCodes.Status503ServiceUnavailable, "The place where this file lies cannot be reached at the moment.").ExecuteAsync(context);
        }
    }

    private static async Task<IResult> Answer(string name, HttpContext context, MediaStore store)
    {
        if (WantsDocument(context.Request)) return Refusal(StatusCodes.Status406NotAcceptable, NoDocument);
        if (await store.Open(name, PartOf(context.Request), context.RequestAborted) is not { } file) return TypedResults.NotFound();
        Describe(context.Response.Headers);
        return TypedResults.Stream(file.Content, StoredName.TypeIn(name).Mime, lastModified: file.StoredAt, entityTag: Tag(name), enableRangeProcessing: true);
    }

    /// <summary>The part that will be sent, unless conditions of the request say otherwise.</summary>
    private static PartWanted PartOf(HttpRequest request)
    {
        var range = request.GetTypedHeaders().Range?.Ranges;
        var whole = HttpMethods.IsGet(request.Method) && range is null && request.Headers.IfNoneMatch.Count == 0;
        return new PartWanted(whole, range is { Count: 1 } ? range.First().To : null);
    }

    private static async Task ServeRemote(string shape, string mac, string url, HttpContext context, RemoteMediaUrls urls, RemoteMedia media) =>
        await Send(context, await AnswerRemote(context, urls.Read(shape, mac, url), media));

    private static async Task Send(HttpContext context, IResult answer)
    {
        try
        {
            await answer.ExecuteAsync(context);
        }
        catch (IOException) when (context.Response.HasStarted)
        {
            // A file broke off while it was shown, and must not pass for a whole one.
            context.Abort();
        }
    }

    private static async Task<IResult> AnswerRemote(HttpContext context, (string Url, RemoteShape Shape)? asked, RemoteMedia media)
    {
        if (WantsDocument(context.Request)) return Refusal(StatusCodes.Status406NotAcceptable, NoDocument);
        // These addresses are for people. Else two servers that are sent from one to the other would ask each other for ever (wire 119).
        if (context.Request.Headers.UserAgent.ToString().StartsWith(ServersBegin, StringComparison.Ordinal))
            return Refusal(StatusCodes.Status403Forbidden, "Ask the server that the file is from.");
        if (asked is not var (url, shape)) return Refusal(StatusCodes.Status404NotFound, "This server did not make this address.");
        try
        {
            var opened = await media.Open(url, shape, context.RequestAborted);
            Describe(context.Response.Headers);
            return TypedResults.Stream(opened.Stream, opened.Type.Mime, entityTag: Tag(opened.Tag), enableRangeProcessing: true);
        }
        catch (RemoteMediaException e)
        {
            context.Response.Headers.CacheControl = "no-store";
            return Refusal(e.Status, e.Message);
        }
    }

    /// <summary>See <see cref="Security.SafeHttp.UserAgentFor"/>.</summary>
    private const string ServersBegin = "Calf/";

    private const string NoDocument = "Here are media, and no documents.";

    /// <summary>A file that somebody made must not pass for an actor of this server (wire 118).</summary>
    private static bool WantsDocument(HttpRequest request) => request.Headers.Accept.ToString() is var accept
        && (accept.Contains("application/activity+json", StringComparison.OrdinalIgnoreCase) || accept.Contains("application/ld+json", StringComparison.OrdinalIgnoreCase));

    private static void Describe(IHeaderDictionary headers)
    {
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        // Should a browser ever take one for a page, nothing in it may run or load.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.AccessControlAllowOrigin = "*";
    }

    private static EntityTagHeaderValue Tag(string name) => new($"\"{name}\"");

    private static IResult Refusal(int status, string reason) => Results.Text($$"""{"error":"{{JsonEncodedText.Encode(reason)}}"}""", "application/json", statusCode: status);
}
