namespace Calf.Media;

/// <summary>The owner's files, wherever they lie.</summary>
public sealed class MediaStore(Staging staging, DiskFiles disk)
{
    /// <summary>Where files can lie.</summary>
    public IReadOnlyList<IMediaPlace> Places { get; } = [disk];

    /// <summary>Stores bytes; the name under which <see cref="Open"/> has them.</summary>
    /// <exception cref="MediaPlaceException">Nothing is stored.</exception>
    public async Task<string> Save(ReadOnlyMemory<byte> content, MediaType type, CancellationToken cancel)
    {
        using var file = staging.Receive();
        await File.WriteAllBytesAsync(file.Path, content, cancel);
        return await Keep(file, type, cancel);
    }

    /// <summary>Stores a file that was received; its name.</summary>
    /// <exception cref="MediaPlaceException">Nothing is stored, and the file is still there.</exception>
    public async Task<string> Keep(TemporaryFile file, MediaType type, CancellationToken cancel)
    {
        var name = StoredName.Of(file.Path, type);
        await disk.Put(name, file.Path, cancel);
        return name;
    }

    /// <summary>The file of a name; null when there is none, or it is no name of a stored file.</summary>
    /// <exception cref="MediaPlaceException">It may be there, and cannot be had now.</exception>
    public async Task<StoredFile?> Open(string name, PartWanted part, CancellationToken cancel) =>
        StoredName.Is(name) ? await disk.Open(name, part, cancel) : null;

    /// <summary>Does nothing when it is not there.</summary>
    public async Task Delete(string name, CancellationToken cancel)
    {
        if (StoredName.Is(name)) await disk.Delete(name, cancel);
    }
}
