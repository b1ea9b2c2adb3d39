using System.CommandLine;
using System.Globalization;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Publishes a post, as an app would.</summary>
internal static class PostVerb
{
    /// <summary>The text that stands for standard input, as with other commands.</summary>
    private const string FromInput = "-";

    public static Command Command(Workbench bench)
    {
        var text = new Argument<string>("TEXT") { Description = "The post in Markdown; - reads it from standard input" };
        var visibility = new Option<string>("--visibility") { Description = "Who sees it (default: as in your preferences)", HelpName = "public|unlisted|private|direct" };
        visibility.AcceptOnlyFromAmong([.. Enum.GetNames<Visibility>().Select(name => name.ToLowerInvariant())]);
        var warning = new Option<string>("--cw") { Description = "A content warning, which hides the text until it is opened", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var replyTo = new Option<string>("--reply-to") { Description = "The address of the post that this answers", HelpName = "URL" };
        var language = new Option<string>("--language") { Description = "The language of the text, such as en", HelpName = "LANGUAGE" };
        var command = new Command("post", "Publishes a post and prints its address.") { text, visibility, warning, replyTo, language };
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var words = parse.GetRequiredValue(text);
            if (words == FromInput) words = (await bench.Terminal.In.ReadToEndAsync(cancel)).TrimEnd();
            var parent = parse.GetValue(replyTo) is { } address ? await Find(calf, address, cancel) : null;
            var defaults = calf.Database.Read(c => (Visibility: Meta.Get(c, Meta.DefaultVisibility), Language: Meta.Get(c, Meta.DefaultLanguage)));
            var draft = new NewStatus(
                words,
                Enum.TryParse<Visibility>(parse.GetValue(visibility) ?? defaults.Visibility, ignoreCase: true, out var chosen) ? chosen : Visibility.Public,
                parse.GetRequiredValue(warning),
                Language: parse.GetValue(language) ?? defaults.Language,
                InReplyToId: parent?.Id);
            var status = await calf.Get<Posting>().Post(draft, cancel);
            await bench.Terminal.Out.WriteLineAsync(status.Url);
            await calf.SayWhenItGoesOut(bench.Terminal.Error);
        }));
        return command;
    }

    private static async Task<Status> Find(OpenCalf calf, string address, CancellationToken cancel)
    {
        // A page of ours is not to be had over the network: its server may be this one, and not running.
        if (calf.Site.IsOwn(address))
        {
            var last = address[(address.LastIndexOf('/') + 1)..];
            return (long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? calf.Database.Read(c => StatusStore.Find(c, id)) : null)
                ?? throw new VerbException($"{address} is not a post here.");
        }
        var found = await calf.Get<RemoteStatuses>().Fetch(address, cancel);
        return found.Status ?? throw new VerbException($"The post {address} could not be had: {found.Reason}");
    }
}
