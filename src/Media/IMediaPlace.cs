namespace Calf.Media;

/// <summary>A place where stored files lie under their <see cref="StoredName"/>. A file is there whole or not at all.</summary>
public interface IMediaPlace
{
    /// <summary>As one would call it in a sentence.</summary>
    string Name { get; }

    /// <summary>Stores the file at a path, which may be gone from there afterwards. Once it returns, no power cut takes the file away again.</summary>
    /// <exception cref="MediaPlaceException">The place cannot be used now.</exception>
    Task Put(string name, string path, CancellationToken cancel);

    /// <summary>Null when it is not there.</summary>
    /// <exception cref="MediaPlaceException">The place cannot be used now.</exception>
    Task<StoredFile?> Open(string name, PartWanted part, CancellationToken cancel);

    /// <summary>Does nothing when it is not there.</summary>
    /// <exception cref="MediaPlaceException">The place cannot be used now.</exception>
    Task Delete(string name, CancellationToken cancel);

    /// <summary>All stored files, in groups that fit in memory. Those that are listed may be deleted meanwhile.</summary>
    /// <exception cref="MediaPlaceException">The place cannot be used now.</exception>
    IAsyncEnumerable<IReadOnlyList<ListedFile>> List(CancellationToken cancel);
}

/// <summary>A stored file, open; whoever gets it closes it.</summary>
/// <param name="Content">Knows its length and can be read from anywhere.</param>
/// <param name="StoredAt">When it came to this place.</param>
public sealed record StoredFile(Stream Content, DateTimeOffset StoredAt);

/// <param name="StoredAt">When it came to this place, or came there again.</param>
public sealed record ListedFile(string Name, long Bytes, DateTimeOffset StoredAt);

/// <summary>What the reader is going to read, so that not more is fetched over a network; it may read something else all the same.</summary>
/// <param name="All">From the start to the end.</param>
/// <param name="Last">Else the last byte that it has in mind, if it knows.</param>
public readonly record struct PartWanted(bool All, long? Last)
{
    public static readonly PartWanted Whole = new(true, null);
}

/// <summary>A place for media cannot be used at the moment; the message is for the owner.</summary>
public sealed class MediaPlaceException(string message, Exception? cause = null) : Exception(message, cause);
