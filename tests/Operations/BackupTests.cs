using System.Formats.Tar;
using Calf.Operations;
using Calf.Store;

namespace Calf.Tests.Operations;

public sealed class BackupTests : IDisposable
{
    private readonly Shell shell = new();

    private string Archive => shell.File("calf.tar");

    [Fact]
    public async Task A_backup_comes_back_and_what_was_there_is_kept()
    {
        await Fill("before");
        File.WriteAllText(Path.Combine(shell.Data, "appsettings.json"), """{ "Limits": { "LedgerDays": 7 } }""");
        Directory.CreateDirectory(Path.Combine(shell.Data, "media", "ab"));
        File.WriteAllText(Path.Combine(shell.Data, "media", "ab", "picture.png"), "a picture");
        Directory.CreateDirectory(Path.Combine(shell.Data, "media", "unfinished"));
        File.WriteAllText(Path.Combine(shell.Data, "media", "unfinished", "half"), "a pic");
        Assert.Contains(Archive, (await shell.Run("backup", Archive)).AssertOk());
        Assert.Equal(["calf.tar", "data"], Directory.GetFileSystemEntries(shell.Folder).Select(Path.GetFileName).Order());

        await Fill("after");
        File.WriteAllText(Path.Combine(shell.Data, "media", "ab", "picture.png"), "another picture");
        var output = (await shell.Run("restore", Archive)).AssertOk();

        Assert.Equal("before", Stored(shell.Data));
        Assert.Equal("a picture", File.ReadAllText(Path.Combine(shell.Data, "media", "ab", "picture.png")));
        Assert.False(Directory.Exists(Path.Combine(shell.Data, "media", "unfinished")));
        var aside = Path.Combine(shell.Data, "before-restore-1");
        Assert.Contains(aside, output);
        Assert.Equal("after", Stored(aside));
        Assert.Equal("another picture", File.ReadAllText(Path.Combine(aside, "media", "ab", "picture.png")));
        Assert.False(Directory.Exists(Path.Combine(shell.Data, "restoring")));
    }

    [Fact]
    public async Task A_backup_restores_into_an_empty_folder()
    {
        await Fill("before");
        (await shell.Run("backup", Archive)).AssertOk();
        Directory.Delete(shell.Data, recursive: true);
        Assert.DoesNotContain("before-restore", (await shell.Run("restore", Archive)).AssertOk());
        Assert.Equal("before", Stored(shell.Data));
    }

    [Fact]
    public async Task A_backup_made_while_writes_go_on_is_one_moment()
    {
        await shell.AddOwner();
        using var stop = new CancellationTokenSource();
        using (var database = shell.Open())
        {
            var writing = Task.Run(async () =>
            {
                // Two values that are always equal, so that a copy torn between them would show.
                for (var n = 0; !stop.IsCancellationRequested; n++)
                {
                    var text = n.ToString();
                    await database.Write(c =>
                    {
                        Meta.Set(c, "left", text);
                        c.Execute($"INSERT INTO tags (name) VALUES ({text})");
                        Meta.Set(c, "right", text);
                    });
                }
            }, TestContext.Current.CancellationToken);
            (await shell.Run("backup", Archive)).AssertOk();
            await stop.CancelAsync();
            await writing;
        }
        (await shell.Run("restore", Archive)).AssertOk();
        using var restored = shell.Open();
        restored.Read(c =>
        {
            Assert.Equal(Meta.Get(c, "left"), Meta.Get(c, "right"));
            Assert.Equal(long.Parse(Meta.Get(c, "left") ?? "-1") + 1, c.Count($"SELECT count(*) FROM tags"));
            return true;
        });
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.01)]
    [InlineData(0)]
    public async Task A_truncated_backup_is_refused_and_nothing_is_touched(double share)
    {
        await Fill("before");
        (await shell.Run("backup", Archive)).AssertOk();
        var bytes = File.ReadAllBytes(Archive);
        File.WriteAllBytes(Archive, bytes[..(int)(bytes.Length * share)]);

        (await shell.Run("restore", Archive)).AssertFailed(ExitCodes.Failed, "not a whole backup");
        Assert.Equal("before", Stored(shell.Data));
        Assert.DoesNotContain(Directory.GetDirectories(shell.Data), path => path.Contains("restor"));
    }

    [Fact]
    public async Task A_changed_byte_in_a_backup_is_found()
    {
        await Fill("before");
        (await shell.Run("backup", Archive)).AssertOk();
        var bytes = File.ReadAllBytes(Archive);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Archive, bytes);
        (await shell.Run("restore", Archive)).AssertFailed(ExitCodes.Failed, "'calf.db' is missing or changed");
    }

    [Fact]
    public async Task A_file_that_would_leave_the_folder_is_refused()
    {
        await Fill("before");
        using (var tar = new TarWriter(File.Create(Archive)))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "media/../../evil") { DataStream = new MemoryStream([1]) });
        (await shell.Run("restore", Archive)).AssertFailed(ExitCodes.Failed, "it holds 'media/../../evil'");
        Assert.Empty(Directory.GetFiles(shell.Folder, "evil", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Restore_is_refused_while_a_server_runs()
    {
        await Fill("before");
        (await shell.Run("backup", Archive)).AssertOk();
        await Fill("after");
        using (DataFolderLock.Take(shell.Data, new Site("calf.example", "calf.example")))
            (await shell.Run("restore", Archive)).AssertFailed(ExitCodes.InUse, "is in use by another Calf");
        Assert.Equal("after", Stored(shell.Data));
    }

    [Fact]
    public async Task A_backup_never_replaces_a_file()
    {
        await Fill("before");
        File.WriteAllText(Archive, "precious");
        (await shell.Run("backup", Archive)).AssertFailed(ExitCodes.Failed, "is there already");
        Assert.Equal("precious", File.ReadAllText(Archive));
        (await shell.Run("backup", shell.File("no/such/folder.tar"))).AssertFailed(ExitCodes.Failed, "There is no folder");
    }

    private async Task Fill(string value)
    {
        if (!Directory.Exists(shell.Data)) await shell.AddOwner();
        using var database = shell.Open();
        await database.Write(c => Meta.Set(c, "value", value));
    }

    private static string? Stored(string folder)
    {
        using var database = new Database(folder, TimeProvider.System);
        return database.Read(c => Meta.Get(c, "value"));
    }

    public void Dispose() => shell.Dispose();
}
