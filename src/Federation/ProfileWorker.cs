using System.Threading.Channels;
using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Fills the profiles of accounts that the owner begins to follow or looks up, one after another, beside everything else.</summary>
public sealed partial class ProfileWorker(Database database, RemoteOutbox outbox, RemoteFeatured featured, ILogger<ProfileWorker> log) : BackgroundService
{
    /// <summary>Profiles that wait; of more at once, as when a list is followed, the rest is filled when somebody looks.</summary>
    public const int MaxWaiting = 100;

    private readonly Channel<long> waiting = Channel.CreateBounded<long>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public void Look(long accountId) => waiting.Writer.TryWrite(accountId);

    /// <summary>Fills what waits now, for tests, in place of the running worker.</summary>
    public async Task Step(CancellationToken cancel = default)
    {
        while (waiting.Reader.TryRead(out var id)) await Fill(id, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Fill(id, stoppingToken);
            }
#pragma warning disable CA1031 // One profile that cannot be filled must not keep the others from it.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.Failed(log, id, failure);
            }
        }
    }

    private async Task Fill(long accountId, CancellationToken cancel)
    {
        if (database.Read(c => AccountStore.Find(c, accountId)) is not { } account) return;
        await outbox.FetchLatest(account, cancel);
        await featured.Refresh(account, cancel);
        await featured.RefreshTags(account, cancel);
        await featured.RefreshCounts(account, cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The profile of the account {id} could not be filled")]
        public static partial void Failed(ILogger log, long id, Exception failure);
    }
}
