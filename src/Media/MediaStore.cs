namespace Calf.Media;

/// <summary>
/// The owner's files, wherever they lie: new ones go where <c>Media:Store</c> says, and all are found in both places, so that they can be
/// moved while they are read.
/// </summary>
public sealed class MediaStore(Staging staging, DiskFiles disk, S3Files? bucket, bool inBucket)
{
    public DiskFiles Disk => disk;

    /// <summary>Null when the settings name none.</summary>
    public S3Files? Bucket => bucket;

    /// <summary>Whether new files go into the bucket.</summary>
    public bool InBucket => inBucket;

    /// <summary>Where files can lie.</summary>
    public IReadOnlyList<IMediaPlace> Places { get; } = bucket is null ? [disk] : [disk, bucket];

    private IMediaPlace Chosen => inBucket ? bucket! : disk;

    /// <summary>Tells two settings apart that find different files.</summary>
    public static string PlacesIn(MediaSettings settings) =>
        settings.S3.IsSet() ? $"{settings.Store} {settings.S3.Endpoint} {settings.S3.Bucket} {settings.S3.Prefix}" : settings.Store;

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
        await Chosen.Put(name, file.Path, cancel);
        return name;
    }

    /// <summary>The file of a name; null when there is none, or it is no name of a stored file.</summary>
    /// <exception cref="MediaPlaceException">It may be there, and cannot be had now.</exception>
    public async Task<StoredFile?> Open(string name, PartWanted part, CancellationToken cancel)
    {
        if (!StoredName.Is(name)) return null;
        var near = disk.Open(name);
        if (near is not null || bucket is null) return near;
        // Once more on disk: it may have come from the bucket between the two.
        return await bucket.Open(name, part, cancel) ?? disk.Open(name);
    }

    /// <summary>Does nothing when it is not there. What a bucket out of reach keeps goes with what no row names.</summary>
    public async Task Delete(string name, CancellationToken cancel)
    {
        if (!StoredName.Is(name)) return;
        await disk.Delete(name, cancel);
        if (bucket is null) return;
        try
        {
            await bucket.Delete(name, cancel);
        }
        catch (MediaPlaceException)
        {
            // Nobody has to wait for it.
        }
    }
}
