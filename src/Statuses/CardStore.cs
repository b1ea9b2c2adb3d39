using Calf.Store;

namespace Calf.Statuses;

/// <summary>A link that a post is about. Texts are plain.</summary>
public sealed record Card(string Url, string Title, string Description, string? ImageUrl);

/// <summary>How much a link was in public posts on one day (UTC).</summary>
public sealed record CardUse(string Url, DateOnly Day, long Uses, long Accounts);

/// <summary>The cards of statuses.</summary>
public static class CardStore
{
    /// <summary>Null takes it away.</summary>
    public static void Set(Connection c, long statusId, Card? card)
    {
        c.Execute($"DELETE FROM cards WHERE status_id = {statusId}");
        if (card is not null)
            c.Execute($"INSERT INTO cards (status_id, url, title, description, image_url) VALUES ({statusId}, {card.Url}, {card.Title}, {card.Description}, {card.ImageUrl})");
    }

    public static bool Exists(Connection c, string url) => c.Exists($"SELECT 1 FROM cards WHERE url = {url}");

    /// <summary>What the newest post with each link says of it.</summary>
    public static Dictionary<string, Card> FindByUrl(Connection c, IReadOnlyCollection<string> urls) =>
        c.Query($"SELECT url, title, description, image_url FROM cards WHERE status_id IN (SELECT max(status_id) FROM cards WHERE url IN {urls} GROUP BY url)",
            r => new Card(r.Text(), r.Text(), r.Text(), r.TextOrNull())).ToDictionary(card => card.Url);

    /// <summary>Public uses on each day since one that had any.</summary>
    public static List<CardUse> Uses(Connection c, IReadOnlyCollection<string> urls, DateOnly since)
    {
        var from = new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero);
        return c.Query($"""
            SELECT x.url, s.created_at / 86400000, count(*), count(DISTINCT s.account_id)
            FROM cards x CROSS JOIN statuses s ON s.id = x.status_id
            WHERE x.url IN {urls} AND x.status_id >= {Ids.FloorOf(from)} AND s.visibility = 0 AND s.created_at >= {from}
            GROUP BY 1, 2
            """, r => new CardUse(r.Text(), DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)r.Long()), r.Long(), r.Long()));
    }

    public static Dictionary<long, Card> FindMany(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT status_id, url, title, description, image_url FROM cards WHERE status_id IN {statusIds}",
            r => (Status: r.Long(), Card: new Card(r.Text(), r.Text(), r.Text(), r.TextOrNull())))
        .ToDictionary(t => t.Status, t => t.Card);
}
