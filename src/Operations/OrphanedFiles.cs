using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Takes away stored files that no row names, as a crash between the file and its row leaves them.</summary>
public sealed partial class OrphanedFiles(Database database, MediaStore store, Uploading uploading, Site site, TimeProvider time, ILogger<OrphanedFiles> log)
{
    /// <summary>A younger one may be about to get its row.</summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromDays(1);

    /// <summary>Returns how many went. A bucket out of reach is left for the next time.</summary>
    public async Task<long> Remove(CancellationToken cancel = default)
    {
        var removed = 0L;
        foreach (var place in store.Places)
            try
            {
                removed += await RemoveIn(place, cancel);
            }
            catch (MediaPlaceException trouble)
            {
                Log.Failed(log, trouble.Message);
            }
        return removed;
    }

    private async Task<long> RemoveIn(IMediaPlace place, CancellationToken cancel)
    {
        var (removed, left) = (0L, new BucketUse(0, 0, time.GetUtcNow()));
        await foreach (var group in place.List(cancel))
        {
            var old = group.Where(file => IsOld(file.StoredAt)).Select(file => file.Name).ToList();
            var orphans = database.Read(c => old.Where(name => !IsUsed(c, name)).ToHashSet());
            foreach (var name in orphans.ToList())
                if (await uploading.RemovePortrait(name, () => IsWantedAgain(place, name, cancel))) removed++;
                else orphans.Remove(name);
            var stayed = group.Where(file => !orphans.Contains(file.Name)).ToList();
            left = left with { Files = left.Files + stayed.Count, Bytes = left.Bytes + stayed.Sum(file => file.Bytes) };
            if (cancel.IsCancellationRequested) return removed;
        }
        if (place == store.Bucket) await database.WriteRepeatable(c => BucketUse.Note(c, left));
        return removed;
    }

    private bool IsOld(DateTimeOffset storedAt) => time.GetUtcNow() - storedAt > LeftAlone;

    /// <summary>The same picture may have been sent meanwhile, and its row may only just come.</summary>
    private async Task<bool> IsWantedAgain(IMediaPlace place, string name, CancellationToken cancel)
    {
        if (await place.Open(name, default, cancel) is not { } file) return false;
        await using (file.Content) return !IsOld(file.StoredAt) || database.Read(c => IsUsed(c, name));
    }

    private bool IsUsed(Connection c, string name) => UploadStore.Uses(c, name) || AccountStore.UsesPicture(c, site.MediaUrl(name)) || OwnEmojiStore.Uses(c, name);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Files that no post uses stay in the bucket until tomorrow: {trouble}")]
        public static partial void Failed(ILogger logger, string trouble);
    }
}
