using Calf.Moderation;
using Calf.Store;

namespace Calf.Timelines;

public enum TrendKind
{
    Tags,
    Links,
    Statuses,
}

/// <summary>
/// What is much used in the public posts that this server has seen. It is worked out now and then from the newest of them, so that a
/// request reads a short list. What is older counts less.
/// </summary>
public static class TrendStore
{
    /// <summary>How long a use counts: half as much after each day.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(3);

    /// <summary>What one account alone uses is no trend.</summary>
    public const int MinAccounts = 2;

    public const int MaxKept = 100;

    private const long HalfDay = 43_200_000;
    private const long Day = 2 * HalfDay;

    public static List<string> Find(Connection c, TrendKind kind, int limit, int offset) =>
        c.Query($"SELECT subject FROM trends WHERE kind = {kind} ORDER BY rank LIMIT {(long)limit} OFFSET {(long)offset}", r => r.Text());

    public static void Replace(Connection c, TrendKind kind, IReadOnlyList<string> subjects)
    {
        c.Execute($"DELETE FROM trends WHERE kind = {kind}");
        for (var rank = 0; rank < subjects.Count; rank++) c.Execute($"INSERT INTO trends (kind, rank, subject) VALUES ({kind}, {(long)rank}, {subjects[rank]})");
    }

    /// <summary>The best first; looks at all posts of the <see cref="Window"/>.</summary>
    public static List<string> WorkOut(Connection c, TrendKind kind, DateTimeOffset now) => kind switch
    {
        TrendKind.Tags => Uses(c, Sql.Of($"x.tag_id"), Sql.Of($"status_tags x"), now),
        TrendKind.Links => Uses(c, Sql.Of($"x.url"), Sql.Of($"status_cards x"), now),
        _ => Statuses(c, now),
    };

    /// <summary>Each account counts once for a subject, by its newest use.</summary>
    private static List<string> Uses(Connection c, Sql subject, Sql table, DateTimeOffset now) => c.Query($"""
        SELECT CAST(subject AS TEXT) FROM (
          SELECT {subject} AS subject, 1.0 / (1 << max(0, ({now} - max(s.created_at)) / {Day})) AS weight
          FROM statuses s CROSS JOIN {table} ON x.status_id = s.id
          WHERE s.id >= {Ids.FloorOf(now - Window)} AND s.visibility = 0 AND {subject} IS NOT NULL AND {Counted(now)}
          GROUP BY 1, s.account_id)
        GROUP BY subject HAVING count(*) >= {(long)MinAccounts} ORDER BY sum(weight) DESC, subject LIMIT {(long)MaxKept}
        """, ReadSubject);

    /// <summary>
    /// Favourites and boosts beside the author's wish to be found; no answers, nothing behind a warning, and one post of each author, as
    /// Mastodon does.
    /// </summary>
    private static List<string> Statuses(Connection c, DateTimeOffset now) => c.Query($"""
        SELECT CAST(id AS TEXT) FROM (
          SELECT s.id, max((s.favourites_count + s.boosts_count) * 1.0 / (1 << max(0, ({now} - s.created_at) / {HalfDay}))) AS score
          FROM statuses s CROSS JOIN accounts a ON a.id = s.account_id
          WHERE s.id >= {Ids.FloorOf(now - Window)} AND s.visibility = 0 AND s.boost_of_id IS NULL AND s.in_reply_to_uri IS NULL AND s.in_reply_to_id IS NULL
            AND s.sensitive = 0 AND s.spoiler_text = '' AND a.discoverable = 1 AND s.favourites_count + s.boosts_count >= {(long)MinAccounts} AND {Counted(now)}
          GROUP BY s.account_id)
        ORDER BY score DESC, id DESC LIMIT {(long)MaxKept}
        """, ReadSubject);

    /// <summary>Neither from the future, which would count for ever, nor by those whom the owner shuts out.</summary>
    private static Sql Counted(DateTimeOffset now) =>
        Sql.Of($"s.created_at <= {now} AND {Hidden.NotLimited("s.account_id")} AND {Hidden.NotBlocked("s.account_id")} AND {Hidden.NotMuted("s.account_id", now)}");

    private static string ReadSubject(Row r) => r.Text();
}
