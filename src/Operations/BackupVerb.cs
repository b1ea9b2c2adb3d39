using System.CommandLine;
using System.Globalization;
using Calf.Media;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Writes everything that makes this Calf into one file, while it runs, except what lies in a bucket.</summary>
internal static class BackupVerb
{
    public static Command Command(Workbench bench)
    {
        var file = new Argument<string>("FILE") { Description = "The archive to write, such as calf.tar" };
        var command = new Command("backup", "Writes database, keys and media into one file, beside a running server too.") { file };
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            var target = Path.GetFullPath(parse.GetRequiredValue(file));
            Make(calf.Settings.Data, target, calf.Now);
            await SayWhatIsElsewhere(calf, bench.Terminal.Error);
            var size = new FileInfo(target).Length;
            await bench.Terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{target} ({size / 1_000_000.0:0.0} MB, read back and whole). It holds your private keys: keep it where only you can read it."));
        }));
        return command;
    }

    /// <summary>A bucket outlives this machine and may be larger than its disk: it is not copied, and nobody shall believe that it was.</summary>
    private static async Task SayWhatIsElsewhere(OpenCalf calf, TextWriter error)
    {
        if (calf.Get<MediaStore>().Bucket is not { } bucket) return;
        try
        {
            var use = await BucketUse.Count(bucket, calf.Now, CancellationToken.None);
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"calf: {use.Files} files ({use.Bytes / 1_000_000.0:0.0} MB) lie in {bucket.Name} and are not in this backup. They stay there; to keep a second copy of them, copy the bucket."));
        }
        catch (MediaPlaceException trouble)
        {
            await error.WriteLineAsync($"calf: The files in {bucket.Name} are not in this backup and could not be counted. {trouble.Message}");
        }
    }

    private static void Make(string data, string target, DateTimeOffset now)
    {
        if (Path.Exists(target)) throw new VerbException($"{target} is there already. Name another file, or remove that one.");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new VerbException($"There is no folder {Path.GetDirectoryName(target)}. Make it first.");
        // Under other names until all is checked, so that a file with the name asked for is always a good backup.
        var part = target + ".part";
        var copy = target + ".db.part";
        try
        {
            File.Delete(part);
            File.Delete(copy);
            DatabaseCopy.Make(Path.Combine(data, Database.FileName), copy);
            BackupArchive.Write(part, [(Database.FileName, copy), .. OtherFiles(data)], now);
            BackupArchive.Read(part, folder: null);
            File.Move(part, target);
        }
        finally
        {
            File.Delete(part);
            foreach (var suffix in DataFolder.DatabaseSuffixes.Append("")) File.Delete(copy + suffix);
        }
    }

    private static IEnumerable<(string Name, string File)> OtherFiles(string data)
    {
        var settings = Path.Combine(data, SettingsFile.FileName);
        if (File.Exists(settings)) yield return (SettingsFile.FileName, settings);
        var media = Path.Combine(data, DataFolder.Media);
        if (!Directory.Exists(media)) yield break;
        // What is being received or made changes under our hands, and nothing needs it yet.
        foreach (var file in Directory.EnumerateFiles(media, "*", SearchOption.AllDirectories).Where(file => !Staging.IsUnfinished(file)).Order(StringComparer.Ordinal))
            yield return (Path.GetRelativePath(data, file).Replace('\\', '/'), file);
    }
}
