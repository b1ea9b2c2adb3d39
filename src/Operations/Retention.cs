using Calf.Accounts;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Puts away posts of others that are old and that the owner has nothing to do with. They can be fetched again.</summary>
public sealed class Retention(Database database, Owner owner, Settings settings, TimeProvider time)
{
    private const int LookedAtOnce = 500;

    /// <summary>Rows of one write, so that others need not wait long.</summary>
    private const int PutAwayAtOnce = 50;

    /// <summary>One round over everything. Returns how many went.</summary>
    public async Task<long> Step(CancellationToken cancel = default)
    {
        if (settings.Limits.RemotePostDays == 0 || owner.Account is not { } account) return 0;
        var before = time.GetUtcNow() - TimeSpan.FromDays(settings.Limits.RemotePostDays);
        var (removed, after) = (0L, 0L);
        while (!cancel.IsCancellationRequested && database.Read(c => RetentionStore.Next(c, after, before, LookedAtOnce)) is { Count: > 0 } next)
        {
            // Looked for beside the writer, which then looks at few: the owner may just have favourited one.
            foreach (var ids in database.Read(c => RetentionStore.Expendable(c, account.Id, next, before)).Chunk(PutAwayAtOnce))
                removed += await database.WriteRepeatable(c =>
                {
                    var gone = RetentionStore.Expendable(c, account.Id, ids, before);
                    PutAwayStore.Add(c, gone, time.GetUtcNow());
                    return StatusStore.Forget(c, gone);
                });
            after = next[^1];
        }
        return removed;
    }
}
