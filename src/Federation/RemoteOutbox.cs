using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>
/// Brings an account's posts here as its profile is looked at: the newest two pages of its outbox, and more as one reads on. They stand at
/// their true dates; nobody is told of them and they do not go home.
/// </summary>
public sealed class RemoteOutbox(Database database, DocumentFetcher fetcher, OutboxItems outboxItems, StatusIntake intake, TimeProvider time)
{
    /// <summary>Pages that one look at the top of a profile reads.</summary>
    public const int NewestPages = 2;

    /// <summary>Pages read for one look further down, where what is wanted, such as pictures, is rare.</summary>
    public const int OlderPages = 3;

    /// <summary>Posts taken of one page.</summary>
    public const int MaxPosts = 40;

    /// <summary>What was boosted lives elsewhere, and costs a fetch each.</summary>
    public const int MaxBoosted = 5;

    /// <summary>The least time between two looks at the newest pages of one account.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(30);

    /// <summary>How long a server that gave no page is left alone.</summary>
    public static readonly TimeSpan FailureLasts = TimeSpan.FromMinutes(10);

    /// <summary>Whoever looks at a profile is not kept longer than this; what has not come by then comes at the next look.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestWaitForBoosted = TimeSpan.FromSeconds(2);

    private readonly Looks<long> looks = new(LongestWait, time);

    /// <summary>Fetches the newest posts of an account if that was not done lately. What cannot be had is left out without a word.</summary>
    public async Task FetchLatest(Account account, CancellationToken cancel)
    {
        if (OutboxOf(account) is { } outbox && IsStale(account)) await Walk(account, limited => ReadNewest(account, outbox, limited), cancel);
    }

    /// <summary>Reads on in an account's outbox, from where the last look ended, until there is enough.</summary>
    /// <param name="enough">Is given the time back to which the outbox is here.</param>
    public async Task FetchOlder(Account account, Func<DateTimeOffset?, bool> enough, CancellationToken cancel)
    {
        if (OutboxOf(account) is not null && WantsMore(account, enough)) await Walk(account, limited => ReadOlder(account, enough, limited), cancel);
    }

    /// <summary>An id below which there is more to read at its server; null where there is not, or not now.</summary>
    public long? Further(Account account) =>
        OutboxOf(account) is not null && Progress(account) is { NextPage: not null } walk && !FailedLately(walk) ? Ids.FloorOf(walk.OldestAt ?? walk.LookedAt) : null;

    private OutboxWalk? Progress(Account account) => database.Read(c => OutboxWalkStore.Find(c, account.Id));

    private string? OutboxOf(Account account) =>
        account is { IsOwner: false, GoneAt: null } && Origin.SameOrNull(account.Outbox, account.Uri) is { } outbox && database.Read(c => DomainRefusal.Of(c, outbox)) is null
            ? outbox : null;

    private bool IsStale(Account account) => Progress(account) is not { } walk || walk.LookedAt <= time.GetUtcNow() - StaleAfter;

    private bool WantsMore(Account account, Func<DateTimeOffset?, bool> enough) =>
        Progress(account) is { NextPage: not null } walk && !FailedLately(walk) && !enough(walk.OldestAt);

    private bool FailedLately(OutboxWalk walk) => walk.FailedAt > time.GetUtcNow() - FailureLasts;

    private async Task Walk(Account account, Func<CancellationToken, Task> read, CancellationToken cancel)
    {
        var before = Progress(account);
        // The profile is shown with what has come. Whoever brings nothing in that time is left alone for a while.
        if (!await looks.Take(account.Id, read, cancel) && Progress(account) is { } after && after with { LookedAt = before?.LookedAt ?? after.LookedAt } == before) await Fail(account);
    }

