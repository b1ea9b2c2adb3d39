using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Brings here what the profile of somebody elsewhere shows: pinned posts (wire 104), hashtags and how many there are of what. Nobody is told of it.</summary>
public sealed class RemoteFeatured(Database database, DocumentFetcher fetcher, RemoteStatuses remoteStatuses, StatusIntake intake, TimeProvider time)
{
    /// <summary>Mastodon allows five; this is for servers that allow more.</summary>
    public const int MaxPins = 10;

    /// <summary>As many as Mastodon allows.</summary>
    public const int MaxTags = 10;

    /// <summary>The collection, its first page, and room for a redirect to its real id.</summary>
    private const int MaxFetches = 3;

    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);

    /// <summary>Whoever looks at a profile is not kept longer than this; what has not come by then comes at the next look.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Asks again for the pinned posts of an account if that was not done for a day.</summary>
    public Task Refresh(Account account, CancellationToken cancel) => Look(account, account.FeaturedUri, "featured_fetches", Fetch, cancel);

    /// <summary>Asks again for the hashtags on the profile of an account if that was not done for a day.</summary>
    public Task RefreshTags(Account account, CancellationToken cancel) => Look(account, account.FeaturedTagsUri, "featured_tag_fetches", FetchTags, cancel);

    /// <summary>Asks again how many followers and posts somebody has and how many they follow, if that was not done for a day.</summary>
    public Task RefreshCounts(Account account, CancellationToken cancel) => Look(account, account.Outbox ?? account.FollowersUri, "count_fetches", FetchCounts, cancel);

    /// <param name="table">Where it is noted when that was asked for.</param>
    private async Task Look(Account account, string? uri, string table, Func<Account, string, CancellationToken, Task> fetch, CancellationToken cancel)
    {
        if (account.IsOwner || account.GoneAt is not null || uri is null) return;
        var now = time.GetUtcNow();
        if (database.Read(c => c.Exists($"SELECT 1 FROM {table:raw} WHERE account_id = {account.Id} AND fetched_at > {now - StaleAfter}"))) return;
        // Before the fetch, so that two looks at once ask once, and a server that does not answer is not asked by each look.
        await database.Write(c => c.Execute($"INSERT OR REPLACE INTO {table:raw} (account_id, fetched_at) VALUES ({account.Id}, {now})"));
        using var limited = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        try
        {
            await fetch(account, uri, either.Token);
        }
        catch (Exception late) when (late is TryLaterException || (late is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // The profile is shown with what was known before.
        }
    }

    private async Task Fetch(Account account, string featured, CancellationToken cancel)
    {
        // What was pinned stays so when the collection cannot be had.
        if (await fetcher.FetchFirstItems(featured, new FetchBudget(MaxFetches), cancel) is not { } items) return;
        var pinned = new List<long>();
        foreach (var item in items.Take(MaxPins))
            if (await Store(item, account, cancel) is { } status && status.AccountId == account.Id && status is { IsOpen: true, IsBoost: false })
                pinned.Add(status.Id);
        await database.Write(c => PinStore.Replace(c, account.Id, pinned, time.GetUtcNow()));
    }

    private async Task FetchCounts(Account account, string _, CancellationToken cancel)
    {
        var counts = await Task.WhenAll(Count(account.FollowersUri), Count(account.FollowingUri), Count(account.Outbox));
        await database.Write(c => AccountStore.SetCounts(c, account.Id, counts[0], counts[1], counts[2]));

        async Task<long?> Count(string? uri) =>
            Origin.SameOrNull(uri, account.Uri) is { } own && await fetcher.FetchCollection(own, cancel, new FetchBudget(1)) is { Found: true, Json: var json }
            && json.Number("totalItems") is >= 0 and var count ? count : null;
    }

    private async Task FetchTags(Account account, string uri, CancellationToken cancel)
    {
        if (await fetcher.FetchFirstItems(uri, new FetchBudget(MaxFetches), cancel) is not { } items) return;
        var tags = items.Select(item => (Name: RemoteTags.HashtagOf(item), Url: Origin.SameOrNull(item.Id("href"), account.Uri)))
            .Where(tag => tag.Name is not null && HashtagName.Is(tag.Name)).DistinctBy(tag => tag.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MaxTags).Select(tag => (tag.Name!, tag.Url)).ToList();
        await database.Write(c => RemoteTagStore.Replace(c, account.Id, tags, time.GetUtcNow()));
    }

    private async Task<Status?> Store(JsonElement item, Account account, CancellationToken cancel)
    {
        if (Origin.SameOrNull(item.AsId(), account.Uri) is not { } uri) return null;
        if (database.Read(c => StatusStore.FindByUri(c, uri)) is { } known) return known;
        if (OutboxItems.PostOf(item, account, OutboxItems.IsOpen, time) is not { } whole) return (await remoteStatuses.Fetch(uri, cancel)).Status;
        return await database.Write(c => intake.Store(c, whole, account, told: false, personal: false));
    }
}
