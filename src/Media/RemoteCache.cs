using Calf.Store;

namespace Calf.Media;

/// <summary>
/// Files of other servers under one budget of bytes, which they never exceed, those that are being received included: the ones used
/// longest ago go before a byte more is written. All of it can be fetched again.
/// </summary>
public sealed class RemoteCache(Database database, Settings settings, TimeProvider time) : IDisposable
{
    /// <summary>Under the data folder. Not in backups.</summary>
    public const string Folder = "cache";

    /// <summary>A use is noted when the last is older, so that a view seldom costs a write.</summary>
    public static readonly TimeSpan NoteUseAfter = TimeSpan.FromMinutes(10);

    private readonly CacheFolder folder = new(Path.Combine(settings.Data, Folder));
    private readonly SemaphoreSlim turn = new(1, 1);
    private long used, reserved;
    private DateTimeOffset latest;
    private bool swept;

    /// <summary>In bytes; 0 keeps nothing.</summary>
    public long Budget => settings.Media.RemoteCacheBytes;

    /// <summary>A place for a file that is on its way; it goes away when the result is disposed, unless it was kept.</summary>
    public Arrival Receive() => new(this, folder.Unfinished());

    /// <summary>Null when it was never asked for, was put away, or is a refusal that has ended.</summary>
    public RemoteFile? Find(string key)
    {
        var now = time.GetUtcNow();
        if (database.Read(c => RemoteFileStore.Find(c, key)) is not { } file || file.Until <= now) return null;
        if (file.Extension is not null && now - file.UsedAt > NoteUseAfter) _ = database.WriteRepeatable(c => RemoteFileStore.Touch(c, key, now));
        return file;
    }

    /// <summary>Null when the file is gone or, after a power cut, not whole.</summary>
    public FileStream? Open(RemoteFile file) => folder.Open(file);

    /// <summary>Takes the file over; false, and nothing is done, when nothing is kept.</summary>
    public Task<bool> Keep(string key, Arrival arrival, MediaType type) => InTurn(async () =>
    {
        if (Budget == 0) return false;
        // One after another even within a millisecond, or what has just come could be the first to go.
        var now = time.GetUtcNow();
        latest = now > latest ? now : latest.AddMilliseconds(1);
        var row = new RemoteFile(key, type.Extension, arrival.Bytes, StatusCodes.Status200OK, "", null, latest);
        await Forget(key);
        // The file before its row: a file without a row is only wasted, and found at the next start.
        folder.Put(arrival.Path, row);
        GiveBack(arrival.HandOver());
        used += row.Bytes;
        await database.WriteRepeatable(c => RemoteFileStore.Save(c, row));
        return true;
    });

    /// <summary>Remembers that it cannot be had for a while.</summary>
    public Task Refuse(string key, int status, string reason, TimeSpan wait) => InTurn(async () =>
    {
        var now = time.GetUtcNow();
        await Forget(key);
        await database.WriteRepeatable(c => RemoteFileStore.Save(c, new RemoteFile(key, null, 0, status, reason, now + wait, now)));
        return true;
    });

    /// <summary>Puts away what a crash left, and what is above the budget, which may have been made smaller.</summary>
    public Task Trim() => InTurn(async () =>
    {
        await MakeRoom(0);
        return true;
    });

    /// <exception cref="RemoteMediaException">There is no room for it.</exception>
    internal Task Reserve(long bytes) => InTurn(async () =>
    {
        if (Budget == 0) return true;
        await MakeRoom(bytes);
        if (used + reserved + bytes > Budget)
            throw new RemoteMediaException(StatusCodes.Status503ServiceUnavailable, "The cache is too small for what is shown at once.", TimeSpan.Zero);
        Interlocked.Add(ref reserved, bytes);
        return true;
    });

    internal void GiveBack(long bytes)
    {
        if (Budget > 0) Interlocked.Add(ref reserved, -bytes);
    }

    private async Task Forget(string key)
    {
        if (database.Read(c => RemoteFileStore.Find(c, key)) is not { Extension: not null } before) return;
        await database.WriteRepeatable(c => RemoteFileStore.Remove(c, key));
        Gone(before);
    }

    private async Task MakeRoom(long bytes)
    {
        var missing = used + reserved + bytes - Budget;
        if (missing <= 0 || used == 0) return;
        // The row before the file, since what has a row is shown.
        foreach (var file in await database.WriteRepeatable(c => RemoteFileStore.RemoveOldest(c, missing))) Gone(file);
    }

    private void Gone(RemoteFile file)
    {
        folder.Delete(file);
        used -= file.Bytes;
    }

    private async Task<T> InTurn<T>(Func<Task<T>> work)
    {
        await turn.WaitAsync();
        try
        {
            if (!swept) used = await folder.Sweep(database);
            swept = true;
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
