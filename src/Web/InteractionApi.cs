using System.Globalization;
using Calf.Accounts;
using Calf.Federation;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;
using Microsoft.AspNetCore.Mvc;

namespace Calf.Web;

/// <summary>The ways between servers for people: readers of this one to their own, and the owner back from the pages of others.</summary>
public static class InteractionApi
{
    /// <summary>Takes the owner to what another server's page shows. Mastodon's path, which many servers guess.</summary>
    public const string Inward = "/authorize_interaction";

    /// <summary>Takes a reader to their own server.</summary>
    public const string Outward = "/interact";

    public static void MapInteractions(this IEndpointRouteBuilder app)
    {
        app.MapGet(Outward, GoOn);
        app.MapGet(Inward, Come);
    }

    private static async Task<IResult> GoOn(
        HttpContext context, Owner owner, Site site, Layout layout, Database database, InteractionLimits limits, RemoteInteraction interaction, [FromQuery] string? from, [FromQuery] long? post)
    {
        if (owner.Account is not { } account) return PublicPagesApi.NotSetUp(layout);
        var status = post is { } id ? database.Read(c => StatusStore.Find(c, id) is { IsOpen: true, IsBoost: false } s && s.AccountId == account.Id ? s : null) : null;
        if (post is not null && status is null) return PublicPagesApi.Missing(layout);
        var pages = new InteractionPages(layout, site, account, status);

        var visitor = from ?? "";
        if (RemoteInteraction.HostOf(visitor) is { } host && database.Read(c => DomainBlockStore.Covers(c, host))) return pages.Refused(host);
        if (RemoteInteraction.Asks(visitor))
        {
            var address = context.Connection.RemoteIpAddress;
            if (limits.Wait(address) is { } wait)
            {
                context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return pages.TooMany();
            }
            limits.Count(address);
        }
        if (await interaction.Find(visitor, pages.Uri, isPerson: status is null, context.RequestAborted) is not { } place) return pages.NoServer();
        if (place.Address is null) return pages.NotSaid(place);
        // At once only for who filled in the form here. A link elsewhere must not make an address of ours lead anywhere somebody likes.
        if (place.IsSaid && SessionCookie.IsSameOrigin(context.Request, site)) context.Response.Headers["Refresh"] = $"0; url={place.Address}";
        return pages.Onward(place);
    }

    /// <summary>Looks only; whatever is done with it is done in the app.</summary>
    private static IResult Come(HttpContext context, Owner owner, Sessions sessions, Database database, [FromQuery] string? uri, [FromQuery] string? acct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (owner.Account is null) return Results.Redirect("/");
        if (sessions.Current(context) is null) return Results.Redirect($"{SignInApi.Path}?next={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        var asked = (uri ?? acct ?? "").Trim();
        if (asked.StartsWith("acct:", StringComparison.OrdinalIgnoreCase)) asked = asked["acct:".Length..];
        return Results.Redirect(asked.Length == 0 ? "/find" : database.Read(c => PlaceOf(c, asked)) ?? $"/find?q={Uri.EscapeDataString(asked)}");
    }

    /// <summary>Where the app shows what is known here already; the rest it finds at its server.</summary>
    private static string? PlaceOf(Connection c, string address) =>
        StatusStore.FindByAddress(c, address) is { } status ? string.Create(CultureInfo.InvariantCulture, $"/posts/{status.BoostOfId ?? status.Id}")
        : AccountStore.FindByUri(c, address) is { } account ? string.Create(CultureInfo.InvariantCulture, $"/people/{account.Id}")
        : null;
}

/// <summary>How often strangers can make this server ask another one where they go on.</summary>
public sealed class InteractionLimits(TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public const int FromOneAddress = 20;
    public const int InAll = 200;

    private readonly AddressLimits asked = new(time, Window, FromOneAddress, InAll);

    public TimeSpan? Wait(System.Net.IPAddress? address) => asked.Wait(address);

    public void Count(System.Net.IPAddress? address) => asked.Count(address);
}
