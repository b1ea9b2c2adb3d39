namespace Calf.Media;

/// <summary>How far a move has come.</summary>
/// <param name="All">How many files there were at the beginning, and <paramref name="AllBytes"/> what they have.</param>
public sealed record MoveProgress(long Files, long Bytes, long All, long AllBytes);

/// <summary>
/// Moves files to the place that the settings choose, beside a server that reads them. Each is copied, read back and held against its
/// name, and only then taken away where it was: at every moment it is whole in one place at least, and what is done needs no doing again.
/// </summary>
/// <param name="spoilt">Called with the name of a file that is not what its name says. It is left where it is.</param>
/// <param name="report">Called after each file.</param>
public sealed class MediaMoving(MediaStore store, Staging staging, TimeProvider time, Action<string> spoilt, Action<MoveProgress> report)
{
    private const int Looks = 3;

    /// <summary>Some stores show a file whole only a moment after they have taken it.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly S3Files bucket = store.Bucket ?? throw new InvalidOperationException("There is one place only.");

    private IMediaPlace From => store.InBucket ? store.Disk : bucket;

    private IMediaPlace To => store.InBucket ? bucket : store.Disk;

    /// <summary>How far it came: to the end, unless it was told to stop, which it does between two files.</summary>
    /// <exception cref="MediaPlaceException">The bucket cannot be used; nothing is lost.</exception>
    public async Task<MoveProgress> Move(CancellationToken stop)
    {
        staging.SweepMoving();
        var done = new MoveProgress(0, 0, 0, 0);
        await foreach (var group in From.List(CancellationToken.None)) done = done with { All = done.All + group.Count, AllBytes = done.AllBytes + group.Sum(file => file.Bytes) };
        await foreach (var group in From.List(CancellationToken.None))
            foreach (var file in group)
            {
                if (stop.IsCancellationRequested) return done;
                if (!await Move(file.Name)) continue;
                done = done with { Files = done.Files + 1, Bytes = done.Bytes + file.Bytes };
                report(done);
            }
        return done;
    }

    /// <summary>False when it was left where it is.</summary>
    private async Task<bool> Move(string name)
    {
        try
        {
            if (!await (store.InBucket ? Up(name) : Down(name)))
            {
                spoilt(name);
                return false;
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Its post was deleted meanwhile.
            return true;
        }
        await Demand(name);
        await From.Delete(name, CancellationToken.None);
        return true;
    }

    private async Task<bool> Up(string name)
    {
        var file = store.Disk.Open(name) ?? throw new FileNotFoundException();
        await using (file.Content)
            if (!await StoredName.Fits(name, file.Content, CancellationToken.None)) return false;
        await bucket.Put(name, store.Disk.PathOf(name), CancellationToken.None);
        return true;
    }

    private async Task<bool> Down(string name)
    {
        using var copy = staging.ReceiveMoving();
        await using (var target = copy.Create())
        {
            await Fetch(name, target);
            target.Position = 0;
            if (!await StoredName.Fits(name, target, CancellationToken.None)) return false;
        }
        await store.Disk.Put(name, copy.Path, CancellationToken.None);
        return true;
    }

    private async Task Fetch(string name, FileStream target)
    {
        var file = await bucket.Open(name, PartWanted.Whole, CancellationToken.None) ?? throw new FileNotFoundException();
        await using var content = file.Content;
        try
        {
            await content.CopyToAsync(target);
        }
        catch (IOException e)
        {
            throw bucket.Failed($"{name} broke off while it was read", e);
        }
    }

    /// <summary>Reads it back where it came to.</summary>
    private async Task Demand(string name)
    {
        for (var look = 1; !await IsWhole(name); look++)
        {
            if (look == Looks) throw bucket.Failed($"{name} was written to {To.Name} and did not come back as it was");
            await Task.Delay(BetweenLooks, time);
        }
    }

    private async Task<bool> IsWhole(string name)
    {
        if (await To.Open(name, PartWanted.Whole, CancellationToken.None) is not { } file) return false;
        await using var content = file.Content;
        try
        {
            return await StoredName.Fits(name, content, CancellationToken.None);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
