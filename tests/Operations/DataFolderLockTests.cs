using Calf.Operations;
using Calf.Tests.Support;

namespace Calf.Tests.Operations;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Site site = new("calf.example", "social.calf.example");

    [Fact]
    public void The_second_server_on_a_folder_is_told_who_has_it()
    {
        using var first = DataFolderLock.Take(folder.Path, site);
        var refusal = Assert.Throws<DataFolderInUseException>(() => DataFolderLock.Take(folder.Path, site));
        Assert.Contains(folder.Path, refusal.Message);
        Assert.Contains($"(process {Environment.ProcessId})", refusal.Message);
    }

    [Fact]
    public void The_folder_is_free_again_when_the_first_has_ended()
    {
        DataFolderLock.Take(folder.Path, site).Dispose();
        Assert.Null(DataFolderLock.Holder(folder.Path));
        DataFolderLock.Take(folder.Path, site).Dispose();
    }

    [Fact]
    public void A_verb_can_ask_who_runs_and_under_which_names()
    {
        Assert.Null(DataFolderLock.Holder(folder.Path));
        Assert.Empty(Directory.GetFiles(folder.Path));
        using var running = DataFolderLock.Take(folder.Path, site);
        Assert.Equal(new LockHolder(Environment.ProcessId, "calf.example", "social.calf.example"), DataFolderLock.Holder(folder.Path));
    }

    public void Dispose() => folder.Dispose();
}
