using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation.Gaps;

/// <summary>
/// Writes down that this server runs, so that it knows later from when to when it was away: off, or on a machine that slept. While nothing
/// else is written it writes less often, so that it is not what keeps a disk awake.
/// </summary>
public sealed partial class Heartbeat(Database database, Owner owner, GapRepair repair, TimeProvider time, ILogger<Heartbeat> log)
    : PeriodicWorker(Interval, time, log)
{
    /// <summary>Whoever was away for less missed nothing: others try again for longer than that.</summary>
    public static readonly TimeSpan LeastGap = TimeSpan.FromMinutes(5);

    /// <summary>The most time between two notes. With the pause between two looks it stays below <see cref="LeastGap"/>.</summary>
    public static readonly TimeSpan AtRest = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long written;

    /// <summary>Since when this process has been at work.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Looks once: was this server away, and is it time to write down that it runs?</summary>
    public Task Step() => database.WriteRepeatable(c =>
    {
        var now = Time.GetUtcNow();
        var last = GapStore.LastAlive(c);
        if (last is { } before && now - before >= LeastGap && owner.Account is { } account)
        {
            GapStore.Add(c, Ids.At(now), before, now, account.Id);
            c.AfterCommit(() => Found(before, now));
        }
        // A clock that was put back counts from where it is now.
        else if (last is { } lately && now >= lately && now - lately < AtRest && Changes(c) == written) return;
        GapStore.SetAlive(c, now);
        written = Changes(c);
    });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Step();
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await database.Write(c => GapStore.SetAlive(c, Time.GetUtcNow()));
    }

    protected override Task Round(CancellationToken cancel) => Step();

    private void Found(DateTimeOffset from, DateTimeOffset to)
    {
        repair.Wake();
        Log.Away(log, GapReport.Span(to - from));
    }

    /// <summary>Rows that were written since the database was opened.</summary>
    private static long Changes(Connection c) => c.Count($"SELECT total_changes()");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "This server was away for {span}; what was missed is looked for")]
        public static partial void Away(ILogger log, string span);
    }
}
