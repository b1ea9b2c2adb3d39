using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Web;

/// <summary>What the owner wrote under a hashtag; where the hashtags in their posts lead.</summary>
public sealed class TagPage(Site site, Layout layout, RemoteMediaUrls urls)
{
    private const int MaxPosts = 100;

    /// <summary>Null when the owner never used the tag in a public post.</summary>
    public RenderedPage? Render(Connection c, Account owner, string tag)
    {
        var posts = StatusStore.FindInOrder(c, TimelineStore.OfAccount(c, owner.Id, reader: null, new(ExcludeBoosts: true, Tag: tag), new(MaxPosts))).Where(s => s.IsOpen).ToList();
        if (posts.Count == 0) return null;
        var bodies = StatusBody.Load(c, posts, urls);
        var name = StatusParts.Tags(c, [posts[0].Id])[posts[0].Id].FirstOrDefault(t => t.Equals(tag, StringComparison.OrdinalIgnoreCase)) ?? tag;
        var head = new PublicHead(site, owner)
        {
            Title = $"#{name} by {owner.Name}",
            Description = $"What {owner.Name} wrote under #{name}.",
            Url = site.TagUrl(tag),
            Uri = owner.Uri,
            Type = "profile",
            Image = owner.AvatarUrl,
            FeedsOf = site.TagUrl(tag),
        };
        return new(layout.Public(head.Title, "en", head.Render(), Html.Of($"""
            <header class="who">{StatusHtml.Author(owner)}<h1 dir="auto">#{name}</h1></header>
            <main class="h-feed">
            {posts.Select(s => StatusHtml.OnProfile(s, bodies[s.Id], pinned: false))}<p class="more"><a href="{site.ProfileUrl(owner.Username)}">Everything by {owner.Name}</a></p>
            </main>
            {PublicFoot.Render(layout, site)}
            """)), owner.Uri, owner.Indexable);
    }
}
