namespace Calf.Federation.Outbox;

/// <summary>Posts what was written for later when its time has come; what came due while the server was off goes out at its first round.</summary>
public sealed class SchedulingWorker(Scheduling scheduling, TimeProvider time, ILogger<SchedulingWorker> log) : PeriodicWorker(Interval, time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task Round(CancellationToken cancel) => scheduling.PostDue(cancel);
}
