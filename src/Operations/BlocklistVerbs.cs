using System.CommandLine;
using System.Globalization;
using Calf.Federation;
using Calf.Federation.Blocklists;
using Calf.Moderation;

namespace Calf.Operations;

/// <summary>Imports, exports and subscribes to lists of domains to block.</summary>
internal static class BlocklistVerbs
{
    public static Command Command(Workbench bench) => new("blocklist", "Blocks domains by lists: Mastodon's CSV, or one domain a line.")
    {
        WithList(bench, "import", "Makes the domains of a file your own blocks.", "FILE", async (calf, file) =>
        {
            var done = await calf.Get<Blocklisting>().Import(await Text(file, bench.Terminal));
            await SaySkipped(done.Skipped, bench.Terminal);
            await bench.Terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done.Added} added, {done.Kept} kept as they were"));
        }),
        Plain(bench, "export", "Prints all blocked domains as Mastodon's CSV.", calf => bench.Terminal.Out.WriteAsync(calf.Get<Blocklisting>().Export())),
        WithList(bench, "preview", "Shows what a list would do, and which follows it would end; changes nothing.", "FILE-or-URL", async (calf, list) =>
        {
            var isUrl = list.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || list.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
            await Show(await calf.Get<Blocklisting>().Preview(isUrl ? list : await Text(list, bench.Terminal), CancellationToken.None), bench.Terminal);
        }),
        WithList(bench, "subscribe", "Applies a list now, and every day what has changed in it.", "URL", async (calf, url) =>
        {
            var list = await calf.Get<Blocklisting>().Subscribe(url, CancellationToken.None);
            await bench.Terminal.Out.WriteLineAsync(calf.Database.Read(c => Line(list, BlocklistStore.Entries(c, list.Id))));
        }),
        WithList(bench, "unsubscribe", "Forgets a list and lifts what came from it alone.", "URL", async (calf, url) =>
        {
            var list = calf.Database.Read(c => BlocklistStore.Find(c, url.Trim())) ?? throw new VerbException($"You have not subscribed to {url}.");
            await calf.Get<Blocklisting>().Unsubscribe(list.Id);
            await bench.Terminal.Out.WriteLineAsync($"{list.Url} forgotten");
        }),
        Plain(bench, "list", "Shows the lists that you have subscribed to.", async calf =>
        {
            foreach (var line in calf.Database.Read(c => BlocklistStore.All(c).Select(list => Line(list, BlocklistStore.Entries(c, list.Id))).ToList()))
                await bench.Terminal.Out.WriteLineAsync(line);
        }),
    };

    private static Command Plain(Workbench bench, string name, string description, Func<OpenCalf, Task> work)
    {
        var command = new Command(name, description);
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            await work(calf);
        }));
        return command;
    }

    private static Command WithList(Workbench bench, string name, string description, string argument, Func<OpenCalf, string, Task> work)
    {
        var list = new Argument<string>(argument);
        var command = new Command(name, description) { list };
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            await work(calf, parse.GetRequiredValue(list));
        }));
        return command;
    }

    private static async Task<string> Text(string file, Terminal terminal) =>
        file == "-" ? await terminal.In.ReadToEndAsync() : await File.ReadAllTextAsync(file);

    private static async Task Show(BlocklistPreview preview, Terminal terminal)
    {
        await SaySkipped(preview.Skipped, terminal);
        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{preview.Domains} domains, {preview.New} of them new, {preview.ByHand} that you have decided yourself"));
        foreach (var severed in preview.Severed)
        {
            foreach (var handle in severed.Following) await terminal.Out.WriteLineAsync($"{severed.Domain} ends your follow of {handle}");
            foreach (var handle in severed.Followers) await terminal.Out.WriteLineAsync($"{severed.Domain} ends the follow of {handle}");
        }
    }

    private static async Task SaySkipped(IReadOnlyList<SkippedLine> skipped, Terminal terminal)
    {
        foreach (var line in skipped)
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"calf: Line {line.Number} is left out: {line.Reason} {line.Text}"));
    }

    private static string Line(Blocklist list, List<BlocklistEntry> entries)
    {
        var held = entries.Count(e => e.Held);
        return string.Create(CultureInfo.InvariantCulture,
            $"{list.Url} {entries.Count} domains{(held == 0 ? "" : $", {held} held because they end follows")}{(list.Error is null ? "" : $", not had: {list.Error}")}");
    }
}
