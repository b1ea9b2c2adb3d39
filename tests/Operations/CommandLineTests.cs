using Calf.Operations;

namespace Calf.Tests.Operations;

public sealed class CommandLineTests : IDisposable
{
    private readonly Shell shell = new();

    [Theory]
    [InlineData("dance")]
    [InlineData("backup")]
    [InlineData("status --loudly")]
    [InlineData("status --json=perhaps")]
    public async Task A_wrong_command_line_is_answered_with_one_line(string arguments) =>
        (await shell.Run(arguments.Split(' '))).AssertFailed(ExitCodes.Usage, "Try 'calf --help'.");

    [Fact]
    public async Task A_wrong_setting_stops_every_verb()
    {
        (await shell.Run("status", "--domain", "https://calf.example")).AssertFailed(ExitCodes.Usage, "Domain is 'https://calf.example'");
        (await shell.Run("serve", "--listen", "8080")).AssertFailed(ExitCodes.Usage, "Listen is '8080'");
        Assert.False(Directory.Exists(shell.Data));
    }

    [Fact]
    public async Task A_verb_in_an_empty_folder_says_so_and_makes_nothing()
    {
        (await shell.Run("status")).AssertFailed(ExitCodes.Failed, "There is no Calf in");
        (await shell.Run("token")).AssertFailed(ExitCodes.Failed, "There is no Calf in");
        (await shell.Run("backup", shell.File("calf.tar"))).AssertFailed(ExitCodes.Failed, "There is no Calf in");
        Assert.Empty(Directory.GetFileSystemEntries(shell.Folder));
    }

    [Fact]
    public async Task Version_and_help_are_results()
    {
        Assert.Equal(Release.Line + "\n", (await shell.Run("--version")).AssertOk());
        var help = (await shell.Run("--help")).AssertOk();
        foreach (var verb in new[] { "serve", "token", "status", "backup", "restore", "--data", "--domain", "--web-domain", "--listen" })
            Assert.Contains(verb, help);
    }

    [Fact]
    public async Task The_names_are_remembered_and_others_are_refused()
    {
        await shell.AddOwner("calf.example");
        Assert.Contains("@ida@calf.example", (await shell.Run("status")).AssertOk());
        Assert.Contains("@ida@calf.example", (await shell.Run("status", "--domain", "CALF.example")).AssertOk());
        (await shell.Run("status", "--domain", "cow.example")).AssertFailed(ExitCodes.Usage, "was made with Domain 'calf.example'");
        (await shell.Run("status", "--domain", "calf.example", "--web-domain", "www.calf.example")).AssertFailed(ExitCodes.Usage, "WebDomain 'calf.example'");
        (await shell.Run("serve", "--domain", "cow.example")).AssertFailed(ExitCodes.Usage, "they cannot change");
    }

    [Fact]
    public async Task In_local_mode_the_port_is_part_of_the_name()
    {
        await shell.AddOwner("localhost:18601");
        Assert.Contains("@ida@localhost:18601", (await shell.Run("status")).AssertOk());
        (await shell.Run("serve", "--listen", "http://localhost:18602")).AssertFailed(ExitCodes.Usage, "--listen http://localhost:18601");
    }

    public void Dispose() => shell.Dispose();
}
