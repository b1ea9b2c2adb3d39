using System.Globalization;
using Calf.Accounts;
using Calf.Federation;
using Calf.Media;
using Calf.Store;

namespace Calf.Web;

/// <summary>A way to write a feed. Its media type is <c>application/FORMAT+SYNTAX</c>.</summary>
/// <param name="Ending">Of its address, after the page's.</param>
public sealed record FeedKind(string Ending, string Format, string Syntax, Func<Feed, byte[]> Write)
{
    public static IReadOnlyList<FeedKind> All { get; } =
    [
        new("rss", "rss", "xml", FeedXml.Rss),
        new("atom", "atom", "xml", FeedXml.Atom),
        new("json", "feed", "json", FeedJson.Of),
    ];
}

/// <summary>Hands out what the owner wrote as feeds: beside the profile and beside the page of a hashtag.</summary>
public static class FeedApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        // Before the profile, for which every such address is one of a user name with a full stop.
        foreach (var kind in FeedKind.All)
        {
            app.MapMethods($"/@{{name}}.{kind.Ending}", Reading, (HttpContext context, string name, Owner owner, Site site, RemoteMediaUrls urls, Database database) =>
                Answer(context, kind, owner.IsNamed(name) ? database.Read(c => Feed.OfProfile(c, site, owner.Required, urls)) : null)).WithOrder(-1);
            app.MapMethods($"/tags/{{name}}.{kind.Ending}", Reading, (HttpContext context, string name, Owner owner, Site site, RemoteMediaUrls urls, Database database) =>
                Answer(context, kind, owner.Account is { } account ? database.Read(c => Feed.OfTag(c, site, account, name, urls)) : null)).WithOrder(-1);
        }
    }

    private static IResult Answer(HttpContext context, FeedKind kind, Feed? feed)
    {
        if (feed is null) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.LastModified = feed.Updated.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        if (!feed.Owner.Indexable) headers["X-Robots-Tag"] = "noindex";
        // A browser may show one as a document: nothing in it may run or load.
        Page.Protect(headers, "default-src 'none'; sandbox");
        return new PublicAnswer(kind.Write(feed), $"application/{kind.Format}+{kind.Syntax}; charset=utf-8", CacheTopic.Posts, forEverybody: true);
    }
}
