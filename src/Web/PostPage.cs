using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Web;

/// <summary>Which part of a list is asked for, by Mastodon's cursors: below one id, or just above another.</summary>
public readonly record struct PageWish(long? MaxId, long? MinId)
{
    public bool IsFirst => MaxId is null && MinId is null;
}

/// <summary>A page of the posts of an account that anybody may read, and whether there is more on both sides.</summary>
/// <param name="Address">Of the first page.</param>
internal sealed record PostPage(string Address, IReadOnlyList<Status> Posts, bool IsFirst, bool HasNewer, bool HasOlder)
{
    public static PostPage Load(Connection c, string address, long accountId, AccountTimeline what, int size, PageWish wish)
    {
        List<long> Ids(Paging page) => TimelineStore.OfAccount(c, accountId, reader: null, what, page);
        var ids = Ids(new(size, wish.MaxId, MinId: wish.MinId));
        // Nothing is left out above a short page, so it is shown as the beginning that it is.
        if (wish.MinId is not null && ids.Count < size) (wish, ids) = (default, Ids(new(size)));
        var newer = !wish.IsFirst && ids.Count > 0 && Ids(new(1, MinId: ids[0])).Count > 0;
        var older = ids.Count == size && Ids(new(1, ids[^1])).Count > 0;
        return new(address, StatusStore.FindInOrder(c, ids), wish.IsFirst, newer, older);
    }

    /// <summary>The one address of this page, by whichever way it was reached.</summary>
    public string Canonical => IsFirst || Posts.Count == 0 ? Address : $"{Address}?max_id={Posts[0].Id + 1}";

    public string? Newer => HasNewer ? $"{Address}?min_id={Posts[0].Id}" : null;

    public string? Older => HasOlder ? $"{Address}?max_id={Posts[^1].Id}" : null;

    /// <summary>What stands below the posts.</summary>
    public Html Links() => Newer is null && Older is null ? Html.Empty : Html.Of($"""
        <nav class="pages" aria-label="{Words.T("More posts")}">{Link(Newer, "prev", Words.T("Newer||posts"))}{Link(Older, "next", Words.T("Older||posts"))}</nav>
        """);

    private static Html Link(string? url, string relation, string words) => url is null ? Html.Empty : Html.Of($"""<a rel="{relation}" href="{url}">{words}</a>""");
}
