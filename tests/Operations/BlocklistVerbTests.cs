using Calf.Operations;

namespace Calf.Tests.Operations;

public sealed class BlocklistVerbTests : IDisposable
{
    private readonly Shell shell = new();

    [Fact]
    public async Task A_list_is_previewed_imported_and_exported()
    {
        await shell.AddOwner();
        await File.WriteAllTextAsync(shell.File("list.csv"), "#domain,#severity\nbad.test,suspend\nloud.test,silence\n", TestContext.Current.CancellationToken);
        Assert.Equal("2 domains, 2 of them new, 0 that you have decided yourself\n", (await shell.Run("blocklist", "preview", shell.File("list.csv"))).AssertOk());
        Assert.DoesNotContain("bad.test", (await shell.Run("blocklist", "export")).AssertOk());

        Assert.Equal("2 added, 0 kept as they were\n", (await shell.Run("blocklist", "import", shell.File("list.csv"))).AssertOk());
        Assert.Contains("bad.test,suspend,false,false,,false\nloud.test,silence,", (await shell.Run("blocklist", "export")).AssertOk());
        Assert.Equal("", (await shell.Run("blocklist", "list")).AssertOk());
    }

    [Fact]
    public async Task What_is_no_list_changes_nothing()
    {
        await shell.AddOwner();
        await File.WriteAllTextAsync(shell.File("list.csv"), "nothing here", TestContext.Current.CancellationToken);
        (await shell.Run("blocklist", "import", shell.File("list.csv"))).AssertFailed(ExitCodes.Failed, "There is no domain in this list");
        (await shell.Run("blocklist", "import", shell.File("absent.csv"))).AssertFailed(ExitCodes.Failed, "absent.csv");
        (await shell.Run("blocklist", "unsubscribe", "https://lists.test/x")).AssertFailed(ExitCodes.Failed, "have not subscribed");
        (await shell.Run("blocklist", "subscribe", "somewhere")).AssertFailed(ExitCodes.Failed, "not the address of a list");
    }

    public void Dispose() => shell.Dispose();
}
