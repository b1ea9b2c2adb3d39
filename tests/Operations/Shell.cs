using Calf.Accounts;
using Calf.Operations;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Operations;

/// <summary>Runs <c>calf</c> with arguments inside the test process, on a data folder of its own.</summary>
public sealed class Shell : IDisposable
{
    private readonly TempFolder folder = new();

    public string Folder => folder.Path;

    public string Data => folder.File("data");

    public string File(string name) => folder.File(name);

    public Task<Outcome> Run(params string[] arguments) => RunWith("", arguments);

    public async Task<Outcome> RunWith(string input, string[] arguments, CancellationToken cancel = default)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var commandLine = new CommandLine(Server.Build);
        var code = await commandLine.Run(arguments is ["--version"] ? arguments : [.. arguments, "--data", Data], new Terminal(reader, output, error), cancel);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    public Database Open() => new(Data, TimeProvider.System);

    /// <summary>Puts an account there without the work of a real setup.</summary>
    public async Task<Account> AddOwner(string domain = "calf.example")
    {
        using var database = Open();
        var site = new Site(domain, domain);
        var account = new Account
        {
            Id = 1,
            Uri = site.ActorUri("ida"),
            Url = site.ProfileUrl("ida"),
            Username = "ida",
            Domain = "",
            Inbox = site.ActorUri("ida") + "/inbox",
            CreatedAt = DateTimeOffset.UnixEpoch,
            FetchedAt = DateTimeOffset.UnixEpoch,
        };
        await database.Write(c =>
        {
            AccountStore.Save(c, account);
            Meta.Set(c, Meta.Domain, domain);
            Meta.Set(c, Meta.WebDomain, domain);
        });
        return account;
    }

    public void Dispose() => folder.Dispose();
}

public sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>The verb failed with this code and one line, and printed no result.</summary>
    public void AssertFailed(int code, string says)
    {
        Assert.Equal("", Output);
        Assert.Equal(code, Code);
        Assert.Contains(says, Error);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
    }

    public string AssertOk()
    {
        Assert.Equal("", Error);
        Assert.Equal(ExitCodes.Ok, Code);
        return Output;
    }
}
