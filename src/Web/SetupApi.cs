using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Security;
using Microsoft.AspNetCore.Mvc;

namespace Calf.Web;

/// <summary>Setup through the one-time link that was printed where the server was started.</summary>
public static class SetupApi
{
    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        app.MapGet(SetupLink.Page, Show);
        app.MapPost(SetupLink.Page, Create);
    }

    private static IResult Show(SetupPage page, SetupLink link, Owner owner, Layout layout, [FromQuery] string? token)
    {
        if (owner.Account is not null) return Results.Redirect("/");
        return link.Accepts(token) ? new Page(page.Render(token!, new SetupForm("", ""))) { Policy = Page.GatePolicy } : Refused(layout);
    }

    private static async Task<IResult> Create(
        HttpContext context, SetupPage page, SettingUp settingUp, SetupLink link, Owner owner, Sessions sessions, Layout layout, Site site)
    {
        if (!SessionCookie.IsSameOrigin(context.Request, site)) return SignInApi.FromElsewhere(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var token = form["token"].ToString();
        if (owner.Account is not null) return SignInApi.SeeOther("/");
        if (!link.Accepts(token)) return Refused(layout);
        var typed = new SetupForm(form["username"].ToString().Trim(), form["display_name"].ToString().Trim());
        try
        {
            await settingUp.Create(typed.Username, typed.DisplayName, form["password"].ToString());
        }
        catch (ActionException wrong)
        {
            return new Page(page.Render(token, typed, wrong.Message), wrong.Status) { Policy = Page.GatePolicy };
        }
        link.UseUp();
        await sessions.Begin(context);
        return SignInApi.SeeOther("/welcome");
    }

    private static Page Refused(Layout layout) => new(layout.Error(Words.T("This link does not open"),
        Words.T("The link to set Calf up works once and is new at every start. The right one stands where Calf was started."), Html.Empty), StatusCodes.Status403Forbidden);
}
