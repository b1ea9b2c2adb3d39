using System.Globalization;
using Calf.Accounts;
using Calf.Statuses;
using Calf.Store;
using Microsoft.AspNetCore.Mvc;

namespace Calf.Web;

/// <summary>The pages that everybody may see.</summary>
public static class PublicPagesApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPublicPages(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Reading, First);
        foreach (var tab in Enum.GetValues<ProfileTab>())
            app.MapMethods("/@{username}" + ProfilePage.PathOf(tab), Reading, (
                HttpContext context, string username, Owner owner, ProfilePage page, Database database, Layout layout, [FromQuery(Name = "max_id")] long? maxId, [FromQuery(Name = "min_id")] long? minId) =>
                owner.Account is not { } account ? NotSetUp(layout)
                    : (owner.IsNamed(username) ? database.Read(c => page.Render(c, AccountStore.Find(c, account.Id)!, tab, new(maxId, minId))) : null)?.Answer(context) ?? Missing(layout));
        app.MapMethods("/@{username}/{id:long}", Reading, Post);
        app.MapMethods("/tags/{tag}", Reading, Tag);
    }

    /// <summary>The owner's browser goes to the app, everybody else to the profile.</summary>
    private static IResult First(HttpContext context, Owner owner, Sessions sessions, Site site, Layout layout)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (owner.Account is not { } account) return NotSetUp(layout);
        return Results.Redirect(sessions.Current(context) is null ? site.ProfileUrl(account.Username) : "/home");
    }

    // Not [AsParameters]: the endpoint would then say that it takes JSON, and routing would prefer the document's of the same address.
    private static IResult Post(
        HttpContext context, string username, long id, Owner owner, Sessions sessions, StatusPage page, Database database, Layout layout, Site site)
    {
        if (owner.Account is not { } account) return NotSetUp(layout);
        if (!username.Equals(account.Username, StringComparison.OrdinalIgnoreCase)) return Missing(layout);
        var found = database.Read(c =>
            StatusStore.Find(c, id) is { IsOpen: true, IsBoost: false } status && status.AccountId == account.Id ? page.Render(c, account, status) : null);
        if (found is not null) return found.Answer(context);
        // What is not for everybody opens in the owner's app; strangers learn not even that it exists.
        if (sessions.Current(context) is not null) return Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/posts/{id}"));
        return database.Read(c => Tombstones.Find(c, site.StatusUri(account.Username, id))) is null ? Missing(layout) : Gone(layout);
    }

    private static IResult Tag(
        HttpContext context, string tag, Owner owner, TagPage page, Database database, Layout layout, [FromQuery(Name = "max_id")] long? maxId, [FromQuery(Name = "min_id")] long? minId)
    {
        if (owner.Account is not { } account) return NotSetUp(layout);
        return database.Read(c => page.Render(c, account, tag, new(maxId, minId)))?.Answer(context) ?? Missing(layout);
    }

    internal static Page NotSetUp(Layout layout) => new(layout.Error(Words.T("Nobody lives here yet"),
        Words.T("Calf runs, and waits for its owner. The link to begin with was printed where it was started."), Html.Empty), StatusCodes.Status404NotFound);

    internal static Page Missing(Layout layout) => new(layout.Error(Words.T("There is nothing at this address"),
        Words.T("It may have moved, it may be for its readers only, or it never was."), Html.Of($"""<a class="button" href="/">{Words.T("Go to the first page")}</a>""")), StatusCodes.Status404NotFound);

    private static Page Gone(Layout layout) => new(layout.Error(Words.T("This post was deleted"),
        Words.T("Its author took it back. Copies elsewhere are asked to go, too."), Html.Of($"""<a class="button" href="/">{Words.T("See what is here")}</a>""")), StatusCodes.Status410Gone);
}
