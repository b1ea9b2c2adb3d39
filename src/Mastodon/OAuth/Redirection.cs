namespace Calf.Mastodon.OAuth;

/// <summary>
/// 303, also to the addresses of apps on a device such as <c>tusky://oauth</c>: the framework's own result would escape them anew.
/// </summary>
public sealed class Redirection : IResult
{
    private readonly string target;

    private Redirection(string target) => this.target = target;

    public static IResult To(string target) => new Redirection(target);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = target;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
