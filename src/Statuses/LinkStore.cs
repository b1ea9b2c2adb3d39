using Calf.Store;

namespace Calf.Statuses;

/// <summary>A page whose time to be fetched has come.</summary>
public sealed record DueLink(long CardId, string Url);

/// <summary>
/// The pages that posts link to: when each is to be fetched, and which posts wait for it. However many posts link to a page, it is fetched
/// once and kept, and so is that it could not be had.
/// </summary>
public static class LinkStore
{
    /// <summary>Links of others that wait; beyond this the oldest go without a card, since anybody can send any number.</summary>
    public const int MaxWaiting = 1000;

    /// <summary>Links to one host that wait; beyond this further ones get no card, so that nobody can make us beset a server.</summary>
    public const int MaxOfHost = 50;

    /// <summary>How often the server of a page may ask to come back later.</summary>
    public const int MaxTries = 4;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long a page is not fetched again, as at Mastodon, and how long one is not that could not be had.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14), FailureKept = TimeSpan.FromDays(1);

    /// <summary>The link whose card the status has or waits for; null also when its card was sent with it.</summary>
    public static string? Find(Connection c, long statusId) =>
        c.Find($"SELECT k.url FROM status_cards x CROSS JOIN cards k ON k.id = x.card_id WHERE x.status_id = {statusId} AND k.sent = 0", r => r.Text());

    /// <summary>Gives a status without a card the one of its link, at once or when it has come.</summary>
    /// <param name="wait">Until the page is fetched; null puts it before all others.</param>
    public static void Add(Connection c, long statusId, string url, string host, TimeSpan? wait, DateTimeOffset now)
    {
        var due = wait is { } some ? now + some : DateTimeOffset.UnixEpoch;
        var page = Page(c, url);
        if (page is null)
        {
            if (wait is not null && c.Count($"SELECT count(*) FROM cards WHERE host = {host} AND due_at IS NOT NULL") >= MaxOfHost) return;
            c.Execute($"INSERT INTO cards (url, host, due_at) VALUES ({url}, {host}, {due})");
            page = Page(c, url)!;
        }
        else if (page.FetchedAt is null || page.FetchedAt <= now - (page.HasCard ? Kept : FailureKept))
        {
            c.Execute($"UPDATE cards SET due_at = min(coalesce(due_at, {due}), {due}) WHERE id = {page.Id}");
        }
        else if (!page.HasCard)
        {
            return;
        }
        c.Execute($"INSERT INTO status_cards (status_id, card_id, url) VALUES ({statusId}, {page.Id}, {(page.HasCard ? page.Address ?? url : null)})");
        DropBeyond(c, MaxWaiting);
    }

    /// <summary>What is due, the longest due first, one of each host.</summary>
    public static List<DueLink> Due(Connection c, DateTimeOffset now, int limit) => c.Query($"""
        SELECT id, url, min(due_at) FROM cards INDEXED BY cards_waiting WHERE due_at IS NOT NULL AND due_at <= {now} GROUP BY host ORDER BY 3 LIMIT {(long)limit}
        """, r => new DueLink(r.Long(), r.Text()));

    public static bool IsWanted(Connection c, long cardId) => c.Exists($"SELECT 1 FROM status_cards WHERE card_id = {cardId}");

    /// <summary>
    /// Its server asks to come back: once the time is over, though not at once and not after so long that the failure would have been forgotten. False
    /// when it has asked often enough.
    /// </summary>
    public static bool PutOff(Connection c, long cardId, TimeSpan wait, DateTimeOffset now) => wait < FailureKept && c.Execute($"""
        UPDATE cards SET due_at = {now + (wait < ShortestWait ? ShortestWait : wait)}, tries = tries + 1 WHERE id = {cardId} AND tries < {(long)MaxTries}
        """) > 0;

    /// <summary>Keeps what a page says, or that it could not be had: then a card that there was before stays. Returns the statuses that got their card.</summary>
    public static List<long> Keep(Connection c, long cardId, Card? card, DateTimeOffset now)
    {
        c.Execute($"UPDATE cards SET due_at = NULL, fetched_at = {now}, tries = 0 WHERE id = {cardId}");
        if (card is null)
        {
            c.Execute($"DELETE FROM status_cards WHERE card_id = {cardId} AND url IS NULL");
            return [];
        }
        c.Execute($"""
            UPDATE cards SET title = {card.Title}, description = {card.Description}, image_url = {card.ImageUrl}, address = {card.Address},
              type = {card.Type}, image_description = {card.ImageDescription}, width = {(long)card.Width}, height = {(long)card.Height}, language = {card.Language},
              provider_name = {card.ProviderName}, provider_url = {card.ProviderUrl}, author_name = {card.AuthorName}, author_url = {card.AuthorUrl},
              author_id = {card.AuthorId}, named_author_id = {card.NamedAuthorId}, published_at = {card.PublishedAt}
            WHERE id = {cardId}
            """);
        var waiting = c.Query($"SELECT status_id FROM status_cards WHERE card_id = {cardId} AND url IS NULL", r => r.Long());
        c.Execute($"UPDATE status_cards SET url = {card.Address ?? card.Url} WHERE card_id = {cardId} AND url IS NULL");
        return waiting;
    }

    /// <summary>Forgets pages that could not be had before a time. Returns how many.</summary>
    public static int RemoveFailures(Connection c, DateTimeOffset before, int limit) => c.Execute($"""
        DELETE FROM cards WHERE id IN (
          SELECT id FROM cards WHERE title = '' AND due_at IS NULL AND sent = 0 AND fetched_at < {before} ORDER BY fetched_at LIMIT {(long)limit})
        """);

    private static void DropBeyond(Connection c, int most)
    {
        var beyond = c.Count($"SELECT count(*) FROM cards INDEXED BY cards_waiting WHERE due_at IS NOT NULL AND due_at > 0") - most;
        if (beyond <= 0) return;
        c.Execute($"""
            DELETE FROM cards WHERE id IN (
              SELECT id FROM cards INDEXED BY cards_waiting WHERE due_at IS NOT NULL AND due_at > 0 AND fetched_at IS NULL ORDER BY due_at LIMIT {beyond})
            """);
    }

    private static KnownPage? Page(Connection c, string url) => c.Find(
        $"SELECT id, address, title != '', fetched_at FROM cards WHERE url = {url} AND sent = 0",
        r => new KnownPage(r.Long(), r.TextOrNull(), r.Bool(), r.TimeOrNull()));

    private sealed record KnownPage(long Id, string? Address, bool HasCard, DateTimeOffset? FetchedAt);
}
