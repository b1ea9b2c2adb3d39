using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Takes away files of the media folder that no row names, as a crash between the file and its row leaves them.</summary>
public sealed class OrphanedFiles(Database database, MediaFolder folder, Uploading uploading, Site site, TimeProvider time)
{
    /// <summary>A younger one may be about to get its row.</summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromDays(1);

    /// <summary>Returns how many went.</summary>
    public async Task<long> Remove(CancellationToken cancel = default)
    {
        var removed = 0L;
        foreach (var group in folder.Groups())
        {
            if (cancel.IsCancellationRequested) break;
            var old = group.Where(IsOld).ToList();
            foreach (var file in database.Read(c => old.Where(file => !IsUsed(c, file.Name)).ToList()))
                if (await uploading.RemovePortrait(file.Name, () => IsWantedAgain(file))) removed++;
        }
        return removed;
    }

    private bool IsOld(FileInfo file) => time.GetUtcNow() - file.LastWriteTimeUtc > LeftAlone;

    /// <summary>The same picture may have been sent meanwhile, and its row may only just come.</summary>
    private bool IsWantedAgain(FileInfo file)
    {
        file.Refresh();
        return !IsOld(file) || database.Read(c => IsUsed(c, file.Name));
    }

    private bool IsUsed(Connection c, string name) => UploadStore.Uses(c, name) || AccountStore.UsesPicture(c, site.MediaUrl(name)) || OwnEmojiStore.Uses(c, name);
}
