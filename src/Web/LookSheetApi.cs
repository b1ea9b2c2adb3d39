using Calf.Accounts;

namespace Calf.Web;

/// <summary>Hands out the owner's own style sheet.</summary>
public static class LookSheetApi
{
    public static void MapLookSheet(this IEndpointRouteBuilder app) => app.MapMethods(OwnLook.Path, [HttpMethods.Get, HttpMethods.Head], Serve);

    private static async Task Serve(HttpContext context, OwnLook look)
    {
        var (response, sheet) = (context.Response, look.Sheet);
        var (headers, tag) = (response.Headers, $"\"{sheet.Hash}\"");
        headers.ETag = tag;
        headers.CacheControl = context.Request.Query["v"] == sheet.Hash ? AppFilesApi.ForEver : AppFilesApi.AskAgain;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = AppFilesApi.FilePolicy;
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "text/css; charset=utf-8";
        response.ContentLength = sheet.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(sheet.Bytes, context.RequestAborted);
    }
}
