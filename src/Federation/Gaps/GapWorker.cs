namespace Calf.Federation.Gaps;

/// <summary>Repairs gaps beside everything else, from the start on.</summary>
public sealed class GapWorker(GapRepair repair, TimeProvider time, ILogger<GapWorker> log) : PeriodicWorker(GapRepair.HostPause, time, log)
{
    protected override async Task Round(CancellationToken cancel)
    {
        while (await repair.Step(cancel)) cancel.ThrowIfCancellationRequested();
    }
}
