using Calf.Store;

namespace Calf.Media;

/// <summary>How the files of <see cref="RemoteCache"/> lie on disk: two letters of the name in between, as with <see cref="DiskFiles"/>.</summary>
internal sealed class CacheFolder
{
    private readonly string root, unfinished;

    /// <summary>Opens it for this process alone: what is half received there is from one that ended.</summary>
    public CacheFolder(string root)
    {
        (this.root, unfinished) = (root, Path.Combine(root, "unfinished"));
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
    }

    /// <summary>A new path for a file that is being received.</summary>
    public string Unfinished() => Path.Combine(Directory.CreateDirectory(unfinished).FullName, Path.GetRandomFileName());

    public void Put(string path, RemoteFile file)
    {
        var target = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(path, target, overwrite: true);
    }

    /// <summary>Null when the file is gone or has another length than its row says.</summary>
    public FileStream? Open(RemoteFile file)
    {
        try
        {
            var stream = new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, useAsync: true);
            if (stream.Length == file.Bytes) return stream;
            stream.Dispose();
        }
        catch (IOException)
        {
            // It was put away between the row and here.
        }
        return null;
    }

    public void Delete(RemoteFile file)
    {
        try
        {
            File.Delete(PathOf(file));
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody emptied the folder by hand.
        }
    }

    /// <summary>
    /// Before anything is kept: takes away files without a row and rows without their file, which a crash leaves. Returns the bytes
    /// that are there.
    /// </summary>
    public async Task<long> Sweep(Database database)
    {
        for (var first = 0; first < 256; first++)
        {
            var prefix = Convert.ToHexStringLower([(byte)first]);
            var rows = database.Read(c => RemoteFileStore.Beginning(c, prefix)).ToDictionary(file => file.Name);
            var folder = new DirectoryInfo(Path.Combine(root, prefix));
            foreach (var file in folder.Exists ? folder.GetFiles() : [])
                if (!rows.TryGetValue(file.Name, out var row) || row.Bytes != file.Length) file.Delete();
                else rows.Remove(file.Name);
            if (rows.Count > 0) await database.WriteRepeatable(c => RemoteFileStore.Remove(c, [.. rows.Values.Select(row => row.Key)]));
        }
        return database.Read(RemoteFileStore.Bytes);
    }

    private string PathOf(RemoteFile file) => Path.Combine(root, file.Key[..2], file.Name);
}
