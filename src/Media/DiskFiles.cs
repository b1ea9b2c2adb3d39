namespace Calf.Media;

/// <summary>Stored files in the data folder.</summary>
public sealed class DiskFiles(string path) : IMediaPlace
{
    public string Name => "the data folder";

    public Task Put(string name, string path, CancellationToken cancel)
    {
        // The row that names it may be on disk before the file's bytes would be, and so may the end of a copy elsewhere.
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
        var target = PathOf(name);
        var folder = Path.GetDirectoryName(target)!;
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        File.Move(path, target, overwrite: true);
        FolderFlush.Flush(folder);
        if (isNew) FolderFlush.Flush(Path.GetDirectoryName(folder)!);
        return Task.CompletedTask;
    }

    public Task<StoredFile?> Open(string name, PartWanted part, CancellationToken cancel) => Task.FromResult(Open(name));

    /// <summary>Null when it is not there.</summary>
    public StoredFile? Open(string name)
    {
        try
        {
            var stream = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return new StoredFile(stream, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task Delete(string name, CancellationToken cancel)
    {
        if (File.Exists(PathOf(name))) File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<IReadOnlyList<ListedFile>> List(CancellationToken cancel)
    {
        var root = new DirectoryInfo(path);
        return (root.Exists ? root.EnumerateDirectories().Where(group => group.Name.Length == 2).Select(Files) : []).ToAsyncEnumerable();
    }

    /// <summary>Two letters of the name in between, since folders with a hundred thousand files are slow on cards.</summary>
    public string PathOf(string name) => Path.Combine(path, name[..2], name);

    private static IReadOnlyList<ListedFile> Files(DirectoryInfo group) =>
        [.. group.EnumerateFiles().Where(file => file.Exists && StoredName.Is(file.Name)).Select(file => new ListedFile(file.Name, file.Length, file.LastWriteTimeUtc))];
}
