using Calf.Store;

namespace Calf.Statuses;

/// <summary>How much the owner wrote when.</summary>
public static class OwnActivity
{
    private const long WeekMilliseconds = 7L * 24 * 60 * 60 * 1000;

    /// <summary>The number of posts, without boosts, by how many weeks before <paramref name="end"/> they were written; weeks without are left out.</summary>
    public static Dictionary<int, long> PostsByWeek(Connection c, long ownerId, DateTimeOffset end, int weeks) => c.Query($"""
        SELECT (({end} - 1 - created_at) / {WeekMilliseconds}) AS week, count(*) FROM statuses
        WHERE account_id = {ownerId} AND id >= {Ids.FloorOf(end.AddDays(-7 * weeks))} AND id < {Ids.FloorOf(end)} AND boost_of_id IS NULL
        GROUP BY week
        """, r => (Week: r.Int(), Count: r.Long())).ToDictionary(w => w.Week, w => w.Count);
}
