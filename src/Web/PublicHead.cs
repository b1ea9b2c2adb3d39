using System.Net;
using Calf.Accounts;

namespace Calf.Web;

/// <summary>What a public page tells to machines: OpenGraph, its ActivityPub address, whether it wants to be found.</summary>
public sealed record PublicHead(Site Site, Account Owner)
{
    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Url { get; init; }

    /// <summary>The same thing as ActivityPub.</summary>
    public required string Uri { get; init; }

    /// <summary>OpenGraph's word: profile or article.</summary>
    public required string Type { get; init; }

    public LinkPicture? Picture { get; init; }

    /// <summary>The page whose feeds a reader of this one may want; the endings are in <see cref="FeedKind"/>.</summary>
    public string? FeedsOf { get; init; }

    /// <summary>The page of newer posts.</summary>
    public string? Newer { get; init; }

    /// <summary>The page of older posts.</summary>
    public string? Older { get; init; }

    public DateTimeOffset? Published { get; init; }

    public Html Render() => Html.Of($"""
        <meta name="description" content="{Description}">
        <link rel="canonical" href="{Url}">
        <link rel="alternate" type="application/activity+json" href="{Uri}">
        <meta property="og:site_name" content="{Site.Domain}">
        <meta property="og:type" content="{Type}">
        <meta property="og:title" content="{Title}">
        <meta property="og:description" content="{Description}">
        <meta property="og:url" content="{Url}">
        {Picture?.Tags() ?? Html.Empty}{PublishedTag()}<meta name="twitter:card" content="{(Picture is { IsLarge: true } ? "summary_large_image" : "summary")}">
        <meta name="fediverse:creator" content="@{Owner.Username}@{Site.Domain}">
        {Robots()}{When(FeedsOf, Feeds)}{When(Newer, url => Relation("prev", url))}{When(Older, url => Relation("next", url))}{Type switch { "profile" => Me(), _ => Html.Empty }}
        """);

    private Html PublishedTag() => Published is { } time ? Html.Of($"""<meta property="article:published_time" content="{time}">""") : Html.Of($"""<meta property="profile:username" content="{Owner.Username}">""");

    private Html Robots() => Owner.Indexable ? Html.Empty : Html.Of($"""<meta name="robots" content="noindex">""");

    /// <summary>The pages that the owner calls theirs in the profile's facts; those that link back count as verified elsewhere.</summary>
    private Html Me() => Html.Join(Owner.Fields.Select(field => AddressIn(field.Value)).OfType<string>().Select(url => Html.Of($"<link rel=\"me\" href=\"{Html.Address(url)}\">\n        ")));

    private static Html Feeds(string page) => Html.Join(FeedKind.All.Select(kind => Html.Of($"""
        <link rel="alternate" type="application/{kind.Format}+{kind.Syntax}" href="{page}.{kind.Ending}">

        """)));

    private static Html Relation(string relation, string url) => Html.Of($"<link rel=\"{relation}\" href=\"{url}\">\n");

    private static string? AddressIn(string html)
    {
        var start = html.IndexOf("href=\"", StringComparison.Ordinal);
        var end = start < 0 ? -1 : html.IndexOf('"', start + 6);
        return end < 0 ? null : WebUtility.HtmlDecode(html[(start + 6)..end]);
    }

    private static Html When(string? value, Func<string, Html> then) => string.IsNullOrEmpty(value) ? Html.Empty : then(value);
}
