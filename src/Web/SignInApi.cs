using System.Globalization;
using Calf.Accounts;
using Calf.Security;
using Calf.Store;
using Microsoft.AspNetCore.Mvc;

namespace Calf.Web;

/// <summary>The sign-in page and what its form does.</summary>
public static class SignInApi
{
    public const string Path = "/sign-in";
    private const int MaxUsername = 100;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Show);
        app.MapPost("/session", Begin);
        app.MapPost("/session/end", End);
    }

    private static IResult Show(HttpContext context, SignInPage page, Owner owner, Sessions sessions, [FromQuery] string? next)
    {
        var target = SignInPage.SafeNext(next);
        if (owner.Account is not { } account) return Results.Redirect("/");
        return sessions.Current(context) is null ? new Page(page.Render(account, target)) { Policy = Page.GatePolicy, KeepsOpener = true } : Results.Redirect(target);
    }

    private static async Task<IResult> Begin(HttpContext context, SignInPage page, Owner owner, Sessions sessions, SignInLimits limits, Database database, Site site)
    {
        if (!SessionCookie.IsSameOrigin(context.Request, site)) return FromElsewhere(context);
        if (owner.Account is not { } account) return Results.Redirect("/");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (username, password, next) = (form["username"].ToString().Trim(), form["password"].ToString(), SignInPage.SafeNext(form["next"]));
        IResult Again(string wrong, int status) => new Page(page.Render(account, next, username.Length > MaxUsername ? "" : username, wrong), status) { Policy = Page.GatePolicy, KeepsOpener = true };

        var address = context.Connection.RemoteIpAddress;
        if (limits.Wait(address) is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Again(Words.N((long)Math.Ceiling(wait.TotalMinutes), "Too many wrong passwords. Try again in {n} min.||one minute", "Too many wrong passwords. Try again in {n} min.||minutes"), StatusCodes.Status429TooManyRequests);
        }
        var hash = database.Read(c => Meta.Get(c, Meta.PasswordHash)) ?? "";
        // The password is compared for a wrong name too, so that the time it takes tells nothing.
        var right = password.Length <= Passwords.MaxLength && await limits.Compare(() => Passwords.Verify(password, hash), context.RequestAborted);
        if (!right || !IsOwner(username, account, site))
        {
            limits.Failed(address);
            return Again(Words.T("That user name and password do not belong together."), StatusCodes.Status401Unauthorized);
        }
        await sessions.Begin(context);
        return SeeOther(next);
    }

    private static async Task<IResult> End(HttpContext context, Sessions sessions, Site site)
    {
        if (!SessionCookie.IsSameOrigin(context.Request, site)) return FromElsewhere(context);
        await sessions.End(context);
        return SeeOther("/");
    }

    /// <summary>303: the browser follows with a GET and does not send the form again.</summary>
    internal static IResult SeeOther(string path) => new SeeOtherResult(path);

    internal static IResult FromElsewhere(HttpContext context) => new Page(context.RequestServices.GetRequiredService<Layout>().Error(
        Words.T("Not from here"), Words.T("This form was not sent from a page of this server, so nothing was done. Open the page anew and try again."),
        Html.Of($"""<a class="button" href="/">{Words.T("Go to the first page")}</a>""")), StatusCodes.Status403Forbidden);

    /// <summary>The name alone or the whole handle, in any case.</summary>
    private static bool IsOwner(string username, Account owner, Site site)
    {
        var name = username.TrimStart('@');
        return name.Equals(owner.Username, StringComparison.OrdinalIgnoreCase)
            || name.Equals($"{owner.Username}@{site.Domain}", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = path;
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }
    }
}
