using System.CommandLine;
using Calf.Federation.Outbox;

namespace Calf.Operations;

/// <summary>Makes the account without a browser.</summary>
internal static class SetupVerb
{
    public static Command Command(Workbench bench)
    {
        var username = new Option<string>("--username") { Description = "The name in your handle; it cannot change", HelpName = "NAME", Required = true };
        var name = new Option<string>("--name") { Description = "The name to show", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input, as in 'calf setup ... --password-stdin < file'" };
        var command = new Command("setup", "Makes your account; the link that calf prints when it starts does the same.") { username, name, fromInput };
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: true, async calf =>
        {
            if (!parse.GetValue(fromInput))
                throw new VerbException("Give the password on standard input and add --password-stdin, so that it shows in no list of processes.", ExitCodes.Usage);
            CheckServer(calf);
            // One line without its end, as echo and most password managers write it.
            var password = await bench.Terminal.In.ReadLineAsync(cancel) ?? "";
            var account = await calf.Get<SettingUp>().Create(parse.GetRequiredValue(username), parse.GetRequiredValue(name), password);
            await bench.Terminal.Out.WriteLineAsync($"@{account.Username}@{calf.Site.Domain} {account.Url}");
        }));
        return command;
    }

    /// <summary>A running server goes on under the names that it was started with, so the account has to have the same.</summary>
    private static void CheckServer(OpenCalf calf)
    {
        if (calf.Server is not { } server || (server.Domain == calf.Site.Domain && server.WebDomain == calf.Site.WebDomain)) return;
        throw new VerbException($"A server runs here as {server.WebDomain}, and the account would be at {calf.Site.WebDomain}. Stop the server, run this again, and start it anew.", ExitCodes.InUse);
    }
}
