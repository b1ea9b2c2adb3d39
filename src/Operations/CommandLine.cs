using System.CommandLine;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Media;
using Calf.Store;
using Microsoft.Data.Sqlite;

namespace Calf.Operations;

/// <summary>The command line: <c>calf</c> alone serves, a verb does one thing beside a running server or without one.</summary>
/// <param name="build">Puts the server together; the verbs use its parts without starting it.</param>
public sealed class CommandLine(Func<Settings, Action<WebApplicationBuilder>, WebApplication> build)
{
    // A word that begins with @ is a handle here, not the name of a file with arguments.
    private static readonly ParserConfiguration Reading = new() { ResponseFileTokenReplacer = null };

    /// <returns>One of <see cref="ExitCodes"/>. What went wrong is one line on standard error.</returns>
    public async Task<int> Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancel = default)
    {
        var parse = Root(new Workbench(terminal, build)).Parse(arguments, Reading);
        if (parse.Errors.Count > 0)
        {
            await terminal.Error.WriteLineAsync($"calf: {OneLine(parse.Errors[0].Message)} Try 'calf --help'.");
            return ExitCodes.Usage;
        }
        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // The host of the server minds the signals itself, and a verb may be ended at any moment: writes are transactions.
                ProcessTerminationTimeout = null,
            }, cancel);
        }
        catch (Exception failure) when (CodeOf(failure) is not null)
        {
            await terminal.Error.WriteLineAsync($"calf: {OneLine(failure.Message)}");
            return CodeOf(failure)!.Value;
        }
    }

    private static RootCommand Root(Workbench bench)
    {
        var root = new RootCommand("Your own account on the fediverse: one file, one person, one server.")
        {
            ServeVerb.Command(bench),
            SetupVerb.Command(bench),
            TokenVerb.Command(bench),
            PostVerb.Command(bench),
            FollowVerbs.Follow(bench),
            FollowVerbs.Unfollow(bench),
            WhyVerb.Command(bench),
            DeliveryVerb.Command(bench),
            BlocklistVerbs.Command(bench),
            RelayVerbs.Command(bench),
            StatusVerb.Command(bench),
            MediaVerbs.Command(bench),
            BackupVerb.Command(bench),
            RestoreVerb.Command(bench),
        };
        bench.Options.AddTo(root);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(bench.Terminal);
        ServeVerb.SetAction(root, bench);
        return root;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Null for what nobody expects: that is a bug, and ends with a stack trace.</summary>
    private static int? CodeOf(Exception failure) => failure switch
    {
        VerbException wrong => wrong.ExitCode,
        SettingsException => ExitCodes.Usage,
        DataFolderInUseException => ExitCodes.InUse,
        ActionException or TryLaterException or MediaPlaceException or StoreException or SqliteException or IOException or UnauthorizedAccessException => ExitCodes.Failed,
        _ => null,
    };
}
