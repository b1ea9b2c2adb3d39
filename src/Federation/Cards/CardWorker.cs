using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Cards;

/// <summary>
/// Fetches the pages that posts link to as they become due, a few side by side and never two of one host, and says that the posts have their
/// cards. What was under way when the server stopped is still due when it starts.
/// </summary>
public sealed partial class CardWorker(Database database, CardFetching fetching, EventHub events, TimeProvider time, ILogger<CardWorker> log)
    : PeriodicWorker(Interval, time, log)
{
    public const int AtOnce = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>One page of each of a few hosts. How many pages were due.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        var due = database.Read(c => LinkStore.Due(c, Time.GetUtcNow(), AtOnce));
        await Task.WhenAll(due.Select(link => Look(link, cancel)));
        return due.Count;
    }

    protected override async Task Round(CancellationToken cancel)
    {
        while (await Step(cancel) > 0)
        {
        }
    }

    private async Task Look(DueLink link, CancellationToken cancel)
    {
        // Its posts may have been deleted or edited while it waited.
        Card? card = null;
        try
        {
            if (database.Read(c => LinkStore.IsWanted(c, link.CardId))) card = await Fetch(link.Url, cancel);
        }
        catch (CardLaterException later)
        {
            if (await database.Write(c => LinkStore.PutOff(c, link.CardId, later.Wait, Time.GetUtcNow()))) return;
        }
        await database.Write(c =>
        {
            foreach (var status in LinkStore.Keep(c, link.CardId, card, Time.GetUtcNow()))
                c.AfterCommit(() => events.Publish(new StatusEdited(status)));
        });
    }

    private async Task<Card?> Fetch(string url, CancellationToken cancel)
    {
        try
        {
            return await fetching.Fetch(url, cancel);
        }
#pragma warning disable CA1031 // A page that cannot be read, for whatever reason, must not be due for ever.
        catch (Exception failure) when (failure is not CardLaterException && !cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(log, url, failure);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The card of {url} could not be made")]
        public static partial void Failed(ILogger log, string url, Exception failure);
    }
}
