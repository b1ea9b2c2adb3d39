using Calf.Store;

namespace Calf.Operations;

/// <summary>What lies in a data folder.</summary>
internal static class DataFolder
{
    public const string Media = "media";

    /// <summary>A folder with this prefix and the time holds what a restore has replaced.</summary>
    public const string PutAsidePrefix = "before-restore-";

    /// <summary>SQLite's companions of a database file.</summary>
    public static readonly IReadOnlyList<string> DatabaseSuffixes = ["-wal", "-shm"];

    public static SizeReport Sizes(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.Length)).ToList();
        long Sum(Func<string, bool> wanted) => files.Where(file => wanted(file.Path)).Sum(file => file.Length);
        return new SizeReport(
            Sum(path => path == Database.FileName || DatabaseSuffixes.Any(suffix => path == Database.FileName + suffix)),
            Sum(path => path.StartsWith(Media + "/", StringComparison.Ordinal)),
            Sum(path => path.StartsWith(PutAsidePrefix, StringComparison.Ordinal) || path.StartsWith(Database.FileName + ".v", StringComparison.Ordinal)));
    }
}
