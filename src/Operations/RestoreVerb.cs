using System.CommandLine;
using System.Globalization;
using Calf.Media;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Puts a backup in the place of what is in the data folder, which is kept beside it.</summary>
internal static class RestoreVerb
{
    public static Command Command(Workbench bench)
    {
        var file = new Argument<string>("FILE") { Description = "An archive written by calf backup" };
        var command = new Command("restore", "Puts a backup in place. The server must not run; what was there is kept.") { file };
        command.SetAction((parse, _) => Restore(bench, parse, Path.GetFullPath(parse.GetRequiredValue(file))));
        return command;
    }

    private static async Task<int> Restore(Workbench bench, ParseResult parse, string archive)
    {
        var settings = bench.Load(parse);
        if (!File.Exists(archive)) throw new VerbException($"There is no file {archive}.");
        using var folder = DataFolderLock.Take(settings.Data, SettingsFile.SiteOf(settings));
        var fresh = Path.Combine(settings.Data, "restoring");
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        try
        {
            var manifest = BackupArchive.Read(archive, fresh);
            if (!manifest.Files.ContainsKey(Database.FileName)) throw new VerbException($"{archive} has no database in it. Use another backup.");
            // Opened as the server would, so that a backup of a newer Calf is refused while the old data is still in place.
            using (new Database(fresh, TimeProvider.System)) { }
            DatabaseCopy.Check(Path.Combine(fresh, Database.FileName));

            var aside = PutAside(settings.Data);
            PutInPlace(fresh, settings.Data);
            await bench.Terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"Restored the backup of {manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.{(aside is null ? "" : $" What was there before is in {aside}; remove it when all is well.")}"));
            if (settings.Media.S3.IsSet())
                await bench.Terminal.Error.WriteLineAsync("calf: The files in the bucket stayed as they are. Those that this backup does not know of go when the server has run for a day.");
            return ExitCodes.Ok;
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>
    /// Copies the database and the settings, and moves media. Copies, so that at every moment there is a database under its name: a server
    /// started after a power cut in between must not find an empty folder and begin anew.
    /// </summary>
    private static string? PutAside(string data)
    {
        if (!File.Exists(Path.Combine(data, Database.FileName))) return null;
        var number = 1;
        string aside;
        do aside = Path.GetFullPath(Path.Combine(data, DataFolder.PutAsidePrefix + number++.ToString(CultureInfo.InvariantCulture)));
        while (Directory.Exists(aside));
        Directory.CreateDirectory(aside);
        foreach (var name in DataFolder.DatabaseSuffixes.Select(suffix => Database.FileName + suffix).Append(Database.FileName).Append(SettingsFile.FileName))
            if (File.Exists(Path.Combine(data, name))) File.Copy(Path.Combine(data, name), Path.Combine(aside, name));
        if (Directory.Exists(Path.Combine(data, DataFolder.Media))) Directory.Move(Path.Combine(data, DataFolder.Media), Path.Combine(aside, DataFolder.Media));
        return aside;
    }

    private static void PutInPlace(string fresh, string data)
    {
        if (Directory.Exists(Path.Combine(fresh, DataFolder.Media))) Directory.Move(Path.Combine(fresh, DataFolder.Media), Path.Combine(data, DataFolder.Media));
        // The old log must not be applied to the new file.
        foreach (var suffix in DataFolder.DatabaseSuffixes) File.Delete(Path.Combine(data, Database.FileName + suffix));
        File.Move(Path.Combine(fresh, Database.FileName), Path.Combine(data, Database.FileName), overwrite: true);
        if (File.Exists(Path.Combine(fresh, SettingsFile.FileName)))
            File.Move(Path.Combine(fresh, SettingsFile.FileName), Path.Combine(data, SettingsFile.FileName), overwrite: true);
    }
}
