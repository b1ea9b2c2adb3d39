using Calf.Federation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Shows the new picture of an emoji in older posts and names too, when its server has changed it.</summary>
public sealed class EmojiWorker(Database database, TimeProvider time, ILogger<EmojiWorker> log) : PeriodicWorker(Interval, time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private const int EmojisAtOnce = 100;

    /// <summary>Rows of one write, so that others need not wait long.</summary>
    private const int RowsAtOnce = 200;

    public async Task Step(CancellationToken cancel = default)
    {
        foreach (var emoji in database.Read(c => RemoteEmojiStore.Pending(c, EmojisAtOnce)))
        {
            // Looked for beside the writer, which does not wait for it.
            var (posts, accounts, reacting) = database.Read(c => (RemoteEmojiStore.Posts(c, emoji), RemoteEmojiStore.Accounts(c, emoji), RemoteEmojiStore.Reacting(c, emoji)));
            foreach (var ids in posts.Chunk(RowsAtOnce)) await database.Write(c => RemoteEmojiStore.RefreshPosts(c, emoji, ids));
            foreach (var ids in accounts.Chunk(RowsAtOnce)) await database.Write(c => RemoteEmojiStore.RefreshAccounts(c, emoji, ids));
            foreach (var ids in reacting.Chunk(RowsAtOnce)) await database.Write(c => RemoteEmojiStore.RefreshReactions(c, emoji, ids));
            await database.Write(c => RemoteEmojiStore.Done(c, emoji));
            if (cancel.IsCancellationRequested) return;
        }
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);
}
