using Calf.Store;

namespace Calf.Federation.FollowLists;

/// <summary>What became of somebody on a list. The numbers are stored.</summary>
public enum ListedFollowState
{
    Waiting = 0,
    Done = 1,
    Failed = 2,
}

/// <summary>Somebody whose turn it is to be followed.</summary>
/// <param name="Tries">How often it was tried in vain.</param>
public sealed record DueFollow(ListedFollow Listed, int Tries);

/// <summary>How far the lists are that were followed.</summary>
public sealed record FollowListProgress(int Waiting, int Done, IReadOnlyList<(string Person, string Reason)> Failed);

/// <summary>The people of lists that the owner follows, one after another.</summary>
public static class FollowListStore
{
    /// <summary>How long it is remembered what became of them.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int MaxShown = 100;

    /// <summary>Adds those that do not wait already.</summary>
    public static void Add(Connection c, IEnumerable<ListedFollow> people, DateTimeOffset now)
    {
        foreach (var p in people)
            c.Execute($"""
                INSERT INTO listed_follows (person, host, show_boosts, notify, languages, due_at)
                VALUES ({p.Person}, {HostOf(p.Person)}, {p.ShowBoosts}, {p.Notify}, {string.Join(',', p.Languages)}, {now})
                ON CONFLICT (person) DO UPDATE SET show_boosts = excluded.show_boosts, notify = excluded.notify, languages = excluded.languages,
                  state = {ListedFollowState.Waiting}, tries = 0, due_at = excluded.due_at, reason = NULL WHERE state != {ListedFollowState.Waiting}
                """);
    }

    /// <summary>Those whose turn it is, one for each server.</summary>
    public static List<DueFollow> Due(Connection c, DateTimeOffset now, int limit) => c.Query($"""
        SELECT person, show_boosts, notify, languages, tries, min(due_at) FROM listed_follows
        WHERE state = {ListedFollowState.Waiting} AND due_at <= {now} GROUP BY host ORDER BY min(due_at), host LIMIT {(long)limit}
        """, r => new DueFollow(new ListedFollow(r.Text(), r.Bool(), r.Bool(), r.Text().Split(',', StringSplitOptions.RemoveEmptyEntries)), r.Int()));

    /// <summary>Those that wait.</summary>
    public static List<string> Waiting(Connection c) => c.Query($"SELECT person FROM listed_follows WHERE state = {ListedFollowState.Waiting}", r => r.Text());

    public static void Done(Connection c, string person, DateTimeOffset now) =>
        c.Execute($"UPDATE listed_follows SET state = {ListedFollowState.Done}, due_at = {now}, reason = NULL WHERE person = {person} AND state = {ListedFollowState.Waiting}");

    public static void Fail(Connection c, string person, string reason, DateTimeOffset now) =>
        c.Execute($"UPDATE listed_follows SET state = {ListedFollowState.Failed}, due_at = {now}, reason = {reason} WHERE person = {person} AND state = {ListedFollowState.Waiting}");

    public static void Again(Connection c, string person, string reason, DateTimeOffset at) =>
        c.Execute($"UPDATE listed_follows SET tries = tries + 1, due_at = {at}, reason = {reason} WHERE person = {person} AND state = {ListedFollowState.Waiting}");

    public static FollowListProgress Progress(Connection c)
    {
        return new FollowListProgress(Count(ListedFollowState.Waiting), Count(ListedFollowState.Done), c.Query($"""
            SELECT person, reason FROM listed_follows WHERE state = {ListedFollowState.Failed} ORDER BY due_at DESC, person LIMIT {(long)MaxShown}
            """, r => (r.Text(), r.Text())));

        int Count(ListedFollowState state) => (int)c.Count($"SELECT count(*) FROM listed_follows WHERE state = {state}");
    }

    /// <summary>Follows nobody else, and forgets what became of the others.</summary>
    public static void Clear(Connection c) => c.Execute($"DELETE FROM listed_follows");

    public static int RemoveOld(Connection c, DateTimeOffset before) =>
        c.Execute($"DELETE FROM listed_follows WHERE state > {ListedFollowState.Waiting} AND due_at < {before}");

    private static string HostOf(string person) => person.Contains("://", StringComparison.Ordinal) ? new Uri(person).Authority : person[(person.LastIndexOf('@') + 1)..];
}
