using Calf.Moderation;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>
/// <see cref="StatusAccess"/> for many statuses: what it would ask of each is asked once for all. It also leaves out the blocked and,
/// in a thread, the silenced; and for the owner those whom they muted, which is nobody else's business.
/// </summary>
public sealed class ThreadAccess
{
    private readonly long? reader;
    private readonly HashSet<long> followed;
    private readonly HashSet<long> mentionedIn;
    private readonly HashSet<long> hidden;

    private ThreadAccess(long? reader, HashSet<long> followed, HashSet<long> mentionedIn, HashSet<long> hidden)
    {
        this.reader = reader;
        this.followed = followed;
        this.mentionedIn = mentionedIn;
        this.hidden = hidden;
    }

    /// <summary>For statuses that were asked for one by one.</summary>
    /// <param name="reader">The owner, or null for a stranger.</param>
    public static ThreadAccess To(Connection c, long? reader, IReadOnlyCollection<Status> statuses) =>
        Make(c, reader, statuses, author => Hidden.NotBlocked(author));

    /// <summary>For what stands around a status that was asked for.</summary>
    /// <param name="reader">The owner, or null for a stranger.</param>
    public static ThreadAccess In(Connection c, long? reader, IReadOnlyCollection<Status> thread, DateTimeOffset now) =>
        Make(c, reader, thread, author => reader is null
            ? Sql.Of($"{Hidden.NotBlocked(author)} AND {Hidden.NotSilenced(author)}")
            : Sql.Of($"{Hidden.NotBlocked(author)} AND {Hidden.NotSilenced(author)} AND {Hidden.NotMuted(author, now)}"));

    public bool Shows(Status s)
    {
        if (reader is not null && reader == s.AccountId) return true;
        if (hidden.Contains(s.AccountId)) return false;
        return s.IsOpen || mentionedIn.Contains(s.Id) || (s.Visibility == Visibility.Private && followed.Contains(s.AccountId));
    }

    /// <summary>Whether the reader blocks or mutes its author or server.</summary>
    public bool Hides(Status s) => hidden.Contains(s.AccountId);

    private static ThreadAccess Make(Connection c, long? reader, IReadOnlyCollection<Status> statuses, Func<string, Sql> shown)
    {
        List<long> authors = [.. statuses.Select(s => s.AccountId).Distinct()];
        HashSet<long> hidden = [.. c.Query($"SELECT a.id FROM accounts a WHERE a.id IN {authors} AND NOT ({shown("a.id")})", r => r.Long())];
        if (reader is not { } id) return new ThreadAccess(null, [], [], hidden);
        return new ThreadAccess(id,
            [.. c.Query($"SELECT target_id FROM follows WHERE account_id = {id} AND accepted = 1 AND target_id IN {authors}", r => r.Long())],
            [.. c.Query($"SELECT status_id FROM mentions WHERE account_id = {id} AND status_id IN {statuses.Select(s => s.Id)}", r => r.Long())],
            hidden);
    }
}
