using System.Text.Json;
using Calf.ActivityPub;

namespace Calf.Federation.Conversations;

/// <summary>What the server of a post says of its answers.</summary>
/// <param name="Absence">Why they cannot be read; none when they can, or it names none.</param>
/// <param name="Beyond">Answers that were not taken, for there were too many.</param>
/// <param name="Unlisted">Answers that it counts and does not show.</param>
internal sealed record ListedAnswers(Absence Absence = Absence.None, string Reason = "", long Beyond = 0, long Unlisted = 0);

/// <summary>
/// Reads which posts a thread has, from what the server of one of them shows: <c>contextHistory</c>, else <c>context</c>, and <c>replies</c>
/// (wire 83, 85; FEP-f228, FEP-7888).
/// </summary>
internal sealed class AnswerListing(DocumentFetcher fetcher, ThreadWalk walk, Func<IReadOnlyList<string>, Task<int>> name, CancellationToken cancel)
{
    /// <summary>More is not believed.</summary>
    private const long MaxCount = 100_000;

    /// <summary>Reads what belongs to a post.</summary>
    public async Task<ListedAnswers> Read(RemoteObject post)
    {
        // A server knows of no answer to its own posts that its list of the whole thread lacks. Of answers to other servers' posts it may not have heard.
        foreach (var property in (string[])["contextHistory", "context"])
            if (Origin.UrlOrNull(post.Json.Id(property)) is { } context && await walk.ReadOnce(context, () => ReadContext(context)) && Origin.Same(context, post.Uri))
                return new ListedAnswers();
        return await ReadReplies(post);
    }

    /// <summary>False when it is no collection of a thread that can be read.</summary>
    private async Task<bool> ReadContext(string address)
    {
        var any = false;
        await foreach (var page in Pages(address, default, address, new Listing()))
        {
            var posts = page.Select(item => item.IsType("Create") || item.IsType("Add") ? item.Id("object") : item.AsId()).OfType<string>().ToList();
            any |= posts.Count > 0;
            await name(posts);
        }
        return any;
    }

    private async Task<ListedAnswers> ReadReplies(RemoteObject post)
    {
        var embedded = post.Json.One("replies");
        if (post.Replies is null && embedded.ValueKind != JsonValueKind.Object) return new ListedAnswers();
        var listing = new Listing();
        var (listed, taken, beyond) = (0L, 0, 0L);
        await foreach (var page in Pages(post.Replies, embedded, post.Uri, listing))
        {
            var uris = page.Select(JsonReading.AsId).OfType<string>().Distinct().ToList();
            listed += uris.Count;
            var allowed = uris.Take(ThreadWalk.MaxOfOnePost - taken).ToList();
            taken += allowed.Count;
            beyond += uris.Count - allowed.Count + await name(allowed);
            if (taken < ThreadWalk.MaxOfOnePost) continue;
            listing.Cut = true;
            break;
        }
        beyond += listing.Over;
        var uncounted = Math.Clamp(listing.Total - listed - listing.Over, 0, MaxCount);
        return listing.Cut ? new ListedAnswers(listing.Absence, listing.Reason, beyond + uncounted)
            : new ListedAnswers(listing.Absence, listing.Reason, beyond, listing.Absence == Absence.None ? uncounted : 0);
    }

    /// <summary>The items of a collection, page after page, all of one origin; its first page may be embedded (wire 83).</summary>
    private async IAsyncEnumerable<IReadOnlyList<JsonElement>> Pages(string? address, JsonElement embedded, string? origin, Listing listing)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var page = embedded;
        if (page.ValueKind != JsonValueKind.Object) page = await Page(address, origin, seen, listing);
        while (page.ValueKind == JsonValueKind.Object)
        {
            listing.Total = Math.Max(listing.Total, page.Number("totalItems") ?? 0);
            listing.Over += Over(page, "orderedItems") + Over(page, "items");
            if ((List<JsonElement>)[.. page.Many("orderedItems"), .. page.Many("items")] is { Count: > 0 } items) yield return items;
            // A page may name the first one as well, so only the collection itself is asked for it.
            var next = page.One(page.TypeName().EndsWith("Page", StringComparison.Ordinal) ? "next" : "first");
            page = next.Has("items") || next.Has("orderedItems") ? next : await Page(next.AsId(), origin, seen, listing);
        }
    }

    /// <summary>Items that are more than one list may have.</summary>
    private static long Over(JsonElement page, string list) =>
        page.Get(list) is { ValueKind: JsonValueKind.Array } items ? Math.Max(0, items.GetArrayLength() - ParseLimits.MaxItems) : 0;

    private async Task<JsonElement> Page(string? address, string? origin, HashSet<string> seen, Listing listing)
    {
        if (address is null || !Origin.Same(address, origin) || !seen.Add(address)) return default;
        if (seen.Count > ThreadWalk.MaxPagesOfOne || !walk.TakePage())
        {
            listing.Cut = true;
            return default;
        }
        var page = await walk.Ask(address, () => fetcher.FetchCollection(address, cancel, walk.Budget),
            p => p.Outcome == FetchOutcome.Transient ? p.Reason : null, reason => FetchedDocument.Failed(FetchOutcome.Transient, address, reason), cancel);
        if (page.Found && Vocabulary.IsCollection(page.Json.TypeName())) return page.Json;
        (listing.Absence, listing.Reason) = (page.Found ? Absence.Unreadable : RemoteStatuses.AbsenceOf(page.Outcome), page.Found ? $"{address} is no collection." : page.Reason);
        return default;
    }

    /// <summary>What came out of reading a collection.</summary>
    private sealed class Listing
    {
        /// <summary>How many items it says it has.</summary>
        public long Total { get; set; }

        /// <summary>Items that were not looked at.</summary>
        public long Over { get; set; }

        /// <summary>There was more than may be read.</summary>
        public bool Cut { get; set; }

        public Absence Absence { get; set; }

        public string Reason { get; set; } = "";
    }
}
