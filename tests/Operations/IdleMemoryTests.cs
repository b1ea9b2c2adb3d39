using Calf.Operations;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Operations;

public sealed class IdleMemoryTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Database database;
    private readonly IdleMemory memory;

    public IdleMemoryTests()
    {
        database = new Database(folder.Path, TimeProvider.System);
        memory = new IdleMemory(database, TimeProvider.System);
    }

    public void Dispose()
    {
        memory.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Memory_is_given_back_once_when_a_burst_is_over()
    {
        var allocated = 10 * IdleMemory.WorthwhileBytes;
        Assert.False(memory.Look(allocated), "a busy server is left alone");
        Assert.True(memory.Look(allocated + 1));
        Assert.False(memory.Look(allocated + 2), "nothing new to give back");
    }

    [Fact]
    public void A_little_work_now_and_then_costs_no_collection_each_time()
    {
        var allocated = 10 * IdleMemory.WorthwhileBytes;
        memory.Look(allocated);
        memory.Look(allocated);
        var given = Enumerable.Range(1, 32).Count(n => memory.Look(allocated + (n * (IdleMemory.RestBytes - 1))));
        Assert.InRange(given, 1, 4);
    }

    [Fact]
    public void The_C_library_takes_large_blocks_from_the_system()
    {
        var glibc = OperatingSystem.IsLinux() && !System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        Assert.Equal(glibc, IdleMemory.KeepLargeBlocksApart());
    }

    [Fact]
    public void A_server_that_never_rests_is_never_held_up()
    {
        Assert.DoesNotContain(true, Enumerable.Range(1, 100).Select(n => memory.Look(n * IdleMemory.RestBytes)));
    }
}
