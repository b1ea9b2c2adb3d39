using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Web;

/// <summary>What the owner wrote under a hashtag; where the hashtags in their posts lead.</summary>
public sealed class TagPage(Site site, Layout layout, RemoteMediaUrls urls)
{
    /// <summary>Null when the owner never used the tag in a public post.</summary>
    public RenderedPage? Render(Connection c, Account account, string tag, PageWish wish)
    {
        var page = PostPage.Load(c, site.TagUrl(tag), account.Id, new(ExcludeBoosts: true, Tag: tag), ProfilePage.PostsOnAPage, wish);
        if (page.Posts.Count == 0) return null;
        var owner = urls.Shown(account);
        var bodies = StatusBody.Load(c, page.Posts, urls);
        var name = bodies[page.Posts[0].Id].Tags.FirstOrDefault(t => t.Equals(tag, StringComparison.OrdinalIgnoreCase)) ?? tag;
        var head = new PublicHead(site, owner)
        {
            Title = Words.T("{tag} by {name}", ("tag", "#" + name), ("name", owner.Name)),
            Description = Words.T("What {name} wrote under {tag}.", ("name", owner.Name), ("tag", "#" + name)),
            Url = page.Canonical,
            Uri = owner.Uri,
            Type = "profile",
            Picture = LinkPicture.Of(owner),
            FeedsOf = page.Address,
            Newer = page.Newer,
            Older = page.Older,
        };
        return new(layout.Public(head.Title, head.Render(), Html.Of($"""
            <header class="who">{StatusHtml.Author(owner)}<h1 dir="auto">#{name}</h1></header>
            <main class="h-feed">
            {page.Posts.Select(s => StatusHtml.OnProfile(s, bodies[s.Id], pinned: false))}{page.Links()}<p class="more"><a href="{site.ProfileUrl(owner.Username)}">{Html.Say("Everything by {name}", ("name", Html.Of($"<bdi>{owner.Name}</bdi>")))}</a></p>
            </main>
            {PublicFoot.Render(layout, site)}
            """)), owner.Uri, owner.Indexable);
    }
}
