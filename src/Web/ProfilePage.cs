using Calf.Accounts;
using Calf.Interactions;
using Calf.Media;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Web;

/// <summary>What of the owner's a profile shows.</summary>
public enum ProfileTab
{
    /// <summary>Without answers to others and without boosts; what is pinned comes first.</summary>
    Posts,
    Answers,
    Media,
}

/// <summary>The owner's page: picture and words first, then what anybody may read.</summary>
public sealed class ProfilePage(Site site, Layout layout, RemoteMediaUrls urls)
{
    public const int PostsOnAPage = 16;

    /// <summary>Posts that have files; one can have several.</summary>
    public const int PostsInTheGrid = 24;

    /// <summary>Null where the owner does not show that tab.</summary>
    public RenderedPage? Render(Connection c, Account account, ProfileTab tab, PageWish wish)
    {
        var shown = ProfileTabs.Read(c);
        if (tab == ProfileTab.Media && !shown.Media) return null;
        var owner = urls.Shown(account);
        var profile = site.ProfileUrl(owner.Username);
        var what = new AccountTimeline(
            ExcludeReplies: tab == ProfileTab.Posts || (tab == ProfileTab.Media && !shown.MediaReplies), ExcludeBoosts: true, OnlyMedia: tab == ProfileTab.Media);
        var page = PostPage.Load(c, profile + PathOf(tab), owner.Id, what, tab == ProfileTab.Media ? PostsInTheGrid : PostsOnAPage, wish);
        List<Status> pinned = tab == ProfileTab.Posts && page.IsFirst ? [.. StatusStore.FindInOrder(c, PinStore.Of(c, owner.Id)).Where(s => s.IsOpen)] : [];
        List<Status> posts = [.. pinned, .. page.Posts.Where(s => pinned.TrueForAll(p => p.Id != s.Id))];
        var bodies = StatusBody.Load(c, posts, urls);
        var head = new PublicHead(site, owner)
        {
            Title = $"{owner.Name} (@{owner.Username}@{site.Domain})",
            Description = StatusHtml.OneLine(owner.Note),
            Url = page.Canonical,
            Uri = owner.Uri,
            Type = "profile",
            Picture = LinkPicture.Of(owner),
            FeedsOf = profile,
            Newer = page.Newer,
            Older = page.Older,
        };
        var list = posts.Count == 0 ? Nothing(tab, page)
            : tab == ProfileTab.Media ? MediaGrid.Of(posts, bodies)
            : Html.Join(posts.Select((s, i) => StatusHtml.OnProfile(s, bodies[s.Id], pinned: i < pinned.Count)));
        return new(layout.Public(head.Title, head.Render(), Html.Of($"""
            <div class="h-card">
            {Banner(owner)}{Who(owner)}
            </div>
            {Tabs(profile, tab, shown)}
            <main class="h-feed">
            <h2 class="p-name" hidden>{Words.T("Posts by {name}", ("name", owner.Name))}</h2><a class="p-author h-card" href="{profile}" hidden>{owner.Name}</a>
            {list}{page.Links()}
            </main>
            {PublicFoot.Render(layout, site)}
            """)), owner.Uri, owner.Indexable);
    }

    /// <summary>What follows the address of the profile.</summary>
    public static string PathOf(ProfileTab tab) => tab switch { ProfileTab.Posts => "", ProfileTab.Answers => "/with_replies", _ => "/media" };

    private static Html Tabs(string profile, ProfileTab current, ProfileTabs shown)
    {
        Html Tab(ProfileTab tab, string words) => Html.Of($"""<a href="{profile}{PathOf(tab)}"{(tab == current ? Html.Of($" aria-current=\"page\"") : Html.Empty)}>{words}</a>""");
        return Html.Of($"""<nav class="tabs" aria-label="{Words.T("What to show")}">{Tab(ProfileTab.Posts, Words.T("Posts"))}{Tab(ProfileTab.Answers, Words.T("With answers"))}{(shown.Media ? Tab(ProfileTab.Media, Words.T("Media")) : Html.Empty)}</nav>""");
    }

    private Html Nothing(ProfileTab tab, PostPage page) => Html.Of($"""
        <div class="nothing">{layout.Mark}<p>{(!page.IsFirst ? Words.T("There is nothing older.") : tab == ProfileTab.Media ? Words.T("No pictures, films or sounds yet.") : Words.T("Nothing has been written here yet."))}</p>
        {(page.IsFirst ? Html.Empty : Html.Of($"""<p><a href="{page.Address}">{Words.T("To the newest")}</a></p>"""))}</div>
        """);

    private static Html Banner(Account owner) =>
        owner.HeaderUrl is { } url ? Html.Of($"""<img class="banner u-featured" src="{Html.Address(url)}" alt="{owner.HeaderAlt}">""") : Html.Empty;

    private Html Who(Account owner) => Html.Of($"""
        <header class="who">
        {StatusHtml.Photo(owner, "photo u-photo")}
        <div><h1 dir="auto"><a class="p-name u-url u-uid" rel="me" href="{site.ProfileUrl(owner.Username)}">{StatusHtml.Name(owner)}</a></h1>
        <p class="handle quiet">@<span class="p-nickname">{owner.Username}</span>@{site.Domain}</p></div>
        <div class="p-note prose" dir="auto">{EmojiHtml.In(Html.Of($"{SafeHtml.Trust(owner.Note)}"), owner.Emojis)}</div>
        {Fields(owner)}
        <p class="numbers"><span>{Words.N(owner.StatusesCount, "{n} post", "{n} posts")}</span><span>{Words.N(owner.FollowersCount, "{n} follower", "{n} followers")}</span><span>{Words.N(owner.FollowingCount, "follows {n}||one person", "follows {n}||so many people")}</span></p>
        {InteractionBox.Follow(owner, site)}
        </header>
        """);

    private static Html Fields(Account owner) => owner.Fields.Count == 0 ? Html.Empty : Html.Of($"""
        <dl class="facts">{owner.Fields.Select(field => Html.Of($"""<div><dt dir="auto">{EmojiHtml.In(field.Name, owner.Emojis)}</dt><dd dir="auto"{(field.VerifiedAt is null ? Html.Empty : Html.Of($" class=\"is-verified\""))}>{EmojiHtml.In(Html.Of($"{Mine(field.Value)}"), owner.Emojis)}</dd></div>"""))}</dl>
        """);

    /// <summary>The owner says of these links that they lead to pages of theirs, which those pages can prove by a link back: https://microformats.org/wiki/rel-me.</summary>
    private static SafeHtml Mine(string html) => SafeHtml.Trust(html.Contains("rel=\"me", StringComparison.Ordinal) ? html
        : html.Contains(" rel=\"", StringComparison.Ordinal) ? html.Replace(" rel=\"", " rel=\"me ", StringComparison.Ordinal)
        : html.Replace("<a href=", "<a rel=\"me\" href=", StringComparison.Ordinal));
}

/// <summary>The last line of public pages.</summary>
internal static class PublicFoot
{
    public static Html Render(Layout layout, Site site) =>
        Html.Of($"""<footer class="foot">{layout.Mark}<span>{Words.T("{domain} runs on Calf, on a machine of its owner’s.", ("domain", site.Domain))}</span></footer>""");
}
