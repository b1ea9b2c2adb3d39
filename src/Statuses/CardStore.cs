using Calf.Store;

namespace Calf.Statuses;

/// <summary>How much a link was in public posts on one day (UTC).</summary>
public sealed record CardUse(string Url, DateOnly Day, long Uses, long Accounts);

/// <summary>The cards of statuses, as far as they are there.</summary>
public static class CardStore
{
    private const string Columns =
        "title, description, image_url, address, type, image_description, width, height, language, provider_name, provider_url, " +
        "author_name, author_url, author_id, named_author_id, published_at";

    /// <summary>The card that the server of the post sent with it; null takes away whatever card it has.</summary>
    public static void Set(Connection c, long statusId, Card? sent)
    {
        c.Execute($"DELETE FROM status_cards WHERE status_id = {statusId}");
        if (sent is null) return;
        c.Execute($"""
            INSERT INTO cards (url, sent, {Columns:raw}) VALUES ({sent.Url}, 1,
              {sent.Title}, {sent.Description}, {sent.ImageUrl}, {sent.Address}, {sent.Type}, {sent.ImageDescription}, {(long)sent.Width}, {(long)sent.Height},
              {sent.Language}, {sent.ProviderName}, {sent.ProviderUrl}, {sent.AuthorName}, {sent.AuthorUrl}, {sent.AuthorId}, {sent.NamedAuthorId}, {sent.PublishedAt})
            """);
        c.Execute($"INSERT INTO status_cards (status_id, card_id, url) VALUES ({statusId}, last_insert_rowid(), {sent.Address ?? sent.Url})");
    }

    public static bool Exists(Connection c, string url) => c.Exists($"SELECT 1 FROM status_cards WHERE url = {url}");

    /// <summary>Under their pages' addresses, what the newest post with each has.</summary>
    public static Dictionary<string, Card> FindByUrl(Connection c, IReadOnlyCollection<string> urls) => c.Query($"""
        SELECT x.url, {Columns:raw} FROM status_cards x CROSS JOIN cards k ON k.id = x.card_id
        WHERE x.status_id IN (SELECT max(status_id) FROM status_cards WHERE url IN {urls} GROUP BY url)
        """, Read).ToDictionary(card => card.Url);

    /// <summary>Public uses on each day since one that had any.</summary>
    public static List<CardUse> Uses(Connection c, IReadOnlyCollection<string> urls, DateOnly since)
    {
        var from = new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero);
        return c.Query($"""
            SELECT x.url, s.created_at / 86400000, count(*), count(DISTINCT s.account_id)
            FROM status_cards x CROSS JOIN statuses s ON s.id = x.status_id
            WHERE x.url IN {urls} AND x.status_id >= {Ids.FloorOf(from)} AND s.visibility = 0 AND s.created_at >= {from}
            GROUP BY 1, 2
            """, r => new CardUse(r.Text(), DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)r.Long()), r.Long(), r.Long()));
    }

    public static Dictionary<long, Card> FindMany(Connection c, IEnumerable<long> statusIds) => c.Query($"""
        SELECT x.status_id, k.url, {Columns:raw} FROM status_cards x CROSS JOIN cards k ON k.id = x.card_id
        WHERE x.status_id IN {statusIds} AND x.url IS NOT NULL
        """, r => (Status: r.Long(), Card: Read(r))).ToDictionary(t => t.Status, t => t.Card);

    private static Card Read(Row r) => new(r.Text(), r.Text(), r.Text(), r.TextOrNull())
    {
        Address = r.TextOrNull(),
        Type = (CardType)r.Int(),
        ImageDescription = r.Text(),
        Width = r.Int(),
        Height = r.Int(),
        Language = r.TextOrNull(),
        ProviderName = r.Text(),
        ProviderUrl = r.Text(),
        AuthorName = r.Text(),
        AuthorUrl = r.Text(),
        AuthorId = r.LongOrNull(),
        NamedAuthorId = r.LongOrNull(),
        PublishedAt = r.TimeOrNull(),
    };
}
