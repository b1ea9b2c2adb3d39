using System.CommandLine;
using Calf.Store;

namespace Calf.Operations;

/// <summary>What every verb works with: the terminal, the settings, and a way to put a Calf together.</summary>
internal sealed class Workbench(Terminal terminal, Func<Settings, Action<WebApplicationBuilder>, WebApplication> build)
{
    private readonly SettingOptions options = new();

    public Terminal Terminal => terminal;

    public SettingOptions Options => options;

    public Settings Load(ParseResult parse) => options.Load(parse);

    public WebApplication Build(Settings settings, LogLevel ownLevel, Action<WebApplicationBuilder>? adjust = null) => build(settings, builder =>
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new LineLog(terminal.Error, TimeProvider.System));
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Calf", ownLevel);
        // A failed start is told in a sentence by who started it; a worker that fails is critical and still heard of.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        adjust?.Invoke(builder);
    });

    /// <summary>Runs a verb's work on the Calf of the data folder.</summary>
    /// <param name="parse">The command line, for the settings in it.</param>
    /// <param name="mayBeNew">Whether the verb makes a database where there is none.</param>
    /// <param name="work">What the verb does.</param>
    public async Task<int> Run(ParseResult parse, bool mayBeNew, Func<OpenCalf, Task> work)
    {
        var settings = Load(parse);
        if (!mayBeNew && !File.Exists(Path.Combine(settings.Data, Database.FileName)))
            throw new VerbException($"There is no Calf in {Path.GetFullPath(settings.Data)}. Start one with 'calf', or name the right folder with --data.");
        FolderDomain.Apply(settings, serving: false);
        var server = DataFolderLock.Holder(settings.Data);
        if (server is not null && settings.Domain.Length == 0 && server.Domain.Length > 0)
        {
            settings.Domain = server.Domain;
            settings.WebDomain = server.WebDomain;
        }
        await using var calf = new OpenCalf(Build(settings, LogLevel.Warning), settings, server);
        await work(calf);
        return ExitCodes.Ok;
    }
}
