using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Calf.Tests.Mastodon;

/// <summary>Every GET route of the API that answers with a list, with addresses to ask it by on a <see cref="Furnished"/> server.</summary>
public sealed partial class ListRoutes
{
    /// <summary>Their pages are chained by cursors in Link headers.</summary>
    public static readonly IReadOnlyList<string> Paged =
    [
        "/api/v1/timelines/home",
        "/api/v1/timelines/public",
        "/api/v1/timelines/public?local=true&only_media=true",
        "/api/v1/timelines/public?remote=true",
        "/api/v1/timelines/tag/cows",
        "/api/v1/timelines/tag/cows?any[]=hay&all[]=cows&none[]=barn",
        "/api/v1/timelines/link?url=https://news.test/common",
        "/api/v1/timelines/list/1",
        "/api/v1/timelines/direct",
        "/api/v1/conversations",
        "/api/v1/accounts/11/statuses",
        "/api/v1/accounts/11/statuses?exclude_reblogs=true",
        "/api/v1/accounts/11/statuses?exclude_replies=true",
        "/api/v1/accounts/11/statuses?only_media=true",
        "/api/v1/accounts/11/statuses?tagged=cows",
        "/api/v1/accounts/1/followers",
        "/api/v1/accounts/1/following",
        "/api/v1/accounts/1/endorsements",
        "/api/v1/endorsements",
        "/api/v1/favourites",
        "/api/v1/bookmarks",
        "/api/v1/blocks",
        "/api/v1/mutes",
        "/api/v1/follow_requests",
        "/api/v1/domain_blocks",
        "/api/v1/followed_tags",
        "/api/v1/scheduled_statuses",
        "/api/v1/notifications",
        "/api/v1/notifications?types[]=mention",
        "/api/v1/notifications?types[]=admin.report",
        "/api/v1/notifications?account_id=11",
        "/api/v1/notifications?include_filtered=true",
        "/api/v2/notifications?types[]=mention",
        "/api/v2/notifications?types[]=admin.report",
        "/api/v1/notifications/requests",
        "/api/v1/statuses/200/favourited_by",
        "/api/v1/statuses/200/reblogged_by",
        "/api/v1/statuses/200/quotes",
        "/api/v1/lists/1/accounts",
        "/api/v1/admin/domain_blocks",
        "/api/v1/admin/accounts",
        "/api/v1/admin/accounts?remote=true&active=true",
        "/api/v2/admin/accounts?origin=remote",
        "/api/v2/admin/accounts?username=m",
        "/api/v1/admin/reports",
        "/api/v1/admin/reports?target_account_id=1",
        "/api/calf/v1/reports",
    ];

    /// <summary>Their pages are counted off by an offset.</summary>
    public static readonly IReadOnlyList<string> ByOffset =
    [
        "/api/v1/trends",
        "/api/v1/trends/tags",
        "/api/v1/trends/links",
        "/api/v1/trends/statuses",
        "/api/v1/accounts/1/collections",
        "/api/v1/accounts/1/in_collections",
        "/api/v1/directory",
        "/api/v1/directory?order=new",
        "/api/v2/search?q=moo&type=accounts",
        "/api/v2/search?q=grass&type=statuses",
        "/api/v2/search?q=-barn%20grass%20before%3A2030-01-01&type=statuses",
        "/api/v2/search?q=trend&type=hashtags",
        "/api/v1/accounts/search?q=moo",
    ];

    /// <summary>One page holds all that there is, or the first few of it.</summary>
    public static readonly IReadOnlyList<string> Whole =
    [
        "/api/v1/accounts?" + Ids(Newcomers.First, 1),
        "/api/v1/accounts/relationships?" + Ids(Newcomers.First, 1),
        "/api/v1/accounts/familiar_followers?" + Ids(Newcomers.First, 1),
        "/api/v1/accounts/11/lists",
        "/api/v1/accounts/1/featured_tags",
        "/api/v1/accounts/1/statuses?pinned=true",
        "/api/v1/featured_tags",
        "/api/v1/featured_tags/suggestions",
        "/api/v1/filters",
        "/api/v2/filters",
        "/api/v2/filters/1/keywords",
        "/api/v2/filters/1/statuses",
        "/api/v1/instance/domain_blocks",
        "/api/v1/instance/peers",
        "/api/v1/lists",
        "/api/v1/statuses?" + Ids(Newcomers.FirstOwnPost, Newcomers.PostsOfEach),
        "/api/v1/statuses/200/context",
        "/api/v1/statuses/200/history",
        "/api/v1/suggestions",
        "/api/v2/suggestions",
        "/api/v2/notifications",
        "/api/v2/notifications?grouped_types[]=favourite",
        "/api/v2/notifications/favourite-200-498204/accounts",
        "/api/calf/v1/apps",
        "/api/calf/v1/blocklists",
        "/api/calf/v1/gaps",
        "/api/calf/v1/sessions",
        "/api/calf/v1/statuses/200/delivery",
        "/api/calf/v1/verdicts",
    ];

