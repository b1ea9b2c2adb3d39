using Calf.Accounts;
using Calf.Events;
using Calf.Store;
using Microsoft.Data.Sqlite;

namespace Calf.Operations;

/// <summary>
/// Sees what a verb wrote beside the running server: SQLite tells that another process committed, not what. So the owner is read
/// anew and the delivery looks for work.
/// </summary>
public sealed partial class OutsideChanges(Database database, Owner owner, EventHub events, TimeProvider time, ILogger<OutsideChanges> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? seen;

    /// <summary>Looks once. The first look only remembers where things stand.</summary>
    public async Task Step()
    {
        var version = await database.OutsideVersion();
        var changed = seen is { } before && before != version;
        seen = version;
        if (!changed) return;
        if (owner.Account is { } account) events.Publish(new AccountChanged(account.Id));
        events.Publish(new DeliveriesQueued());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await Step();
            }
            catch (SqliteException failure)
            {
                // A verb may hold the file for longer than we care to wait.
                Log.Failed(log, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database could not be asked for changes of other processes; it is asked again in a second.")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
