using Calf.Store;

namespace Calf.Statuses;

/// <summary>A hashtag; the name is spelled as it first was.</summary>
public sealed record Tag(long Id, string Name);

/// <summary>How much a hashtag was used on one day (UTC).</summary>
public sealed record TagUse(long TagId, DateOnly Day, long Uses, long Accounts);

/// <summary>How the owner uses a hashtag.</summary>
public sealed record OwnTagUse(long TagId, long Posts, DateTimeOffset? LastAt);

/// <summary>Hashtags by themselves; those of statuses are in <see cref="StatusParts"/>.</summary>
public static class TagStore
{
    /// <summary>Upper and lower case are the same.</summary>
    public static Tag? Find(Connection c, string name) => c.Find($"SELECT id, name FROM tags WHERE name = {name}", Read);

    public static Tag? Find(Connection c, long id) => c.Find($"SELECT id, name FROM tags WHERE id = {id}", Read);

    public static Tag FindOrAdd(Connection c, string name)
    {
        c.Execute($"INSERT OR IGNORE INTO tags (name) VALUES ({name})");
        return Find(c, name)!;
    }

    public static Dictionary<long, Tag> FindMany(Connection c, IEnumerable<long> ids) =>
        c.Query($"SELECT id, name FROM tags WHERE id IN {ids}", Read).ToDictionary(t => t.Id);

    /// <summary>Public uses on each day since one that had any.</summary>
    public static List<TagUse> Uses(Connection c, IReadOnlyCollection<long> ids, DateOnly since)
    {
        var from = new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero);
        return c.Query($"""
            SELECT st.tag_id, s.created_at / {MillisecondsPerDay}, count(*), count(DISTINCT s.account_id)
            FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id
            WHERE st.tag_id IN {ids} AND st.status_id >= {Ids.FloorOf(from)} AND s.visibility = 0 AND s.created_at >= {from}
            GROUP BY 1, 2
            """, r => new TagUse(r.Long(), DateOnly.FromDayNumber((int)r.Long() + UnixEpochDay), r.Long(), r.Long()));
    }

    /// <summary>The hashtags that an account uses most in what anybody may read.</summary>
    public static List<Tag> MostUsed(Connection c, long accountId, int limit) => c.Query($"""
        SELECT t.id, t.name FROM statuses s CROSS JOIN status_tags st ON st.status_id = s.id CROSS JOIN tags t ON t.id = st.tag_id
        WHERE s.account_id = {accountId} AND s.visibility <= 1 AND t.id NOT IN (SELECT tag_id FROM featured_tags)
        GROUP BY t.id ORDER BY count(*) DESC, t.id LIMIT {(long)limit}
        """, Read);

    /// <summary>How often an account used hashtags in what anybody may read.</summary>
    public static List<OwnTagUse> UsesBy(Connection c, long accountId, IReadOnlyCollection<long> ids) => c.Query($"""
        SELECT st.tag_id, count(*), max(s.created_at) FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id
        WHERE st.tag_id IN {ids} AND s.account_id = {accountId} AND s.visibility <= 1 GROUP BY st.tag_id
        """, r => new OwnTagUse(r.Long(), r.Long(), r.TimeOrNull()));

    private const long MillisecondsPerDay = 86_400_000;

    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static Tag Read(Row r) => new(r.Long(), r.Text());
}
