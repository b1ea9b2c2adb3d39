using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>Reads the beginning of a collection, whichever way its server cuts it into pages.</summary>
public static class CollectionFetching
{
    /// <summary>The items on the first page; null where it cannot be had.</summary>
    /// <param name="budget">Two fetches are enough for most.</param>
    public static async Task<IReadOnlyList<JsonElement>?> FetchFirstItems(this DocumentFetcher fetcher, string uri, FetchBudget budget, CancellationToken cancel)
    {
        var collection = await fetcher.FetchCollection(uri, cancel, budget);
        if (!collection.Found) return null;
        if (ItemsOf(collection.Json) is { Count: > 0 } whole) return whole;
        var first = collection.Json.One("first");
        if (ItemsOf(first) is { Count: > 0 } embedded) return embedded;
        if (Origin.SameOrNull(first.AsId(), uri) is not { } address) return [];
        var page = await fetcher.FetchCollection(address, cancel, budget);
        return page.Found ? ItemsOf(page.Json) : null;
    }

    private static List<JsonElement> ItemsOf(JsonElement page) => [.. page.Many("orderedItems"), .. page.Many("items")];
}
