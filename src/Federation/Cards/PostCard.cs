using Calf.ActivityPub;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Cards;

/// <summary>Which card a post gets: what its own server says, else what the page of its first link will say.</summary>
internal static class PostCard
{
    /// <summary>Pages are fetched at different times by different servers, or a much read post would bring all of them at once.</summary>
    private const int LongestWait = 60;

    /// <summary>Leaves a card as it is whose link is still the first. A post with files shows these instead.</summary>
    /// <param name="sent">The one that came with the post.</param>
    /// <param name="own">The owner wrote it, and waits for its card.</param>
    public static void Set(Connection c, Site site, Status status, Card? sent, bool hasFiles, bool own, DateTimeOffset now)
    {
        var link = sent is not null || hasFiles ? null : FirstLink.In(status.Content, url => site.IsOwn(url) || IsQuoted(c, status, url));
        if (link is not null && LinkStore.Find(c, status.Id) == link) return;
        CardStore.Set(c, status.Id, sent);
        if (link is not null && Origin.HostOf(link) is { } host)
            LinkStore.Add(c, status.Id, link, host, own ? null : TimeSpan.FromSeconds(Random.Shared.Next(1, LongestWait)), now);
    }

    private static bool IsQuoted(Connection c, Status status, string url) =>
        status.QuoteUri is { } quoted && (quoted == url || StatusStore.FindByUri(c, quoted)?.Url == url);
}
