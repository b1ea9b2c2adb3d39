using Calf.Media;
using Microsoft.Net.Http.Headers;

namespace Calf.Web;

/// <summary>Hands out stored media. A name stands for one content for ever, so that readers and proxies need not ask again.</summary>
public static class MediaFilesApi
{
    public static void MapMediaFiles(this IEndpointRouteBuilder app) =>
        app.MapMethods("/media/{name}", [HttpMethods.Get, HttpMethods.Head], Serve);

    private static IResult Serve(string name, HttpResponse response, MediaFolder folder)
    {
        if (folder.Find(name) is not { } file || MediaType.OfExtension(file.Extension[1..]) is not { } type) return TypedResults.NotFound();
        var headers = response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        // Should a browser ever take one for a page, nothing in it may run or load.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.AccessControlAllowOrigin = "*";
        return TypedResults.PhysicalFile(file.FullName, type.Mime, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{name}\""));
    }
}
