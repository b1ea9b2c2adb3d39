using Calf.Accounts;
using Calf.Interactions;
using Calf.Media;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Web;

/// <summary>The owner's page: picture and words first, then the posts that anybody may read, without answers and boosts.</summary>
public sealed class ProfilePage(Site site, Layout layout, RemoteMediaUrls urls)
{
    public const int PostsOnAPage = 20;

    /// <param name="before">Posts older than this id, for the following pages.</param>
    public RenderedPage Render(Connection c, Account owner, long? before)
    {
        var pinned = before is null ? StatusStore.FindInOrder(c, PinStore.Of(c, owner.Id)).Where(s => s.IsOpen).ToList() : [];
        var ids = TimelineStore.OfAccount(c, owner.Id, reader: null, new(ExcludeReplies: true, ExcludeBoosts: true), new(PostsOnAPage + 1, MaxId: before));
        var posts = StatusStore.FindInOrder(c, [.. ids.Take(PostsOnAPage)]).Where(s => s.IsOpen && pinned.TrueForAll(p => p.Id != s.Id)).ToList();
        var bodies = StatusBody.Load(c, pinned.Concat(posts), urls);
        var older = ids.Count > PostsOnAPage
            ? Html.Of($"""<a class="more" rel="next" href="{site.ProfileUrl(owner.Username)}?before={ids[PostsOnAPage - 1]}">Older posts</a>""")
            : Html.Empty;
        var url = site.ProfileUrl(owner.Username);
        var head = new PublicHead(site, owner)
        {
            Title = $"{owner.Name} (@{owner.Username}@{site.Domain})",
            Description = StatusHtml.OneLine(owner.Note),
            Url = url,
            Uri = owner.Uri,
            Type = "profile",
            Image = owner.AvatarUrl,
            FeedsOf = url,
        };
        var list = Html.Join(pinned.Select(s => StatusHtml.OnProfile(s, bodies[s.Id], pinned: true)).Concat(posts.Select(s => StatusHtml.OnProfile(s, bodies[s.Id], pinned: false))));
        var empty = pinned.Count + posts.Count > 0 ? Html.Empty : Html.Of($"<p class=\"entry quiet\">Nothing has been written here yet.</p>");
        return new(layout.Public(head.Title, "en", head.Render(), Html.Of($"""
            {Banner(owner)}{Who(owner)}
            <main class="h-feed">
            <h2 class="p-name" hidden>Posts by {owner.Name}</h2>
            {list}{empty}{older}
            </main>
            {PublicFoot.Render(layout, site)}
            """)), owner.Uri, owner.Indexable);
    }

    private static Html Banner(Account owner) => owner.HeaderUrl is { } url ? Html.Of($"""<img class="banner" src="{Html.Address(url)}" alt="{owner.HeaderAlt}">""") : Html.Empty;

    private Html Who(Account owner) => Html.Of($"""
        <header class="who h-card">
        {StatusHtml.Photo(owner, "photo u-photo")}
        <div><h1 dir="auto"><a class="p-name u-url u-uid" rel="me" href="{site.ProfileUrl(owner.Username)}">{owner.Name}</a></h1>
        <p class="handle quiet">@<span class="p-nickname">{owner.Username}</span>@{site.Domain}</p></div>
        <div class="p-note prose" dir="auto">{SafeHtml.Trust(owner.Note)}</div>
        {Fields(owner)}
        <p class="numbers"><span>{owner.StatusesCount} {(owner.StatusesCount == 1 ? "post" : "posts")}</span><span>{owner.FollowersCount} {(owner.FollowersCount == 1 ? "follower" : "followers")}</span><span>follows {owner.FollowingCount}</span></p>
        <details class="follow"><summary>Follow</summary><div>
        <p>Search for this address in any app of the fediverse, such as Mastodon:</p>
        <p class="handle">@{owner.Username}@{site.Domain}</p>
        <form action="/follow" method="get"><input name="from" aria-label="Your own server" placeholder="Your own server, such as mastodon.social" autocapitalize="none" autocomplete="off" spellcheck="false" required><button>Go on there</button></form>
        </div></details>
        </header>
        """);

    private static Html Fields(Account owner) => owner.Fields.Count == 0 ? Html.Empty : Html.Of($"""
        <dl class="facts">{owner.Fields.Select(field => Html.Of($"""<div><dt dir="auto">{field.Name}</dt><dd dir="auto" class="{(field.VerifiedAt is null ? "" : "is-verified")}">{SafeHtml.Trust(field.Value)}</dd></div>"""))}</dl>
        """);
}

/// <summary>The last line of public pages.</summary>
internal static class PublicFoot
{
    public static Html Render(Layout layout, Site site) =>
        Html.Of($"""<footer class="foot">{layout.Mark}<span>{site.Domain} runs on Calf, on a machine of its owner’s.</span></footer>""");
}
