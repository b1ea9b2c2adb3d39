using Calf.Statuses;

namespace Calf.Federation.Documents;

/// <summary>Collections and their pages. Pages go by the id of the last item, so that new items shift nothing.</summary>
public static class CollectionBuilder
{
    public const int PageSize = 20;

    /// <summary>Fewer, since whole posts stand in it.</summary>
    public const int OutboxPageSize = 10;

    /// <summary>A collection that is read page by page.</summary>
    public static CollectionDocument Paged(string id, long total) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = id,
        Type = "OrderedCollection",
        TotalItems = total,
        First = FirstPage(id),
    };

    /// <summary>One page, newest first.</summary>
    /// <param name="page">Its own URI.</param>
    /// <param name="last">The id after which the next page begins; null when there is none.</param>
    public static CollectionDocument Page(string id, string page, IEnumerable<DocumentOrUri> items, long? last) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = page,
        Type = "OrderedCollectionPage",
        PartOf = id,
        Next = last is null ? null : $"{FirstPage(id)}&max_id={last}",
        OrderedItems = [.. items],
    };

    /// <summary>All of it at once.</summary>
    public static CollectionDocument Whole(string id, IReadOnlyList<string> uris) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = id,
        Type = "OrderedCollection",
        TotalItems = uris.Count,
        OrderedItems = [.. uris.Select(DocumentOrUri.From)],
    };

    /// <summary>The hashtags on the owner's profile, in the shape that Mastodon reads.</summary>
    public static HashtagsDocument Hashtags(string id, Site site, IReadOnlyList<string> names) => new()
    {
        Context = LinkedDataContext.Note,
        Id = id,
        Type = "Collection",
        TotalItems = names.Count,
        Items = [.. names.Select(name => new TagDocument { Type = "Hashtag", Href = site.TagUrl(name), Name = $"#{name}" })],
    };

    /// <summary>How many there are, without saying which.</summary>
    public static CollectionDocument Counted(string id, long count) => new() { Id = id, Type = "Collection", TotalItems = count };

    /// <summary>With its first page inside: what Mastodon reads (wire 83).</summary>
    public static CollectionDocument Replies(Status s, CollectionDocument firstPage) =>
        new() { Id = OwnUris.Replies(s.Uri), Type = "Collection", First = firstPage };

    /// <summary>Oldest first, since a thread grows at its end.</summary>
    /// <param name="after">The id of the reply before the page; null for the first page.</param>
    public static CollectionDocument ReplyPage(Status s, long? after, IReadOnlyList<Status> replies)
    {
        var id = OwnUris.Replies(s.Uri);
        return new CollectionDocument
        {
            Id = after is null ? FirstPage(id) : $"{FirstPage(id)}&min_id={after}",
            Type = "CollectionPage",
            PartOf = id,
            Next = replies.Count < PageSize ? null : $"{FirstPage(id)}&min_id={replies[^1].Id}",
            Items = [.. replies.Select(r => DocumentOrUri.From(r.Uri))],
        };
    }

    private static string FirstPage(string id) => $"{id}?page=true";
}
