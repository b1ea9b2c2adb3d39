using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>A page of a collection, or why there is none.</summary>
/// <param name="Next">The address of the next page, on the same origin and another than this one's; null where there is none.</param>
/// <param name="Outcome">Anything but <see cref="FetchOutcome.Found"/> comes with a <paramref name="Reason"/>.</param>
public sealed record CollectionPage(IReadOnlyList<JsonElement> Items, string? Next, FetchOutcome Outcome = FetchOutcome.Found, string Reason = "")
{
    public bool Found => Outcome == FetchOutcome.Found;
}

/// <summary>Reads a collection, whichever way its server cuts it into pages.</summary>
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

    /// <summary>A page by its address, or the first one by the collection's, which takes two fetches of most servers.</summary>
    public static async Task<CollectionPage> FetchPage(this DocumentFetcher fetcher, string uri, FetchBudget budget, CancellationToken cancel)
    {
        var document = await fetcher.FetchCollection(uri, cancel, budget);
        if (document.Found && ItemsOf(document.Json).Count == 0 && document.Json.One("first") is var first)
        {
            if (first.Has("items") || first.Has("orderedItems")) return PageOf(first, uri);
            if (Origin.SameOrNull(first.AsId(), uri) is { } address && address != uri && !document.Json.Has("next"))
            {
                document = await fetcher.FetchCollection(address, cancel, budget);
                uri = address;
            }
        }
        if (!document.Found) return new([], null, document.Outcome, document.Reason);
        return Vocabulary.IsCollection(document.Json.TypeName()) ? PageOf(document.Json, uri) : new([], null, FetchOutcome.Invalid, $"{uri} is no collection.");
    }

    private static CollectionPage PageOf(JsonElement page, string uri) =>
        new(ItemsOf(page), Origin.SameOrNull(page.Id("next"), uri) is { } next && next != uri ? next : null);

    private static List<JsonElement> ItemsOf(JsonElement page) => [.. page.Many("orderedItems"), .. page.Many("items")];
}
