using System.Globalization;
using Calf.Federation.Documents;
using Calf.Store;

namespace Calf.Federation;

/// <summary>
/// What the query of a collection asks for: the collection itself, or the page after an item. What cannot be read as a number
/// counts as the first page.
/// </summary>
/// <param name="Before">Items with lower ids.</param>
/// <param name="After">Items with higher ids.</param>
internal readonly record struct PageAsked(bool IsPage, long? Before, long? After)
{
    public static PageAsked Of(HttpRequest request) =>
        new(request.Query.ContainsKey("page"), Number(request, "max_id"), Number(request, "min_id"));

    /// <summary>From the newest down.</summary>
    public Paging Paging => new(CollectionBuilder.PageSize, MaxId: Before);

    /// <summary>From the oldest up.</summary>
    public Paging Upward => new(CollectionBuilder.PageSize, MinId: After ?? 0);

    /// <summary>The id of the page that was asked for.</summary>
    public string Uri(string collection) => Before is null ? $"{collection}?page=true" : $"{collection}?page=true&max_id={Before}";

    /// <summary>Where the next page begins; null when this one is not full.</summary>
    public static long? LastOf(IReadOnlyList<long> ids) => ids.Count < CollectionBuilder.PageSize ? null : ids[^1];

    private static long? Number(HttpRequest request, string key) =>
        long.TryParse(request.Query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
