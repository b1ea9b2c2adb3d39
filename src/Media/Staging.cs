using System.Globalization;

namespace Calf.Media;

/// <summary>
/// Files on their way, under the data folder on this machine's disk: what is being received, and what waits to be made ready. Nobody is
/// served from here.
/// </summary>
public sealed class Staging(string path)
{
    /// <summary>Half-written files; what lies there at start is left from a crash.</summary>
    private const string Unfinished = "unfinished";

    /// <summary>The same of a verb that moves media beside the server, which must not be swept away when the server starts.</summary>
    private const string Moving = "moving";

    /// <summary>Files that are yet to be made ready, under the ids of their uploads.</summary>
    private const string Waiting = "waiting";

    /// <summary>For a file that is being received. It is deleted when the result is disposed, unless it was kept.</summary>
    public TemporaryFile Receive() => In(Unfinished);

    /// <summary>For a file that comes from another place; see <see cref="SweepMoving"/>.</summary>
    public TemporaryFile ReceiveMoving() => In(Moving);

    /// <summary>Keeps a file that was received until it is made ready.</summary>
    public void Wait(TemporaryFile file, long id)
    {
        using (var stream = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
        Directory.CreateDirectory(Path.Combine(path, Waiting));
        File.Move(file.Path, WaitingPath(id), overwrite: true);
    }

    public string WaitingPath(long id) => Path.Combine(path, Waiting, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Does nothing when there is none.</summary>
    public void DeleteWaiting(long id)
    {
        if (File.Exists(WaitingPath(id))) File.Delete(WaitingPath(id));
    }

    /// <summary>Takes away those that are not wanted.</summary>
    public void SweepWaiting(Func<long, bool> wanted)
    {
        var folder = new DirectoryInfo(Path.Combine(path, Waiting));
        if (!folder.Exists) return;
        foreach (var file in folder.EnumerateFiles().ToList())
            if (!long.TryParse(file.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !wanted(id)) file.Delete();
    }

    /// <summary>Takes away what a verb that was killed left; to be called by the only one that moves.</summary>
    public void SweepMoving() => Remove(Moving);

    /// <summary>Takes away what a crash left half-written.</summary>
    public void RemoveUnfinished() => Remove(Unfinished);

    /// <summary>Whether a file is half-written.</summary>
    public static bool IsUnfinished(string file) => Path.GetFileName(Path.GetDirectoryName(file)) is Unfinished or Moving;

    private TemporaryFile In(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(path, name));
        return new TemporaryFile(Path.Combine(folder.FullName, Path.GetRandomFileName()));
    }

    private void Remove(string name)
    {
        var folder = new DirectoryInfo(Path.Combine(path, name));
        if (folder.Exists) folder.Delete(recursive: true);
    }
}

/// <summary>A file that goes away when it is not wanted any more.</summary>
public sealed class TemporaryFile(string path) : IDisposable
{
    public string Path => path;

    /// <summary>Null when it is nothing that can be stored.</summary>
    public MediaType? LookAtType() => MediaType.OfFile(path);

    public FileStream Create() => new(path, FileMode.Create, FileAccess.ReadWrite);

    public void Dispose() => File.Delete(path);
}
