namespace Calf.Web;

/// <summary>Hands out the app's files and its shell.</summary>
public static class AppFilesApi
{
    internal const string ForEver = "public, max-age=31536000, immutable";
    internal const string AskAgain = "no-cache";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapAppFiles(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/app/{**path}", Reading, Serve);
        // Browsers ask for this whatever the page says.
        app.MapMethods("/favicon.ico", Reading, (HttpContext context, AppFiles files) => Serve(context, "icon-192.png", files));
        // At the root: a worker works for what lies below its address.
        app.MapMethods("/" + AppFiles.Worker, Reading, (HttpContext context, AppFiles files) => Send(context, AppFiles.Worker, files, WorkerPolicy));
        app.MapMethods("/robots.txt", Reading, () => TypedResults.Text(Robots));
    }

    /// <summary>Pages may be read; whether they may be found is said on each, as the owner wants it. RFC 9309.</summary>
    private const string Robots = "User-agent: *\nDisallow: /api/\nDisallow: /media/remote/\nDisallow: /interact\nDisallow: /authorize_interaction\n";

    /// <summary>An SVG opened by itself is a document: nothing in it may run or load.</summary>
    internal const string FilePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    /// <summary>It asks this server for what it keeps and for the pictures of what it tells, and does nothing else.</summary>
    private const string WorkerPolicy = "default-src 'none'; connect-src 'self'; img-src 'self'";

    private static Task Serve(HttpContext context, string path, AppFiles files) => Send(context, path, files, FilePolicy);

    private static async Task Send(HttpContext context, string path, AppFiles files, string policy)
    {
        var response = context.Response;
        if (files.Find(path, out var versioned) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var (bytes, encoding, tag) = file.For(context.Request.Headers.AcceptEncoding.ToString());
        var headers = response.Headers;
        headers.ETag = tag;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = versioned ? ForEver : AskAgain;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = policy;
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (encoding is not null) headers.ContentEncoding = encoding;
        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
