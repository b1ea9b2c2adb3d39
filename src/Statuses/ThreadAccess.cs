using Calf.Store;

namespace Calf.Statuses;

/// <summary>
/// <see cref="StatusAccess"/> for a whole thread: what it would ask of each status is asked once for all. For the owner it also
/// leaves out whom they blocked.
/// </summary>
public sealed class ThreadAccess
{
    private readonly long? reader;
    private readonly HashSet<long> followed;
    private readonly HashSet<long> mentionedIn;
    private readonly HashSet<long> blocked;

    private ThreadAccess(long? reader, HashSet<long> followed, HashSet<long> mentionedIn, HashSet<long> blocked)
    {
        this.reader = reader;
        this.followed = followed;
        this.mentionedIn = mentionedIn;
        this.blocked = blocked;
    }

    /// <param name="reader">The owner, or null for a stranger.</param>
    public static ThreadAccess In(Connection c, long? reader, IReadOnlyCollection<Status> thread)
    {
        if (reader is not { } id) return new ThreadAccess(null, [], [], []);
        List<long> authors = [.. thread.Select(s => s.AccountId).Distinct()];
        return new ThreadAccess(id,
            [.. c.Query($"SELECT target_id FROM follows WHERE account_id = {id} AND accepted = 1 AND target_id IN {authors}", r => r.Long())],
            [.. c.Query($"SELECT status_id FROM mentions WHERE account_id = {id} AND status_id IN {thread.Select(s => s.Id)}", r => r.Long())],
            [.. c.Query($"""
                SELECT target_id FROM blocks WHERE account_id = {id} AND target_id IN {authors}
                UNION SELECT account_id FROM blocks WHERE target_id = {id} AND account_id IN {authors}
                """, r => r.Long())]);
    }

    public bool Shows(Status s)
    {
        if (reader is not null && reader == s.AccountId) return true;
        if (blocked.Contains(s.AccountId)) return false;
        return s.IsOpen || mentionedIn.Contains(s.Id) || (s.Visibility == Visibility.Private && followed.Contains(s.AccountId));
    }
}
