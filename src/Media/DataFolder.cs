using Calf.Store;

namespace Calf.Media;

/// <summary>What lies in a data folder.</summary>
public static class DataFolder
{
    public const string Media = "media";

    /// <summary>A folder with this prefix and the time holds what a restore has replaced.</summary>
    public const string PutAsidePrefix = "before-restore-";

    /// <summary>SQLite's companions of a database file.</summary>
    public static readonly IReadOnlyList<string> DatabaseSuffixes = ["-wal", "-shm"];

    public static DiskUse Measure(Settings settings)
    {
        var folder = new DirectoryInfo(settings.Data);
        var files = folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(settings.Data, file.FullName).Replace('\\', '/'), Length: LengthOf(file))).ToList();
        long Sum(Func<string, bool> wanted) => files.Where(file => wanted(file.Path)).Sum(file => file.Length);
        return new DiskUse(
            Sum(path => path == Database.FileName || DatabaseSuffixes.Any(suffix => path == Database.FileName + suffix)),
            Sum(path => path.StartsWith(Media + "/", StringComparison.Ordinal)),
            Sum(path => path.StartsWith(RemoteCache.Folder + "/", StringComparison.Ordinal)),
            settings.Media.RemoteCacheBytes,
            Sum(path => path.StartsWith(PutAsidePrefix, StringComparison.Ordinal) || path.StartsWith(Database.FileName + ".v", StringComparison.Ordinal)),
            new DriveInfo(folder.FullName).AvailableFreeSpace);
    }

    /// <summary>0 when the running server has taken it away meanwhile.</summary>
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
