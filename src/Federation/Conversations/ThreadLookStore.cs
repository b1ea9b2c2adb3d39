using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Conversations;

/// <summary>When a thread was and is looked through for what is missing.</summary>
/// <param name="RootId">The first post of it that is here.</param>
/// <param name="DueAt">When the next look begins, or began; null when none is planned.</param>
/// <param name="OpenedAt">When the owner turned to it last.</param>
/// <param name="Found">Posts that the look under way has brought so far, or that the last one brought.</param>
public sealed record ThreadLook(long RootId, DateTimeOffset? DueAt, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, int Found)
{
    public bool IsRunning(DateTimeOffset now) => DueAt <= now;
}

public static class ThreadLookStore
{
    /// <summary>The least time between the end of a look and the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private const string Columns = "root_id, due_at, opened_at, ended_at, found";

    public static ThreadLook? Find(Connection c, long rootId) => c.Find($"SELECT {Columns:raw} FROM threads WHERE root_id = {rootId}", Read);

    /// <summary>The first post of a status' thread that is here.</summary>
    public static long RootOf(Connection c, Status status) => ThreadStore.Ancestors(c, status).FirstOrDefault()?.Id ?? status.Id;

    /// <summary>The owner turns to the thread of a status: it is looked through from a time on, or as soon as it may be again.</summary>
    public static ThreadLook Want(Connection c, Status status, DateTimeOffset from, DateTimeOffset now)
    {
        var root = RootOf(c, status);
        var earliest = Find(c, root)?.EndedAt + Every;
        var due = earliest > from ? earliest.Value : from;
        c.Execute($"""
            INSERT INTO threads (root_id, due_at, opened_at) VALUES ({root}, {due}, {now})
            ON CONFLICT (root_id) DO UPDATE SET due_at = min(coalesce(due_at, {due}), {due}), opened_at = {now}
            """);
        return Find(c, root)!;
    }

    /// <summary>Threads whose time has come, the longest due first.</summary>
    public static List<long> Due(Connection c, DateTimeOffset now, int limit) =>
        c.Query($"SELECT root_id FROM threads WHERE due_at <= {now} ORDER BY due_at LIMIT {(long)limit}", r => r.Long());

    /// <summary>What was known under one first post is known under one that came before it.</summary>
    public static void Move(Connection c, long fromRoot, long toRoot)
    {
        c.Execute($"""
            INSERT INTO threads (root_id, due_at, opened_at) SELECT {toRoot}, due_at, opened_at FROM threads WHERE root_id = {fromRoot}
            ON CONFLICT (root_id) DO UPDATE SET due_at = min(coalesce(due_at, excluded.due_at), excluded.due_at), opened_at = max(opened_at, excluded.opened_at)
            """);
        c.Execute($"""
            INSERT INTO missing_posts (root_id, uri, above, absence, reason, tries, due_at)
            SELECT {toRoot}, uri, 0, absence, reason, tries, due_at FROM missing_posts WHERE root_id = {fromRoot} AND above = 0 ON CONFLICT DO NOTHING
            """);
        c.Execute($"DELETE FROM threads WHERE root_id = {fromRoot}");
    }

    public static void Begin(Connection c, long rootId) => c.Execute($"UPDATE threads SET found = 0 WHERE root_id = {rootId}");

    public static void CountFound(Connection c, long rootId) => c.Execute($"UPDATE threads SET found = found + 1 WHERE root_id = {rootId}");

    /// <param name="next">When the next look is due; null for not before the owner turns to it again.</param>
    public static void End(Connection c, long rootId, DateTimeOffset? next, DateTimeOffset now) =>
        c.Execute($"UPDATE threads SET due_at = {next}, ended_at = {now} WHERE root_id = {rootId}");

    private static ThreadLook Read(Row r) => new(r.Long(), r.TimeOrNull(), r.Time(), r.TimeOrNull(), r.Int());
}
