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

    /// <summary>M_MMAP_THRESHOLD of mallopt(3).</summary>
    private const int MmapThreshold = -3;

    private const int LargeBlock = 256 * 1024;

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
        KeepLargeBlocksApart();
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

    /// <summary>
    /// Has glibc take every large block from the system and give it back at once. Left to itself it learns from the first freed picture to cut
    /// even those of 30 MB out of heaps of its own, one for each thread, which kept 200 MB after twenty uploads. False where that cannot be said.
    /// </summary>
    internal static bool KeepLargeBlocksApart()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return SetOption(MmapThreshold, LargeBlock) == 1;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
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

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int name, int value);
}