    private async Task ReadNewest(Account account, string outbox, CancellationToken cancel)
    {
        var before = Progress(account);
        if (before is not null && !IsStale(account)) return;
        var now = time.GetUtcNow();
        // Before the fetch, so that a server that does not answer is not asked by each look.
        await database.Write(c => OutboxWalkStore.Save(c, before is null ? new OutboxWalk(account.Id, now, null, null, null, null) : before with { LookedAt = now }));
        var walk = new OutboxWalk(account.Id, now, outbox, null, null, null);
        for (var n = 0; n < NewestPages && walk.NextPage is not null; n++)
        {
            // The outbox and its first page, where they are apart.
            var page = await fetcher.FetchPage(walk.NextPage, new FetchBudget(2), cancel);
            if (!page.Found)
            {
                await Fail(account);
                return;
            }
            await Store(account, page, cancel);
            walk = Extend(walk, page);
            // What was read before begins here, so that its end is the end of both.
            var joined = before?.NewestAt is { } known && walk.OldestAt <= known;
            var reached = joined ? before! with { LookedAt = now, NewestAt = walk.NewestAt > before.NewestAt ? walk.NewestAt : before.NewestAt, FailedAt = null } : walk;
            await database.Write(c => OutboxWalkStore.Save(c, reached));
            if (joined) return;
        }
    }

    private async Task ReadOlder(Account account, Func<DateTimeOffset?, bool> enough, CancellationToken cancel)
    {
        for (var n = 0; n < OlderPages && WantsMore(account, enough); n++)
        {
            var walk = Progress(account)!;
            var page = await fetcher.FetchPage(walk.NextPage!, new FetchBudget(2), cancel);
            if (!page.Found)
            {
                await Fail(account);
                return;
            }
            await Store(account, page, cancel);
            var further = Extend(walk, page) with { FailedAt = null };
            // Who gives the same again and again has come to an end.
            if (further.OldestAt >= walk.OldestAt) further = further with { NextPage = null };
            await database.Write(c => OutboxWalkStore.Save(c, further));
        }
    }

    private OutboxWalk Extend(OutboxWalk walk, CollectionPage page)
    {
        var now = time.GetUtcNow();
        var dates = page.Items.Select(OutboxItems.DateOf).OfType<DateTimeOffset>().Where(date => date < now).ToList();
        if (dates.Count == 0) return walk with { NextPage = page.Next };
        return walk with
        {
            NextPage = page.Next,
            NewestAt = walk.NewestAt > dates.Max() ? walk.NewestAt : dates.Max(),
            OldestAt = walk.OldestAt < dates.Min() ? walk.OldestAt : dates.Min(),
        };
    }

    private Task Fail(Account account) => database.Write(c =>
    {
        if (OutboxWalkStore.Find(c, account.Id) is { } walk) OutboxWalkStore.Save(c, walk with { FailedAt = time.GetUtcNow() });
    });

    private async Task Store(Account account, CollectionPage page, CancellationToken cancel)
    {
        var items = page.Items.Take(MaxPosts).ToList();
        var posts = items.Select(item => OutboxItems.PostOf(item, account, OutboxItems.IsOpen, time)).OfType<PreparedStatus>().ToList();
        if (posts.Count > 0)
            await database.Write(c =>
            {
                foreach (var post in posts) intake.Store(c, post, account, told: false, personal: false);
            });
        var boosts = items.Select(item => OutboxItems.BoostOf(item, account, OutboxItems.IsOpen)).OfType<OutboxBoost>().ToList();
        if (boosts.Count == 0) return;
        await outboxItems.FetchBoosted(boosts, MaxBoosted, LongestWaitForBoosted, time, cancel);
        await database.Write(c =>
        {
            foreach (var boost in boosts)
                if (StatusStore.FindByUri(c, boost.Uri) is { IsOpen: true, IsBoost: false } boosted && Tombstones.Find(c, boost.Announce.OwnId()!) is null)
                    StatusIntake.AddBoost(c, boosted, account, boost.Announce, time.GetUtcNow());
        });
    }
}
