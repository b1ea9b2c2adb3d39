using Calf.Mastodon.Entities;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The empty header picture under the path by which apps know that there is none.</summary>
public static class PicturesApi
{
    /// <summary>One transparent pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(AccountRendering.MissingHeaderPath, [HttpMethods.Get, HttpMethods.Head], Handle((ApiRequest request) =>
        {
            var response = request.Http.Response;
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            return TypedResults.Bytes(Pixel, "image/png");
        }));
}
