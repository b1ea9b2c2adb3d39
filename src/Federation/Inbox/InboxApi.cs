using System.Globalization;

namespace Calf.Federation.Inbox;

/// <summary>The inboxes: the shared one, the owner's and the instance actor's. All lead to the same ladder.</summary>
public static class InboxApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/inbox", (HttpContext context, Reception reception, Settings settings) => Receive(context, reception, settings, personal: false));
        routes.MapPost("/users/{username}/inbox", async (HttpContext context, string username, Accounts.Owner owner, Reception reception, Settings settings) =>
        {
            if (!string.Equals(owner.Account?.Username, username, StringComparison.OrdinalIgnoreCase))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            await Receive(context, reception, settings, personal: true);
        });
    }

    private static async Task Receive(HttpContext context, Reception reception, Settings settings, bool personal)
    {
        var body = await ReadBody(context.Request, settings.Limits.InboxBytes);
        var answer = body is null
            ? await reception.RefuseTooLarge(settings.Limits.InboxBytes)
            : await reception.Receive(context.Request, body, personal, context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } wait) context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (answer.Reason.Length == 0) return;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(answer.Reason, context.RequestAborted);
    }

    /// <summary>Null when it is longer than allowed; no more than that is read.</summary>
    private static async Task<byte[]?> ReadBody(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) return null;
        if (request.ContentLength is { } length)
        {
            var whole = new byte[length];
            await request.Body.ReadExactlyAsync(whole, request.HttpContext.RequestAborted);
            return whole;
        }
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit) return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }
}
