using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Takes away stored files that no row names, as a crash between the file and its row leaves them.</summary>
public sealed class OrphanedFiles(Database database, MediaStore store, Uploading uploading, Site site, TimeProvider time)
{
    /// <summary>A younger one may be about to get its row.</summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromDays(1);

    /// <summary>Returns how many went.</summary>
    public async Task<long> Remove(CancellationToken cancel = default)
    {
        var removed = 0L;
        foreach (var place in store.Places)
            await foreach (var group in place.List(cancel))
            {
                var old = group.Where(file => IsOld(file.StoredAt)).Select(file => file.Name).ToList();
                foreach (var name in database.Read(c => old.Where(name => !IsUsed(c, name)).ToList()))
                    if (await uploading.RemovePortrait(name, () => IsWantedAgain(place, name, cancel))) removed++;
                if (cancel.IsCancellationRequested) return removed;
            }
        return removed;
    }

    private bool IsOld(DateTimeOffset storedAt) => time.GetUtcNow() - storedAt > LeftAlone;

    /// <summary>The same picture may have been sent meanwhile, and its row may only just come.</summary>
    private async Task<bool> IsWantedAgain(IMediaPlace place, string name, CancellationToken cancel)
    {
        if (await place.Open(name, PartWanted.Whole with { All = false }, cancel) is not { } file) return false;
        await using (file.Content) return !IsOld(file.StoredAt) || database.Read(c => IsUsed(c, name));
    }

    private bool IsUsed(Connection c, string name) => UploadStore.Uses(c, name) || AccountStore.UsesPicture(c, site.MediaUrl(name)) || OwnEmojiStore.Uses(c, name);
}
