using Calf.Store;

namespace Calf.Statuses;

/// <summary>A post for later. <paramref name="Draft"/> is JSON for whoever posts it.</summary>
public sealed record ScheduledStatus(long Id, DateTimeOffset DueAt, string Draft);

/// <summary>The posts that wait for their time.</summary>
public static class ScheduledStore
{
    private const string Columns = "id, due_at, draft";

    public static void Add(Connection c, ScheduledStatus s) => c.Execute($"INSERT INTO scheduled_statuses ({Columns:raw}) VALUES ({s.Id}, {s.DueAt}, {s.Draft})");

    public static ScheduledStatus? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM scheduled_statuses WHERE id = {id}", Read);

    public static List<ScheduledStatus> All(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT {Columns:raw} FROM scheduled_statuses WHERE {page.On("id")}", Read));

    /// <summary>Those whose time has come, the earliest first.</summary>
    public static List<ScheduledStatus> Due(Connection c, DateTimeOffset now, int limit) =>
        c.Query($"SELECT {Columns:raw} FROM scheduled_statuses WHERE due_at <= {now} ORDER BY due_at LIMIT {(long)limit}", Read);

    public static void Move(Connection c, long id, DateTimeOffset dueAt) => c.Execute($"UPDATE scheduled_statuses SET due_at = {dueAt} WHERE id = {id}");

    /// <summary>False when it is not there any more.</summary>
    public static bool Remove(Connection c, long id) => c.Execute($"DELETE FROM scheduled_statuses WHERE id = {id}") > 0;

    public static long Count(Connection c) => c.Count($"SELECT count(*) FROM scheduled_statuses");

    /// <summary>How many are due from one moment up to another, without <paramref name="except"/>.</summary>
    public static long CountBetween(Connection c, DateTimeOffset from, DateTimeOffset until, long except) =>
        c.Count($"SELECT count(*) FROM scheduled_statuses WHERE due_at >= {from} AND due_at < {until} AND id != {except}");

    private static ScheduledStatus Read(Row r) => new(r.Long(), r.Time(), r.Text());
}
