using Microsoft.AspNetCore.Diagnostics;

namespace Calf.Web;

/// <summary>The page for an address that leads nowhere. Who does not ask for a page gets none: programs read the status.</summary>
public static class MissingPage
{
    public static Task Show(StatusCodeContext unanswered)
    {
        var context = unanswered.HttpContext;
        var asksForPage = (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        return context.Response.StatusCode == StatusCodes.Status404NotFound && asksForPage
            ? PublicPagesApi.Missing(context.RequestServices.GetRequiredService<Layout>()).ExecuteAsync(context)
            : Task.CompletedTask;
    }
}
