using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>
/// Fetches what is missing of a thread: what a post answers, then the answers that its server knows: from <c>contextHistory</c>, else
/// <c>context</c>, else <c>replies</c> (wire 85, FEP-f228). A post counts only as its own server shows it, and only when it says itself that it
/// belongs here. Nobody is told of any.
/// </summary>
public sealed class ThreadBackfill(Database database, DocumentFetcher fetcher, RemoteStatuses statuses, StatusIntake intake, Owner owner)
{
    /// <summary>Posts fetched for one look at a thread; Mastodon goes to 1,000, on larger machines.</summary>
    public const int MaxPosts = 200;

    /// <summary>Answers taken of one post.</summary>
    public const int MaxOfOnePost = 100;

    /// <summary>Pages of collections read for one look; Mastodon reads 500.</summary>
    public const int MaxPages = 50;

    public const int MaxAncestors = 40;

    /// <summary>How many posts came here.</summary>
    public async Task<int> Fill(long statusId, CancellationToken cancel)
    {
        if (database.Read(c => StatusStore.Find(c, statusId)) is not { IsBoost: false } status) return 0;
        var caps = new Caps();
        try
        {
            await FetchAncestors(status, caps, cancel);
            // Answers to the owner come by themselves.
            if (status.AccountId != owner.Id && status.IsOpen) await FetchAnswers(status, caps, cancel);
        }
        catch (TryLaterException)
        {
            // What came is kept; the next look tries again.
        }
        return caps.Stored;
    }

    private async Task FetchAncestors(Status status, Caps caps, CancellationToken cancel)
    {
        var top = database.Read(c => ThreadStore.Ancestors(c, status)).FirstOrDefault() ?? status;
        for (var n = 0; n < MaxAncestors && top is { InReplyToId: null, InReplyToUri: { } parent } && caps.TakePost(); n++)
        {
            if ((await statuses.Fetch(parent, cancel)).Status is not { } found) return;
            caps.Stored++;
            top = database.Read(c => ThreadStore.Ancestors(c, found)).FirstOrDefault() ?? found;
        }
    }

    private async Task FetchAnswers(Status status, Caps caps, CancellationToken cancel)
    {
        if ((await statuses.FetchObject(status.Uri, cancel)).Found is not { } found || found.Author.Id != status.AccountId) return;
        await database.Write(c => intake.Revise(c, status, found.Prepared));
        var remote = found.Prepared.Remote;
        if (Origin.UrlOrNull(remote.Json.Id("contextHistory")) is { } history && await FetchListed(history, remote, caps, cancel)) return;
        if (Origin.UrlOrNull(remote.Context) is { } context && await FetchListed(context, remote, caps, cancel)) return;
        await FetchReplies(remote, caps, cancel);
    }

    /// <summary>The posts that a collection of the thread names, or of whose creation it tells. False when it is no such collection.</summary>
    private async Task<bool> FetchListed(string collection, RemoteObject about, Caps caps, CancellationToken cancel)
    {
        var found = false;
        await foreach (var item in Items(collection, default, caps, cancel))
        {
            found = true;
            var uri = item.IsType("Create") || item.IsType("Add") ? item.Id("object") : item.AsId();
            if (uri is not null) await Store(uri, post => (post.Context is not null && post.Context == about.Context) || Answers(post), caps, cancel);
        }
        return found;
    }

    private async Task FetchReplies(RemoteObject remote, Caps caps, CancellationToken cancel)
    {
        var parents = new Queue<RemoteObject>([remote]);
        while (parents.TryDequeue(out var parent))
        {
            if (parent.Replies is null && parent.Json.One("replies").ValueKind != JsonValueKind.Object) continue;
            var taken = 0;
            await foreach (var item in Items(parent.Replies, parent.Json.One("replies"), caps, cancel, parent.Uri))
            {
                if (taken++ == MaxOfOnePost) break;
                if (item.AsId() is { } uri && await Store(uri, post => post.InReplyTo == parent.Uri, caps, cancel) is { } answer) parents.Enqueue(answer);
            }
        }
    }

    private bool Answers(RemoteObject post) => post.InReplyTo is { } parent && database.Read(c => StatusStore.FindByUri(c, parent)) is not null;

    /// <summary>The post as its server shows it, if it was not here and belongs here.</summary>
    private async Task<RemoteObject?> Store(string uri, Func<RemoteObject, bool> belongs, Caps caps, CancellationToken cancel)
    {
        if (!Origin.TryParse(uri, out _) || database.Read(c => StatusStore.FindByUri(c, uri)) is not null || !caps.TakePost()) return null;
        ObjectFetch fetched;
        try
        {
            fetched = await statuses.FetchObject(uri, cancel);
        }
        catch (TryLaterException)
        {
            return null; // One server that is away keeps nobody else's answers out.
        }
        if (fetched.Found is not { } found || !found.Prepared.Remote.Audience.IsOpen || !belongs(found.Prepared.Remote)) return null;
        if (await database.Write(c => intake.Store(c, found.Prepared, found.Author, told: false, personal: false)) is null) return null;
        caps.Stored++;
        return found.Prepared.Remote;
    }

    /// <summary>What a collection holds, page after page, all of one origin; its first page may be embedded (wire 83).</summary>
    private async IAsyncEnumerable<JsonElement> Items(
        string? address, JsonElement embedded, Caps caps, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel, string? origin = null)
    {
        origin ??= address;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var page = embedded;
        if (page.ValueKind != JsonValueKind.Object) page = await Page(address, origin, seen, caps, cancel);
        while (page.ValueKind == JsonValueKind.Object)
        {
            foreach (var item in page.Many("orderedItems").Concat(page.Many("items"))) yield return item;
            // A page may name the first one as well, so only the collection itself is asked for it.
            var next = page.One(page.TypeName().EndsWith("Page", StringComparison.Ordinal) ? "next" : "first");
            page = next.Has("items") || next.Has("orderedItems") ? next : await Page(next.AsId(), origin, seen, caps, cancel);
        }
    }

    private async Task<JsonElement> Page(string? address, string? origin, HashSet<string> seen, Caps caps, CancellationToken cancel)
    {
        if (address is null || !Origin.Same(address, origin) || !seen.Add(address) || !caps.TakePage()) return default;
        var page = await fetcher.FetchCollection(address, cancel);
        return page.Found && Vocabulary.IsCollection(page.Json.TypeName()) ? page.Json : default;
    }

    /// <summary>What one look may still cost.</summary>
    private sealed class Caps
    {
        private int posts = MaxPosts;
        private int pages = MaxPages;

        public int Stored { get; set; }

        public bool TakePost() => posts-- > 0;

        public bool TakePage() => pages-- > 0;
    }
}
