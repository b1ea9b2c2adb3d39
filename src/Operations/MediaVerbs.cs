using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Calf.Media;

namespace Calf.Operations;

/// <summary>Moves the owner's files between the data folder and a bucket.</summary>
internal static class MediaVerbs
{
    private const string LockName = "media-move.lock";

    private static readonly TimeSpan LinesLive = TimeSpan.FromMilliseconds(200), LinesElse = TimeSpan.FromSeconds(10);

    public static Command Command(Workbench bench) => new("media", "Moves your files between the data folder and a bucket.") { Move(bench) };

    private static Command Move(Workbench bench)
    {
        var command = new Command("move", "Moves all your files to the place that Media:Store names, beside a running server too. Can be stopped and run again.");
        command.SetAction((parse, cancel) => bench.Run(parse, mayBeNew: false, calf => Move(calf, bench.Terminal, cancel)));
        return command;
    }

    private static async Task Move(OpenCalf calf, Terminal terminal, CancellationToken cancel)
    {
        var store = calf.Get<MediaStore>();
        var bucket = store.Bucket ?? throw new VerbException("There is one place only, the data folder. Set Media:S3:Endpoint and the other keys of a bucket first; the README says which.", ExitCodes.Usage);
        if (calf.Server is { } server && server.Media != MediaStore.PlacesIn(calf.Settings.Media))
            throw new VerbException($"The server that runs{(server.Process is { } process ? string.Create(CultureInfo.InvariantCulture, $" (process {process})") : "")} was started with other settings of Media and would not find what is moved. Restart it, then run this again.");
        using var alone = Lock(calf.Settings.Data);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            // The first is an order; who gives a second one does not want to wait for the file.
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        var spoilt = 0L;
        var lines = new ProgressLines(terminal, calf.Get<TimeProvider>(), terminal.Live ? LinesLive : LinesElse);
        var moving = new MediaMoving(store, calf.Get<Staging>(), calf.Get<TimeProvider>(), name =>
        {
            spoilt++;
            lines.Say($"calf: {name} is damaged: its content is not what its name says. It was left where it is.");
        }, done => lines.Report(Text(done)));
        var target = store.InBucket ? bucket.Name : store.Disk.Name;
        MoveProgress done;
        try
        {
            done = await moving.Move(stop.Token);
        }
        catch (MediaPlaceException trouble)
        {
            lines.End();
            throw new VerbException($"{trouble.Message} Nothing is lost: what was moved is moved. Run 'calf media move' again to go on.");
        }
        lines.End();
        if (stop.IsCancellationRequested && done.Files + spoilt < done.All)
            throw new VerbException($"Stopped after {Text(done)}. Nothing is lost; run 'calf media move' again to go on.");
        await Count(calf, bucket);
        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Moved {done.Files} files ({done.Bytes / 1_000_000.0:0.0} MB) to {target}."));
        if (spoilt > 0) throw new VerbException(string.Create(CultureInfo.InvariantCulture, $"{spoilt} damaged files were left where they are. Put them back from a backup, or delete their posts."));
    }

    /// <summary>Two at once would sweep away what the other has in its hands.</summary>
    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new VerbException("Another 'calf media move' runs on this data folder. Wait for it, or stop it first.", ExitCodes.InUse);
        }
    }

    private static async Task Count(OpenCalf calf, S3Files bucket)
    {
        var use = await BucketUse.Count(bucket, calf.Now, CancellationToken.None);
        await calf.Database.Write(c => BucketUse.Note(c, use));
    }

    private static string Text(MoveProgress done) => string.Create(
        CultureInfo.InvariantCulture, $"{done.Files} of {done.All} files, {done.Bytes / 1_000_000.0:0.0} of {done.AllBytes / 1_000_000.0:0.0} MB");
}
