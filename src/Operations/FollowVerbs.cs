using System.CommandLine;
using Calf.Federation;
using Calf.Federation.Outbox;

namespace Calf.Operations;

/// <summary>Follows somebody by handle, and stops following.</summary>
internal static class FollowVerbs
{
    public static Command Follow(Workbench bench)
    {
        var handle = Handle();
        var command = new Command("follow", "Follows an account.") { handle };
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var account = await calf.Get<RemoteAccounts>().Resolve(parse.GetRequiredValue(handle), cancel);
            var follow = await calf.Get<Following>().Follow(account.Id);
            await bench.Terminal.Out.WriteLineAsync($"@{account.Acct} {(follow.Accepted ? "followed" : "asked")}");
            if (!follow.Accepted) await calf.SayWhenItGoesOut(bench.Terminal.Error);
        }));
        return command;
    }

    public static Command Unfollow(Workbench bench)
    {
        var handle = Handle();
        var command = new Command("unfollow", "Stops following an account, or takes the request back.") { handle };
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var text = parse.GetRequiredValue(handle);
            // Whom one follows is known here; somebody whose server is gone can be left too.
            var account = calf.Get<RemoteAccounts>().FindKnown(text) ?? throw new VerbException($"{text} is not known here, so you do not follow them.");
            await calf.Get<Following>().Unfollow(account.Id);
            await bench.Terminal.Out.WriteLineAsync($"@{account.Acct} not followed");
            await calf.SayWhenItGoesOut(bench.Terminal.Error);
        }));
        return command;
    }

    private static Argument<string> Handle() => new("HANDLE") { Description = "Such as @someone@example.org" };
}
