using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Conversations;

/// <summary>
/// Fetches what is missing of a thread: what its first post answers, then the answers that the servers of its posts know of (wire 85). A post
/// counts only as its own server shows it, and only when it says itself that it belongs here. Nobody is told of any but in a thread that they follow. What is missing is kept
/// with the reason, so that a look which is cut short goes on at the next.
/// </summary>
public sealed class ThreadCompletion(Database database, DocumentFetcher fetcher, RemoteStatuses statuses, StatusIntake intake, Owner owner, TimeProvider time)
{
    public const int MaxAncestors = 200;

    /// <summary>A look that takes longer goes on at the next, so that one slow server keeps no other thread waiting.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(2);

    /// <summary>A thread in which nothing was written, and to which the owner did not turn, for so long is left in peace.</summary>
    public static readonly TimeSpan Sleeps = TimeSpan.FromDays(7);

    /// <summary>Until what is left of a look that was cut short.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstAgain = TimeSpan.FromMinutes(15), LastAgain = TimeSpan.FromDays(1);

    /// <summary>How many posts came here.</summary>
    /// <exception cref="OperationCanceledException">The server stops; the look is still due.</exception>
    public async Task<int> Look(long rootId, CancellationToken cancel)
    {
        using var limited = new CancellationTokenSource(LongestLook, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        using var walk = new ThreadWalk();
        try
        {
            rootId = await Ascend(walk, rootId, either.Token);
            await Descend(walk, rootId, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // What came is kept, and what is left is noted.
        }
        await database.Write(c => ThreadLookStore.End(c, rootId, NextLook(c, rootId), time.GetUtcNow()));
        return walk.Stored;
    }

    /// <summary>Fetches what the first post answers, as far up as it can be had. The first post after that.</summary>
    private async Task<long> Ascend(ThreadWalk walk, long rootId, CancellationToken cancel)
    {
        var top = database.Read(c => StatusStore.Find(c, rootId) is { } root ? ThreadStore.Ancestors(c, root).FirstOrDefault() ?? root : null);
        var missing = database.Read(c => MissingPostStore.All(c, rootId)).Find(m => m.Above);
        for (var n = 0; n < MaxAncestors && top is { InReplyToId: null, InReplyToUri: { } parent }; n++)
        {
            if (missing?.Uri == parent && !(missing.DueAt <= time.GetUtcNow())) break;
            var (found, fetched) = await Fetch(walk, parent, belongs: _ => true, cancel);
            if (found is null)
            {
                missing = MissedAgain(new MissingPost(parent, Above: true, fetched.Absence, fetched.Reason, missing?.Uri == parent ? missing.Tries : 0, null));
                break;
            }
            walk.CountStored();
            walk.Keep(found.Id, fetched.Found?.Prepared.Remote);
            top = database.Read(c => ThreadStore.Ancestors(c, found).FirstOrDefault()) ?? found;
        }
        if (top is null) return rootId;
        await database.Write(c =>
        {
            if (top.Id != rootId) ThreadLookStore.Move(c, rootId, top.Id);
            ThreadLookStore.Begin(c, top.Id);
            MissingPostStore.RemoveArrived(c, top.Id);
            if (missing is not null && missing.Uri == top.InReplyToUri && ThreadLookStore.Find(c, top.Id) is not null) MissingPostStore.Save(c, top.Id, missing);
        });
        return top.Id;
    }

    /// <summary>Asks for what is known to be missing, and the servers of the posts that are here for their answers.</summary>
    private async Task Descend(ThreadWalk walk, long rootId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (here, asked, missing) = database.Read(c =>
        {
            List<Status> posts = StatusStore.Find(c, rootId) is { } root ? [root, .. ThreadStore.Descendants(c, root)] : [];
            return (posts, AskedPostStore.Find(c, posts.Select(s => s.Id)), MissingPostStore.All(c, rootId));
        });
        foreach (var uri in here.Select(s => s.Uri).Concat(missing.Select(m => m.Uri))) walk.Know(uri);
        foreach (var post in missing.Where(m => !m.Above && m.DueAt <= now)) walk.Start(() => Take(walk, rootId, post, cancel));
        foreach (var status in here.Where(s => IsDue(s, asked.GetValueOrDefault(s.Id), now))) Ask(walk, rootId, status, cancel);
        await walk.Done();
    }

    /// <summary>Again when a quarter more of its life has passed, for old posts get few answers.</summary>
    private static bool IsDue(Status status, AskedPost? asked, DateTimeOffset now) =>
        asked is null || now - asked.AskedAt >= TimeSpan.FromTicks(Math.Max(ThreadLookStore.Every.Ticks, (asked.AskedAt - status.CreatedAt).Ticks / 4));

    /// <summary>Asks the server of a post for its answers; answers to the owner come by themselves.</summary>
    private void Ask(ThreadWalk walk, long rootId, Status status, CancellationToken cancel)
    {
        if (status.AccountId == owner.Id || status.IsBoost || !status.IsOpen || !walk.TakeQuestion(status.Id)) return;
        walk.Start(async () =>
        {
            var shown = walk.Shown(status.Id);
            if (shown is null)
            {
                var fetched = await Ask(walk, status.Uri, cancel);
                if (walk.Budget.IsSpent) return;
                if (fetched.Found is not { } found || found.Author.Id != status.AccountId)
                {
                    await database.Write(c => AskedPostStore.Save(c, new AskedPost(status.Id, time.GetUtcNow(), fetched.Absence, fetched.Reason)));
                    return;
                }
                await database.Write(c =>
                {
                    if (StatusStore.Find(c, status.Id) is { } known) intake.Revise(c, known, found.Prepared);
                });
                shown = found.Prepared.Remote;
            }
            var listed = await new AnswerListing(fetcher, walk, uris => Name(walk, rootId, uris, cancel), cancel).Read(shown);
            await database.Write(c => AskedPostStore.Save(c, new AskedPost(status.Id, time.GetUtcNow(), listed.Absence, listed.Reason, listed.Beyond, listed.Unlisted)));
        });
    }

    /// <summary>A server names posts of the thread: those that are not here are noted and fetched. How many are too many.</summary>
    private async Task<int> Name(ThreadWalk walk, long rootId, IReadOnlyList<string> uris, CancellationToken cancel)
    {
        var strange = uris.Where(uri => Origin.TryParse(uri, out _) && !Origin.Same(uri, owner.Required.Uri) && !walk.IsKnown(uri)).Distinct().ToList();
        if (strange.Count == 0) return 0;
        var here = database.Read(c => strange.Select(uri => StatusStore.FindByUri(c, uri)).OfType<Status>().ToList());
        // It is here and hangs elsewhere; what it says itself counts.
        foreach (var status in here) strange.Remove(status.Uri);
        var taken = strange.Where(walk.TakePost).ToList();
        await database.Write(c =>
        {
            if (ThreadLookStore.Find(c, rootId) is null) return;
            foreach (var uri in taken) MissingPostStore.Add(c, rootId, uri, time.GetUtcNow());
        });
        foreach (var uri in taken)
            walk.Start(() => Take(walk, rootId, new MissingPost(uri, Above: false, Absence.Waiting, "", 0, time.GetUtcNow()), cancel));
        return strange.Count(uri => !walk.IsKnown(uri));
    }

    /// <summary>Brings a missing post here, or notes why it cannot be had.</summary>
    private async Task Take(ThreadWalk walk, long rootId, MissingPost post, CancellationToken cancel)
    {
        var (found, fetched) = await Fetch(walk, post.Uri, remote => Belongs(walk, remote), cancel);
        if (found is null && walk.Budget.IsSpent) return;
        await database.Write(c =>
        {
            if (ThreadLookStore.Find(c, rootId) is null) return;
            if (found is not null) ThreadLookStore.CountFound(c, rootId);
            if (found is not null || fetched.Absence == Absence.None) MissingPostStore.Remove(c, rootId, post.Uri);
            else MissingPostStore.Save(c, rootId, MissedAgain(post with { Absence = fetched.Absence, Reason = fetched.Reason }));
        });
        if (found is null) return;
        walk.CountStored();
        walk.Keep(found.Id, fetched.Found?.Prepared.Remote);
        Ask(walk, rootId, found, cancel);
    }

    /// <summary>It answers a post of the thread, or says that it is of the same one.</summary>
    private static bool Belongs(ThreadWalk walk, RemoteObject remote) =>
        (remote.InReplyTo is { } parent && walk.IsKnown(parent)) || (remote.Context is { } context && walk.IsContext(context));

    /// <summary>Fetches and stores a post. Without one: why, or that it is none of this thread (no absence).</summary>
    private async Task<(Status? Stored, ObjectFetch Fetched)> Fetch(ThreadWalk walk, string uri, Func<RemoteObject, bool> belongs, CancellationToken cancel)
    {
        if (database.Read(c => StatusStore.FindByUri(c, uri)) is { } known) return (known, new ObjectFetch(null, ""));
        if (database.Read(c => Tombstones.Find(c, uri)) is not null || Origin.Same(uri, owner.Required.Uri)) return (null, Deleted(uri));
        var fetched = await Ask(walk, uri, cancel);
        if (fetched.Found is not { Prepared.Remote: var remote } found) return (null, fetched);
        if (!belongs(remote)) return (null, new ObjectFetch(null, "It is of another thread."));
        if (!remote.Audience.IsOpen) return (null, new ObjectFetch(null, "It is for few.", Absence.NotPublic));
        return await database.Write(c => intake.Store(c, found.Prepared, found.Author, told: false, personal: false)) is { } stored
            ? (stored, fetched) : (null, Deleted(uri));
    }

    private static ObjectFetch Deleted(string uri) => new(null, $"{uri} was deleted.", Absence.Deleted);

    private Task<ObjectFetch> Ask(ThreadWalk walk, string uri, CancellationToken cancel) => walk.Ask(uri, async () =>
    {
        try
        {
            return await statuses.FetchObject(uri, cancel, walk.Budget);
        }
        catch (TryLaterException away)
        {
            return new ObjectFetch(null, away.Message, Absence.Unreachable);
        }
    }, f => f.Absence == Absence.Unreachable ? f.Reason : null, reason => new ObjectFetch(null, reason, Absence.Unreachable), cancel);

    /// <summary>When a post is asked for again: soon and ever more seldom of a server that was away, once in some days where it was denied.</summary>
    private MissingPost MissedAgain(MissingPost post) => post with
    {
        Tries = post.Tries + 1,
        DueAt = post.Absence switch
        {
            Absence.Deleted => null,
            Absence.Unreachable => time.GetUtcNow() + FirstAgain * Math.Pow(4, Math.Min(post.Tries, 4)),
            _ => time.GetUtcNow() + TimeSpan.FromDays(1 + post.Tries),
        },
    };

    /// <summary>The longer nothing happened, the longer until the next; a thread that the owner follows does not fall asleep.</summary>
    private DateTimeOffset? NextLook(Connection c, long rootId)
    {
        var now = time.GetUtcNow();
        if (StatusStore.Find(c, rootId) is not { } root || ThreadLookStore.Find(c, rootId) is not { } look) return null;
        if (MissingPostStore.All(c, rootId).Exists(m => m.Absence == Absence.Waiting)) return now + Rest;
        var newest = ThreadStore.Descendants(c, root).Select(s => s.CreatedAt).Append(look.OpenedAt).Max();
        var quiet = now - newest;
        return quiet > Sleeps && ThreadFollowStore.Since(c, root) is null ? null : now + TimeSpan.FromTicks(Math.Clamp(quiet.Ticks, FirstAgain.Ticks, LastAgain.Ticks));
    }
}
