using System.Runtime.InteropServices;
using Calf.Store;

namespace Calf.Operations;

/// <summary>
/// Gives memory back to the system when a burst, such as the start, is over. Without it a server that rests keeps what its busiest
/// moment took, since nothing allocates and so nothing is collected.
/// </summary>
public sealed partial class IdleMemory(Database database, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Who allocates less than this between two looks is resting: nobody waits for the collection.</summary>
    internal const long RestBytes = 256 * 1024;

    /// <summary>What must have been allocated since the last time, so that a resting server does not collect for nothing.</summary>
    internal const long WorthwhileBytes = 2 * 1024 * 1024;

    private long lastLook;
    private long lastRelease;

    /// <summary>One look at how many bytes the process has allocated so far. True if it is time to give memory back.</summary>
    internal bool Look(long allocated)
    {
        var rests = allocated - lastLook < RestBytes;
        lastLook = allocated;
        if (!rests || allocated - lastRelease < WorthwhileBytes) return false;
        lastRelease = allocated;
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (Look(GC.GetTotalAllocatedBytes()))
            {
                await database.Rest();
                var pages = FilePages.Find();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GiveBackNative();
                FilePages.LetGo(pages);
            }
    }

    /// <summary>What SQLite and Skia have freed stays with the C library until it is asked for. Only glibc can be asked.</summary>
    private static void GiveBackNative()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint pad);
}