    /// <summary>Routes that give no list that can grow, and what they give.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["/api/calf/v1/statuses/{id:long}/completeness"] = "one thread",
        ["/api/calf/v1/drafts"] = "two hundred at most, by one statement",
        ["/api/calf/v1/look"] = "one look",
        ["/api/calf/v1/health"] = "a hundred servers at most, each looked for among the blocked",
        ["/api/calf/v1/domain_check"] = "five checks",
        ["/api/calf/v1/qr.svg"] = "one picture",
        ["/api/calf/v1/follow_lists"] = "two numbers and a hundred failures at most, by three statements",
        ["/api/calf/v1/tag_sources"] = "ten servers at most",
        ["/api/oembed"] = "one post",
        ["/api/v1/accounts/lookup"] = "one account",
        ["/api/v1/accounts/verify_credentials"] = "one account",
        ["/api/v1/accounts/{id:long}/identity_proofs"] = "empty for ever, as in Mastodon",
        ["/api/v1/annual_reports"] = "empty: there are none here",
        ["/api/v1/annual_reports/{year}/state"] = "one word",
        ["/api/v1/announcements"] = "empty: there are none here",
        ["/api/v1/apps/verify_credentials"] = "one app",
        ["/api/v1/custom_emojis"] = "all of the server's own, by one statement",
        ["/api/v1/instance"] = "one server",
        ["/api/v2/instance"] = "one server",
        ["/api/v1/instance/activity"] = "twelve weeks",
        ["/api/v1/instance/extended_description"] = "one text",
        ["/api/v1/instance/privacy_policy"] = "one text",
        ["/api/v1/instance/rules"] = "empty: there are none here",
        ["/api/v1/instance/terms_of_service"] = "one text",
        ["/api/v1/instance/translation_languages"] = "empty: nothing is translated",
        ["/api/v1/markers"] = "two at most",
        ["/api/v1/notifications/policy"] = "one policy",
        ["/api/v2/notifications/policy"] = "one policy",
        ["/api/v1/notifications/requests/merged"] = "one word",
        ["/api/v1/notifications/unread_count"] = "one number",
        ["/api/v2/notifications/unread_count"] = "one number",
        ["/api/v1/preferences"] = "one set",
        ["/api/v1/profile"] = "one profile",
        ["/api/v1/push/subscription"] = "one subscription",
        ["/api/v1/statuses/{id:long}/source"] = "one post",
        ["/api/calf/v1/why"] = "one answer",
        ["/api/calf/v1/disk"] = "one disk",
        ["/api/calf/v1/machine"] = "what one machine lacks",
        ["/api/calf/v1/blocklists/export"] = "a file, which is all domain blocks at once",
        ["/api/v1/streaming"] = "a stream",
    };

    [Fact]
    public async Task Every_route_that_gives_a_list_is_asked_by_these_tests()
    {
        await using var api = await ApiFixture.Start();
        var asked = Paged.Concat(ByOffset).Concat(Whole).Select(address => address.Split('?')[0]).ToList();
        var routes = api.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(route => route.StartsWith("/api/", StringComparison.Ordinal)).Distinct().ToList();

        Assert.DoesNotContain(routes, route => !IsOne(route) && !Others.ContainsKey(route) && !asked.Exists(Pattern(route).IsMatch));
        Assert.Empty(Others.Keys.Except(routes));
        Assert.DoesNotContain(asked, address => !routes.Exists(route => Pattern(route).IsMatch(address)));
    }

    /// <summary>It ends with what names a single thing, or it is a stream.</summary>
    private static bool IsOne(string route) => OneThing().IsMatch(route) || route.StartsWith("/api/v1/streaming/", StringComparison.Ordinal);

    private static Regex Pattern(string route) => new("^" + Hole().Replace(route, "[^/]+") + "$", RegexOptions.CultureInvariant);

    private static string Ids(long first, int step) => string.Join('&', Enumerable.Range(0, Newcomers.Most).Select(i => $"id[]={first + i * step}"));

    [GeneratedRegex(@"(?<!timelines/(tag|list)/)\{[^}]*\}$")]
    private static partial Regex OneThing();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
