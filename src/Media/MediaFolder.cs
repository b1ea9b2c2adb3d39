using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace Calf.Media;

/// <summary>
/// Files under the data folder, named after their content: the same file is stored once, and what is there under a name never
/// changes. A file appears whole or not at all.
/// </summary>
public sealed class MediaFolder(string path)
{
    /// <summary>Half-written files; what lies there at start is left from a crash.</summary>
    private const string Unfinished = "unfinished";

    /// <summary>Files that are yet to be made ready, under the ids of their uploads. Nobody is served from here.</summary>
    private const string Waiting = "waiting";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>For a file that is being received. It is deleted when the result is disposed, unless it was kept.</summary>
    public TemporaryFile Receive()
    {
        var folder = Directory.CreateDirectory(Path.Combine(path, Unfinished));
        return new TemporaryFile(Path.Combine(folder.FullName, Path.GetRandomFileName()));
    }

    /// <summary>Stores bytes; the name under which <see cref="Find"/> has them.</summary>
    public string Save(ReadOnlySpan<byte> content, MediaType type)
    {
        using var file = Receive();
        using (var stream = file.Create()) stream.Write(content);
        return Keep(file, type);
    }

    /// <summary>Stores a file that was received; its name.</summary>
    public string Keep(TemporaryFile file, MediaType type)
    {
        string name;
        using (var stream = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            name = $"{Convert.ToHexStringLower(SHA256.HashData(stream))}.{type.Extension}";
            // The row that names it may be on disk before the file's bytes would be.
            stream.Flush(flushToDisk: true);
        }
        var target = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(file.Path, target, overwrite: true);
        return name;
    }

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

    /// <summary>The file of a name; null when there is none, or it is no name of a stored file.</summary>
    public FileInfo? Find(string name)
    {
        if (!IsName(name)) return null;
        var file = new FileInfo(PathOf(name));
        return file.Exists ? file : null;
    }

    /// <summary>All stored files, in groups that fit in memory.</summary>
    public IEnumerable<IReadOnlyList<FileInfo>> Groups()
    {
        var root = new DirectoryInfo(path);
        return root.Exists
            ? root.EnumerateDirectories().Where(group => group.Name != Unfinished).Select(group => group.EnumerateFiles().Where(file => IsName(file.Name)).ToList())
            : [];
    }

    public void Delete(string name)
    {
        if (IsName(name)) File.Delete(PathOf(name));
    }

    /// <summary>Whether a file is half-written.</summary>
    public static bool IsUnfinished(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == Unfinished;

    /// <summary>Takes away what a crash left half-written.</summary>
    public void RemoveUnfinished()
    {
        var folder = new DirectoryInfo(Path.Combine(path, Unfinished));
        if (folder.Exists) folder.Delete(recursive: true);
    }

    /// <summary>Two letters of the name in between, since folders with a hundred thousand files are slow on cards.</summary>
    private string PathOf(string name) => Path.Combine(path, name[..2], name);

    private static bool IsName(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot == SHA256.HashSizeInBytes * 2 && name.AsSpan(0, dot).IndexOfAnyExcept(Digits) < 0 && MediaType.OfExtension(name[(dot + 1)..]) is not null;
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
