using System.Net;
using System.Net.Sockets;
using Calf.Operations;

namespace Calf.Tests.Operations;

public sealed class ServeVerbTests : IDisposable
{
    private readonly Shell shell = new();

    [Fact]
    public async Task A_new_server_prints_where_it_is_and_the_link_that_makes_the_account()
    {
        var (code, output, error) = await ServeAndStop("--listen", "http://127.0.0.1:0");
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal("", error);
        Assert.Contains("listens on http://127.0.0.1:", output);
        Assert.Contains(shell.Data, output);
        Assert.Contains("Local mode", output);
        Assert.Matches(@"http://localhost:0/setup\?token=[A-Za-z0-9_-]{43}\n", output);
        Assert.Null(DataFolderLock.Holder(shell.Data));
    }

    [Fact]
    public async Task A_server_with_an_account_prints_no_link()
    {
        await shell.AddOwner("calf.example");
        var (_, output, _) = await ServeAndStop("--listen", "http://127.0.0.1:0");
        Assert.Contains("You are @ida@calf.example: https://calf.example/", output);
        Assert.DoesNotContain("token", output);
        Assert.DoesNotContain("Local mode", output);
    }

    [Fact]
    public async Task A_second_server_on_the_folder_is_refused()
    {
        using var first = DataFolderLock.Take(shell.Data, new Site("calf.example", "calf.example"));
        (await shell.Run("serve", "--listen", "http://127.0.0.1:0")).AssertFailed(ExitCodes.InUse, $"is in use by another Calf (process {Environment.ProcessId})");
        Assert.False(File.Exists(Path.Combine(shell.Data, "calf.db")));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        (await shell.Run("serve", "--listen", address)).AssertFailed(ExitCodes.InUse, $"{address} is in use by another program");
        Assert.Null(DataFolderLock.Holder(shell.Data));
    }

    private async Task<Outcome> ServeAndStop(params string[] arguments)
    {
        // Stopped as soon as the server has said where it is: nothing is said after that.
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop);
        using var error = new StringWriter();
        var code = await new CommandLine(Server.Build).Run([.. arguments, "--data", shell.Data], new Terminal(TextReader.Null, output, error), stop.Token);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    private sealed class StoppingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override void Flush() => stop.Cancel();
    }

    public void Dispose() => shell.Dispose();
}
