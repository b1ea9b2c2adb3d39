using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Asks other servers how their polls stand.</summary>
public sealed class PollRefreshing(Database database, Owner owner, RemoteStatuses statuses, StatusIntake intake, TimeProvider time)
{
    /// <summary>The least time between two questions about one poll; Mastodon's.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Whoever looks at a poll is not kept longer than this.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Brings a poll up to date if it was not done lately. A server that does not answer changes nothing.</summary>
    public async Task Refresh(long statusId, CancellationToken cancel)
    {
        if (database.Read(c => StatusStore.Find(c, statusId)) is not { } status || status.AccountId == owner.Id) return;
        if (!await database.Write(c => PollStore.TakeRefresh(c, statusId, time.GetUtcNow(), Every))) return;
        using var limited = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        try
        {
            if (await statuses.FetchObject(status.Uri, either.Token) is not { Found: { } found } || found.Author.Id != status.AccountId) return;
            await database.Write(c =>
            {
                if (StatusStore.Find(c, statusId) is { } known) intake.Revise(c, known, found.Prepared);
            });
        }
        catch (Exception late) when (late is TryLaterException || (late is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // What is known is shown until its server answers.
        }
    }
}
