using System.Collections.Concurrent;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Conversations;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Gaps;

/// <summary>
/// Looks for what was missed while this server was away, in the outboxes of those whom the owner follows: page by page, a few servers side by
/// side and never two pages of one at a time. How far it came is written with what it brought, so that a restart goes on there.
/// </summary>
public sealed class GapRepair(Database database, Owner owner, GapPages pages, GapIntake intake, TimeProvider time)
{
    /// <summary>Servers asked at once.</summary>
    public const int AtOnce = 4;

    /// <summary>Pages read of one outbox.</summary>
    public const int MaxPages = 20;

    /// <summary>Posts of one account; the page that goes beyond is the last.</summary>
    public const int MaxPosts = 400;

    /// <summary>Posts in all.</summary>
    public const int MaxAll = 10_000;

    /// <summary>Threads that the owner took part in, completed once.</summary>
    public const int MaxThreads = 20;

    /// <summary>The least time between two pages of one server.</summary>
    public static readonly TimeSpan HostPause = TimeSpan.FromSeconds(1);

    /// <summary>The time that threads have to come before it is looked who named the owner there.</summary>
    public static readonly TimeSpan ThreadsTake = TimeSpan.FromMinutes(2);

    /// <summary>How long before a gap the owner must have answered in a thread for it to be completed.</summary>
    private static readonly TimeSpan ThreadsAlive = TimeSpan.FromDays(3);

    private const int PlacedAtOnce = 100;

    /// <summary>The pauses before a server is tried again that did not answer. After the last it is given up.</summary>
    public static readonly IReadOnlyList<TimeSpan> Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    private readonly ConcurrentDictionary<string, DateTimeOffset> resting = new();
    private volatile bool mayBeOpen = true;

    /// <summary>There is a new gap.</summary>
    public void Wake() => mayBeOpen = true;

    /// <summary>A page of each of a few servers, or what is to be done when none is due. False when there is nothing to do now.</summary>
    public async Task<bool> Step(CancellationToken cancel = default)
    {
        if (!mayBeOpen) return false;
        // Before it is looked, so that what wakes meanwhile is not forgotten.
        mayBeOpen = false;
        if (database.Read(GapStore.Open) is not { } gap) return false;
        mayBeOpen = true;
        var now = time.GetUtcNow();
        var due = database.Read(c => GapStore.Due(c, gap.Id, now));
        if (due.Count == 0) return await Settle(gap, now);
        var turns = due.Where(walk => !(resting.TryGetValue(walk.Host, out var until) && until > now)).OrderBy(walk => walk.TriedAt).Take(AtOnce).ToList();
        await Task.WhenAll(turns.Select(walk => Turn(gap, walk, cancel)));
        return turns.Count > 0;
    }

    private async Task Turn(Gap gap, GapWalk walk, CancellationToken cancel)
    {
        if (database.Read(c => AccountStore.Find(c, walk.AccountId)) is not { } account) return;
        var page = await pages.Read(account, gap, walk.NextPage, cancel);
        resting[walk.Host] = time.GetUtcNow() + HostPause;
        await database.Write(c => Note(c, gap, walk, account, page));
    }

    private void Note(Connection c, Gap gap, GapWalk walk, Account account, GapPage page)
    {
        var now = time.GetUtcNow();
        // The owner may have taken that back meanwhile.
        if (!FollowStore.IsFollowing(c, owner.Id, account.Id)) GapStore.End(c, gap.Id, account.Id, GapWalkState.Done, null);
        else if (page.Outcome == FetchOutcome.Transient) GapStore.Failed(c, gap.Id, walk, page.Reason, now, walk.Tries < Delays.Count ? now + Delays[walk.Tries] : null);
        else if (page.Outcome != FetchOutcome.Found) GapStore.End(c, gap.Id, account.Id, GapWalkState.Refused, page.Reason);
        else
        {
            var recovered = intake.Store(c, gap, page, account);
            var isOver = page.IsCut || (!page.Ends && (walk.Pages + 1 >= MaxPages || walk.Posts + recovered >= MaxPosts));
            GapStore.Went(
                c, gap.Id, account.Id, isOver ? GapWalkState.Cut : page.Ends ? GapWalkState.Done : GapWalkState.Waiting, page.Next, recovered, page.Missed,
                isOver ? $"Its outbox has more than {MaxPages} pages or {MaxPosts} posts of that time." : null, now);
            if (GapReport.Total(c, gap.Id) >= MaxAll) GapStore.EndAll(c, gap.Id, GapWalkState.Cut, $"The {MaxAll} posts that are recovered at most were reached.");
        }
    }

    /// <summary>When no page is due: what waited goes home, threads are asked for, and at last the gap is finished.</summary>
    private async Task<bool> Settle(Gap gap, DateTimeOffset now)
    {
        if (await database.Write(c => intake.PlacePending(c, gap, PlacedAtOnce)) > 0) return true;
        if (gap.ThreadsAt is not { } asked)
        {
            await database.Write(c =>
            {
                foreach (var root in ThreadsOf(c, gap)) ThreadLookStore.Want(c, root, now, now);
                GapStore.AskedThreads(c, gap.Id, now);
            });
            return true;
        }
        if (asked + ThreadsTake > now || database.Read(c => GapStore.Waits(c, gap.Id))) return false;
        await database.Write(c =>
        {
            intake.TellUntold(c, gap);
            GapStore.Finish(c, gap.Id, now);
        });
        resting.Clear();
        return true;
    }

    /// <summary>The beginnings of threads of others in which the owner lately answered.</summary>
    private List<Status> ThreadsOf(Connection c, Gap gap) =>
        [.. GapStore.OwnAnswers(c, owner.Id, gap.From - ThreadsAlive, MaxThreads * 5)
            .Select(id => ThreadStore.Ancestors(c, StatusStore.Find(c, id)!).FirstOrDefault())
            .OfType<Status>().Where(root => root.AccountId != owner.Id).DistinctBy(root => root.Id).Take(MaxThreads)];
}
