using System.Globalization;

namespace Calf.Operations;

/// <summary>
/// Makes a data folder belong to one server: <c>calf.lock</c> held open without sharing, so that it is free again however the
/// process ends. <c>calf.pid</c> beside it tells others who holds it, since nobody else can open the lock.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    public const string FileName = "calf.lock";

    private const string HolderFileName = "calf.pid";
    private const int Attempts = 10;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <param name="media">Where the holder looks for media, see <see cref="Media.MediaStore.PlacesIn"/>.</param>
    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    public static DataFolderLock Take(string folder, Site site, string media = "")
    {
        Directory.CreateDirectory(folder);
        // Several attempts: a verb that asks who holds the lock holds it for a moment itself.
        for (var attempt = 1; ; attempt++)
        {
            if (TryOpen(folder) is { } file)
            {
                File.WriteAllText(
                    Path.Combine(folder, HolderFileName),
                    string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{site.Domain}\n{site.WebDomain}\n{media}\n"));
                return new DataFolderLock(file);
            }
            if (attempt == Attempts) throw new DataFolderInUseException(folder, Read(folder)?.Process);
            Thread.Sleep(BetweenAttempts);
        }
    }

    /// <summary>The server that runs on a data folder; null when none does.</summary>
    public static LockHolder? Holder(string folder)
    {
        if (!File.Exists(Path.Combine(folder, FileName))) return null;
        using var file = TryOpen(folder);
        return file is null ? Read(folder) ?? new LockHolder(null, "", "", "") : null;
    }

    public void Dispose()
    {
        File.Delete(Path.Combine(Path.GetDirectoryName(file.Name)!, HolderFileName));
        file.Dispose();
    }

    private static FileStream? TryOpen(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (failure is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    private static LockHolder? Read(string folder)
    {
        var path = Path.Combine(folder, HolderFileName);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        return lines.Length >= 3 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
            ? new LockHolder(process, lines[1], lines[2], lines.ElementAtOrDefault(3) ?? "")
            : null;
    }
}

/// <summary>Who runs on a data folder. <paramref name="Process"/> is null in the moment before the number has been written.</summary>
public sealed record LockHolder(int? Process, string Domain, string WebDomain, string Media = "");

/// <summary>Another Calf runs on the data folder.</summary>
public sealed class DataFolderInUseException(string folder, int? process) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"The data folder {Path.GetFullPath(folder)} is in use by another Calf{(process is { } id ? $" (process {id})" : "")}. Stop that one first, or name another folder with --data."));
