using System.CommandLine;
using System.Net.Sockets;
using Calf.Accounts;
using Calf.Media;
using Calf.Security;
using Calf.Store;
using Microsoft.AspNetCore.Connections;

namespace Calf.Operations;

/// <summary>Serves until it is told to stop.</summary>
internal static class ServeVerb
{
    /// <summary>Less than the 5 seconds in which a stopped server has to be gone.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    public static Command Command(Workbench bench)
    {
        var command = new Command("serve", "Runs the server; so does calf without a verb.");
        SetAction(command, bench);
        return command;
    }

    public static void SetAction(Command command, Workbench bench) =>
        command.SetAction((parse, cancel) => Serve(bench, bench.Load(parse), cancel));

    private static async Task<int> Serve(Workbench bench, Settings settings, CancellationToken cancel)
    {
        FolderDomain.Apply(settings, serving: true);
        using var folder = DataFolderLock.Take(settings.Data, SettingsFile.SiteOf(settings), MediaStore.PlacesIn(settings.Media));
        await using var app = bench.Build(settings, LogLevel.Information, builder =>
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout));
        // Opened now, so that a database that cannot be used stops the start before anybody is let in.
        app.Services.GetRequiredService<Database>();
        await Start(app, settings, cancel);
        Greet(app, settings, bench.Terminal.Out);
        await app.WaitForShutdownAsync(cancel);
        return ExitCodes.Ok;
    }

    private static async Task Start(WebApplication app, Settings settings, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            // The workers have started already.
            await app.StopAsync(CancellationToken.None);
            if (failure.InnerException is AddressInUseException)
                throw new VerbException($"{settings.Listen} is in use by another program. Stop that one, or listen elsewhere with --listen http://localhost:PORT.", ExitCodes.InUse);
            if (failure is SocketException || failure.InnerException is SocketException)
                throw new VerbException($"Calf cannot listen on {settings.Listen}: {failure.Message}. Choose another address, or a port above 1023, with --listen.");
            throw;
        }
    }

    private static void Greet(WebApplication app, Settings settings, TextWriter output)
    {
        var site = app.Services.GetRequiredService<Site>();
        output.WriteLine($"Calf {Release.Version} listens on {string.Join(" and ", app.Urls)}. Its data is in {Path.GetFullPath(settings.Data)}.");
        if (site.IsLocal)
            output.WriteLine($"Local mode: the domain is {site.Domain}, so only this machine can reach it. Set a domain before you make an account that others should follow.");
        if (app.Services.GetRequiredService<Owner>().Account is { } owner)
            output.WriteLine($"You are @{owner.Username}@{site.Domain}: {site.Base}/");
        else
            output.WriteLine($"Open this link to make your account. It works once, and until Calf is stopped:\n  {site.Base}{app.Services.GetRequiredService<SetupLink>().Path}");
        output.Flush();
    }
}
