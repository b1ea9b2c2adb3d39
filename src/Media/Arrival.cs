namespace Calf.Media;

/// <summary>
/// A file on its way here. Its bytes count in the budget of the <see cref="RemoteCache"/> before they are written, and viewers can
/// read along.
/// </summary>
public sealed class Arrival(RemoteCache cache, string path) : IDisposable
{
    /// <summary>Where the length was not said, room is taken in such steps.</summary>
    private const int Step = 256 * 1024;

    private readonly FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0, useAsync: true);
    private readonly TaskCompletionSource<MediaType> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long reserved;
    private bool ended, kept;

    public string Path => path;

    /// <summary>So many are here.</summary>
    public long Bytes { get; private set; }

    /// <summary>How long it will be; null when the sender did not say, or not reliably.</summary>
    public long? Length { get; set; }

    /// <summary>Ends as soon as the type is known and the file can be shown while it comes, which may be never.</summary>
    public Task<MediaType> Begun => begun.Task;

    /// <exception cref="RemoteMediaException">There is no room.</exception>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await Take(Length is { } length && Bytes + bytes.Length <= length ? length : Bytes + bytes.Length, Length is null ? Step : 0);
        await file.WriteAsync(bytes, cancel);
        Bytes += bytes.Length;
        Tell();
    }

    /// <summary>Puts a smaller form in its place, once all is here.</summary>
    public async Task Replace(byte[] content)
    {
        await Take(content.Length, 0);
        file.SetLength(0);
        file.Position = 0;
        await file.WriteAsync(content);
        Length = Bytes = content.Length;
    }

    /// <summary>Lets viewers read along.</summary>
    public void Show(MediaType type) => begun.TrySetResult(type);

    /// <summary>For one viewer; null when the cache has taken it over already.</summary>
    public Stream? Read()
    {
        try
        {
            return new ArrivalReader(this, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, useAsync: true), Length ?? Bytes);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Until byte number <paramref name="position"/> is here, or no more will come.</summary>
    public async Task Wait(long position, CancellationToken cancel)
    {
        while (true)
        {
            var next = Volatile.Read(ref more).Task;
            if (Bytes > position || ended) return;
            await next.WaitAsync(cancel);
        }
    }

    /// <summary>No more will come.</summary>
    public void End()
    {
        ended = true;
        Tell();
    }

    /// <summary>The room that it took, once the cache has the file.</summary>
    internal long HandOver()
    {
        kept = true;
        return Interlocked.Exchange(ref reserved, 0);
    }

    private async ValueTask Take(long bytes, int step)
    {
        if (bytes <= reserved) return;
        if (cache.Budget > 0 && bytes > cache.Budget)
            throw new RemoteMediaException(StatusCodes.Status413PayloadTooLarge, "The file is larger than all that may be kept of other servers.", RemoteFetching.Remembered);
        var taken = bytes - reserved + step;
        if (cache.Budget > 0) taken = Math.Min(taken, cache.Budget - reserved);
        await cache.Reserve(taken);
        reserved += taken;
    }

    private void Tell() => Interlocked.Exchange(ref more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public void Dispose()
    {
        End();
        file.Dispose();
        if (!kept) File.Delete(path);
        cache.GiveBack(Interlocked.Exchange(ref reserved, 0));
    }
}
