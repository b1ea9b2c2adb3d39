using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Store;

namespace Calf.Federation.Gaps;

/// <summary>What a page of an outbox has of a gap, the oldest first.</summary>
/// <param name="Outcome">Anything but found comes with a reason.</param>
/// <param name="Ends">Nothing further belongs to the gap.</param>
/// <param name="IsCut">There was more on it than is looked at.</param>
/// <param name="Missed">Boosts of posts that could not be had.</param>
public sealed record GapPage(FetchOutcome Outcome, string Reason, IReadOnlyList<GapItem> Items, string? Next, bool Ends, bool IsCut, int Missed);

/// <summary>A post or a boost.</summary>
public sealed record GapItem(PreparedStatus? Post, OutboxBoost? Boost);

/// <summary>
/// Reads outboxes as the owner, to whom some servers show what is for followers, and takes out of them what was posted and boosted in a gap.
/// </summary>
public sealed class GapPages(Database database, DocumentFetcher fetcher, OutboxItems outboxItems, OwnKeys keys, Owner owner, TimeProvider time)
{
    /// <summary>Clocks of others may be wrong by so much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Boosted posts that are not here, fetched for one page.</summary>
    public const int MaxBoosted = 20;

    /// <summary>Items looked at on one page, however many there are.</summary>
    public const int MaxItems = 400;

    /// <summary>A page that takes longer does not come; nor do the boosted posts that take longer.</summary>
    public static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(10);

    private readonly DocumentFetcher asOwner = fetcher.SignedWith(() => keys.Owner);

    /// <param name="address">Of the page; null for the first.</param>
    public async Task<GapPage> Read(Account account, Gap gap, string? address, CancellationToken cancel)
    {
        if (Origin.SameOrNull(account.Outbox, account.Uri) is not { } outbox) return Failed(FetchOutcome.Refused, "It names no outbox on its own server.");
        if (database.Read(c => DomainRefusal.Of(c, outbox)) is { } refusal) return Failed(FetchOutcome.Refused, refusal);
        var page = await Fetch(address ?? outbox, cancel);
        if (!page.Found) return Failed(page.Outcome, page.Reason);
        var dated = page.Items.Select(item => (Json: item, Date: OutboxItems.DateOf(item))).ToList();
        // From the last one that has a date: a pinned old post may stand first.
        var ends = page.Next is null || dated.FindLast(item => item.Date is not null).Date < gap.From - Skew;
        var inSpan = dated.Where(item => item.Date >= gap.From - Skew && item.Date <= gap.To + Skew).ToList();
        var inside = inSpan.Take(MaxItems).OrderBy(item => item.Date)
            .Select(item => ItemOf(item.Json, account)).OfType<GapItem>().ToList();
        var missed = await outboxItems.FetchBoosted([.. inside.Select(item => item.Boost).OfType<OutboxBoost>()], MaxBoosted, LongestFetch, time, cancel);
        return new GapPage(FetchOutcome.Found, "", inside, page.Next, ends, inSpan.Count > MaxItems, missed);
    }

    private async Task<CollectionPage> Fetch(string address, CancellationToken cancel)
    {
        using var limited = new CancellationTokenSource(LongestFetch, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        try
        {
            // The outbox and its first page, where they are apart.
            return await asOwner.FetchPage(address, new FetchBudget(2), either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new CollectionPage([], null, FetchOutcome.Transient, $"{address} did not come within {LongestFetch.TotalSeconds:0} seconds.");
        }
    }

    private GapItem? ItemOf(JsonElement item, Account account)
    {
        if (OutboxItems.PostOf(item, account, IsWanted, time) is { } post) return new GapItem(post, null);
        return OutboxItems.BoostOf(item, account, IsWanted) is { } boost ? new GapItem(null, boost) : null;

        bool IsWanted(Audience audience) =>
            audience.IsOpen || audience.Includes(owner.Required.Uri) || (account.FollowersUri is { } followers && audience.Includes(followers));
    }

    private static GapPage Failed(FetchOutcome outcome, string reason) => new(outcome, reason, [], null, Ends: true, IsCut: false, 0);
}
