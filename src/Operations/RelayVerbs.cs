using System.CommandLine;
using Calf.Federation.Outbox;
using Calf.Follows;

namespace Calf.Operations;

/// <summary>Subscribes to relays and leaves them.</summary>
internal static class RelayVerbs
{
    public static Command Command(Workbench bench) =>
        new("relay", "Subscribes to relays, which bring public posts of many servers and pass on yours.") { Add(bench), Remove(bench), List(bench) };

    private static Command Add(Workbench bench)
    {
        var url = Address();
        var command = new Command("add", "Subscribes to a relay.") { url };
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var relay = await calf.Get<Relaying>().Add(parse.GetRequiredValue(url), cancel);
            await bench.Terminal.Out.WriteLineAsync($"{relay.Url} {WordFor(relay.State)}");
            await calf.SayWhenItGoesOut(bench.Terminal.Error);
        }));
        return command;
    }

    private static Command Remove(Workbench bench)
    {
        var url = Address();
        var command = new Command("remove", "Leaves a relay.") { url };
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            await calf.Get<Relaying>().Remove(parse.GetRequiredValue(url));
            await bench.Terminal.Out.WriteLineAsync($"{parse.GetRequiredValue(url)} removed");
            await calf.SayWhenItGoesOut(bench.Terminal.Error);
        }));
        return command;
    }

    private static Command List(Workbench bench)
    {
        var command = new Command("list", "Prints the relays and whether they have accepted.");
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            foreach (var relay in calf.Database.Read(RelayStore.All))
                await bench.Terminal.Out.WriteLineAsync($"{relay.Url} {WordFor(relay.State)}");
        }));
        return command;
    }

    private static string WordFor(RelayState state) => state switch
    {
        RelayState.Accepted => "accepted",
        RelayState.Refused => "refused",
        _ => "asked",
    };

    private static Argument<string> Address() => new("URL") { Description = "The relay's inbox, such as https://relay.example/inbox, or its actor, such as https://relay.example/actor" };
}
