using Calf.Store;

namespace Calf.Statuses;

/// <summary>A link that a post is about. Texts are plain.</summary>
public sealed record Card(string Url, string Title, string Description, string? ImageUrl);

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

    public static Dictionary<long, Card> FindMany(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT status_id, url, title, description, image_url FROM cards WHERE status_id IN {statusIds}",
            r => (Status: r.Long(), Card: new Card(r.Text(), r.Text(), r.Text(), r.TextOrNull())))
        .ToDictionary(t => t.Status, t => t.Card);
}
