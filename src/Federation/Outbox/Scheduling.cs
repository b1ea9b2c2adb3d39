using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner writes posts for later.</summary>
public sealed class Scheduling(Database database, Owner owner, Writing writing, Posting posting, TimeProvider time)
{
    /// <summary>As Mastodon's.</summary>
    public static readonly TimeSpan Soonest = TimeSpan.FromMinutes(5);

    /// <summary>As Mastodon's.</summary>
    public const int MaxTotal = 300, MaxPerDay = 25;

    /// <summary>When it could not be posted, for what it answers has gone meanwhile, it is tried again so much later.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromHours(1);

    private const int Batch = 20;

    /// <exception cref="ActionException">It could not be posted as it is, the time is too soon, or too many wait already.</exception>
    public async Task<ScheduledStatus> Schedule(NewStatus draft, DateTimeOffset dueAt, CancellationToken cancel)
    {
        if (database.Read(c => Earlier(c, draft)) is { } before) return before;
        // Looked at now, while the person who wrote it is there to mend it.
        var text = await writing.Render(draft, cancel);
        var now = time.GetUtcNow();
        draft.Poll?.Begin(now);
        return await database.Write(c =>
        {
            if (Earlier(c, draft) is { } earlier) return earlier;
            if (draft.InReplyToId is { } parent) Readable.Require(c, parent, owner.Id, NewStatus.ParentMissing);
            NewQuote.Find(c, draft, owner.Required, text);
            var files = Attaching.Require(c, draft.MediaIds, before: [], writing.MaxAttachments, withPoll: draft.Poll is not null);
            if (ScheduledStore.Count(c) >= MaxTotal) throw ActionException.Invalid(Validation.Failed(Words.T("You have exceeded the limit of {most} scheduled posts", ("most", Words.Digits(MaxTotal)))));
            Demand(c, dueAt, except: 0);
            var scheduled = new ScheduledStatus(Ids.At(now), dueAt, ScheduledDraft.Write(draft with { IdempotencyKey = null }));
            ScheduledStore.Add(c, scheduled);
            UploadStore.MarkUsed(c, [.. files.Select(f => f.Id)]);
            if (draft.IdempotencyKey is { } key) Idempotency.RememberScheduled(c, key, scheduled.Id, now);
            return scheduled;
        });
    }

    private ScheduledStatus? Earlier(Connection c, NewStatus draft) =>
        draft.IdempotencyKey is { } key ? Idempotency.FindScheduled(c, key, time.GetUtcNow()) : null;

    /// <exception cref="ActionException">It is not there, or the time is too soon.</exception>
    public Task<ScheduledStatus> Move(long id, DateTimeOffset dueAt) => database.Write(c =>
    {
        var scheduled = ScheduledStore.Find(c, id) ?? throw ActionException.NotFound();
        Demand(c, dueAt, id);
        ScheduledStore.Move(c, id, dueAt);
        return scheduled with { DueAt = dueAt };
    });

    /// <summary>Takes it back; its files can be used for another post.</summary>
    /// <exception cref="ActionException">It is not there.</exception>
    public Task Cancel(long id) => database.Write(c => Take(c, ScheduledStore.Find(c, id) ?? throw ActionException.NotFound()));

    /// <summary>Posts what is due. A post and its leaving the list are one transaction, so that it goes out once.</summary>
    /// <returns>How many were posted.</returns>
    public async Task<int> PostDue(CancellationToken cancel)
    {
        var posted = 0;
        foreach (var scheduled in database.Read(c => ScheduledStore.Due(c, time.GetUtcNow(), Batch)))
        {
            try
            {
                await posting.Post(ScheduledDraft.Read(scheduled), c => Take(c, scheduled), cancel);
                posted++;
            }
            catch (ActionException)
            {
                // It stays in the list, where the owner sees it.
                await database.Write(c => ScheduledStore.Move(c, scheduled.Id, time.GetUtcNow() + AgainAfter));
            }
        }
        return posted;
    }

    private void Take(Connection c, ScheduledStatus scheduled)
    {
        if (!ScheduledStore.Remove(c, scheduled.Id)) throw ActionException.NotFound();
        UploadStore.MarkUnused(c, [.. ScheduledDraft.Read(scheduled).MediaIds], time.GetUtcNow());
    }

    private void Demand(Connection c, DateTimeOffset dueAt, long except)
    {
        if (dueAt <= time.GetUtcNow() + Soonest) throw ActionException.Invalid(Validation.Failed(Words.T("Scheduled at date must be in the future")));
        var day = new DateTimeOffset(dueAt.UtcDateTime.Date, TimeSpan.Zero);
        if (ScheduledStore.CountBetween(c, day, day.AddDays(1), except) >= MaxPerDay)
            throw ActionException.Invalid(Validation.Failed(Words.T("You have exceeded the limit of {most} scheduled posts for today", ("most", Words.Digits(MaxPerDay)))));
    }
}
