using Calf.Accounts;
using Calf.Federation;
using Calf.Statuses;

namespace Calf.Web;

/// <summary>What somebody is told on the way to their own server. <paramref name="Post"/>: null where it is about the owner.</summary>
internal sealed record InteractionPages(Layout Layout, Site Site, Account Owner, Status? Post)
{
    /// <summary>The ActivityPub id of what it is about.</summary>
    public string Uri => Post?.Uri ?? Owner.Uri;

    /// <summary>What to search for in an app, where nothing else helps.</summary>
    private string Searchable => Post?.Url ?? $"@{Owner.Username}@{Site.Domain}";

    private string Back => Post?.Url ?? Site.ProfileUrl(Owner.Username);

    /// <summary>A page with a link even where the browser goes on by itself: the policy of our pages lets forms lead to this server only.</summary>
    public Page Onward(InteractionPlace place) => new(Layout.Error(Words.T("On to {server}", ("server", place.Host)),
        (Post is null ? Words.T("There you confirm that you follow {address}.", ("address", Searchable)) : Words.T("There you can answer, favourite or boost this post.")) + " "
            + Words.T("If nothing opens, search for {address} in your app.", ("address", Searchable)),
        Html.Of($"""<a class="button" href="{Html.Address(place.Address)}" rel="noopener nofollow">{Words.T("Go on at {server}", ("server", place.Host))}</a>""")));

    public Page NoServer() => new(Layout.Error(Words.T("Which server is that"),
        Words.T("Your address on the fediverse looks like @you@example.social. The name of your server alone is the last part of it."), BackLink()), StatusCodes.Status400BadRequest);

    public Page NotSaid(InteractionPlace place) => new(Layout.Error(Words.T("{server} did not say where", ("server", place.Host)),
        Words.T("It does not know that address, did not answer, or has no such page. Check the spelling, or search for {address} in your app.", ("address", Searchable)), BackLink()), StatusCodes.Status502BadGateway);

    /// <summary>A server that the owner blocks. It is not said that this is why: the list of those is the owner's.</summary>
    public Page Refused(string host) => new(Layout.Error(Words.T("Not with {server}", ("server", host)),
        Words.T("What comes from {server} is not taken here. With an account on another server you can go on.", ("server", host)), BackLink()), StatusCodes.Status403Forbidden);

    public Page TooMany() => new(Layout.Error(Words.T("Too many at once"),
        Words.T("From your network many have been led on just now. Try again in a quarter of an hour, or search for {address} in your app.", ("address", Searchable)), BackLink()), StatusCodes.Status429TooManyRequests);

    private Html BackLink() => Html.Of($"""<a class="button" href="{Back}">{Words.T("Back")}</a>""");
}

/// <summary>The boxes on pages from which readers go on to their own server, without a script.</summary>
internal static class InteractionBox
{
    public static Html Follow(Account owner, Site site) => Box(Words.T("Follow||the title of a box"), Html.Of($"""
        <p>{Words.T("Search for this address in any app of the fediverse, such as Mastodon:")}</p>
        <p class="handle">@{owner.Username}@{site.Domain}</p>
        """), null);

    public static Html Answer(Status status) => Box(Words.T("Answer or favourite"), Html.Of($"""
        <p>{Words.T("From your own server: search for the address of this post in your app, or go there from here.")}</p>
        """), status.Id);

    private static Html Box(string words, Html text, long? post) => Html.Of($"""
        <details class="follow"><summary>{words}</summary><div>
        {text}
        <form action="{InteractionApi.Outward}" method="get">{(post is { } id ? Html.Of($"""<input type="hidden" name="post" value="{id}">""") : Html.Empty)}<input name="from" aria-label="{Words.T("Your own address on the fediverse")}" placeholder="@you@example.social" autocapitalize="none" autocomplete="off" spellcheck="false" required><button>{Words.T("Go on there")}</button></form>
        </div></details>
        """);
}
