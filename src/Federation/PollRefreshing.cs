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

    /// <summary>Brings a poll up to date if it was not done lately. A server that does not answer changes nothing.</summary>
    public async Task Refresh(long statusId, CancellationToken cancel)
    {
        if (database.Read(c => StatusStore.Find(c, statusId)) is not { } status || status.AccountId == owner.Id) return;
        if (!await database.Write(c => PollStore.TakeRefresh(c, statusId, time.GetUtcNow(), Every))) return;
        try
        {
            if (await statuses.FetchObject(status.Uri, cancel) is not { Found: { } found } || found.Author.Id != status.AccountId) return;
            await database.Write(c =>
            {
                if (StatusStore.Find(c, statusId) is { } known) intake.Revise(c, known, found.Prepared);
            });
        }
        catch (TryLaterException)
        {
            // What is known is shown until its server answers.
        }
    }
}
