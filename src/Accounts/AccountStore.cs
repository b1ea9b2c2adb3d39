using System.Text.Json;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Accounts;

/// <summary>The accounts table: the owner's one row and everybody else's as their servers last described them.</summary>
public static class AccountStore
{
    private const string Columns =
        "id, uri, url, username, domain, type, display_name, note, note_source, fields, emojis, avatar_url, avatar_alt, " +
        "header_url, header_alt, inbox, shared_inbox, outbox, followers_uri, following_uri, featured_uri, locked, discoverable, " +
        "indexable, memorial, followers_count, following_count, statuses_count, last_status_at, moved_to_uri, also_known_as, " +
        "created_at, fetched_at, gone_at, hide_collections, attribution_domains, featured_tags_uri";

    public static Account? Find(Connection c, long id) =>
        c.Find($"SELECT {Columns:raw} FROM accounts WHERE id = {id}", Read);

    public static Account? FindByUri(Connection c, string uri) =>
        c.Find($"SELECT {Columns:raw} FROM accounts WHERE uri = {uri}", Read);

    /// <summary>By user name in any case and exact domain; the domain is empty for the owner.</summary>
    public static Account? FindByHandle(Connection c, string username, string domain) =>
        c.Find($"SELECT {Columns:raw} FROM accounts WHERE username = {username} AND domain = {domain} ORDER BY gone_at IS NOT NULL, id DESC", Read);

    /// <summary>By ActivityPub id, or by a profile page on the same host.</summary>
    public static Account? FindByAddress(Connection c, string address) =>
        FindByUri(c, address)
        ?? c.Query($"SELECT {Columns:raw} FROM accounts WHERE url = {address} LIMIT {PageAddress.MaxClaims}", Read).Find(a => PageAddress.IsOwn(a.Url, a.Uri));

    /// <summary>The owner's account; null before the server has been set up.</summary>
    public static Account? Owner(Connection c) =>
        c.Find($"SELECT {Columns:raw} FROM accounts WHERE domain = '' LIMIT 1", Read);

    /// <summary>Whether the owner shows the picture with this address.</summary>
    public static bool UsesPicture(Connection c, string url) => c.Exists($"SELECT 1 FROM accounts WHERE domain = '' AND (avatar_url = {url} OR header_url = {url})");

    public static Dictionary<long, Account> FindMany(Connection c, IEnumerable<long> ids) =>
        c.Query($"SELECT {Columns:raw} FROM accounts WHERE id IN {ids}", Read).ToDictionary(a => a.Id);

    public static Dictionary<string, Account> FindManyByUri(Connection c, IReadOnlyCollection<string> uris) =>
        c.Query($"SELECT {Columns:raw} FROM accounts WHERE uri IN {uris}", Read).ToDictionary(a => a.Uri);

    /// <summary>How many other domains there are accounts of here.</summary>
    public static long DomainCount(Connection c) => c.Count($"{KnownDomains} SELECT count(domain) FROM known");

    /// <summary>The other domains that there are accounts of, without the blocked ones.</summary>
    public static List<string> Domains(Connection c) => c.Query($"""
        {KnownDomains}
        SELECT domain FROM known WHERE domain IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM domain_blocks b WHERE b.domain = known.domain AND b.severity = {DomainSeverity.Block})
        """, r => r.Text());

    /// <summary>From one domain to the next by the index, past the accounts of each.</summary>
    private static Sql KnownDomains => Sql.Of($"""
        WITH RECURSIVE known (domain) AS (
          SELECT min(domain) FROM accounts WHERE domain > ''
          UNION ALL SELECT (SELECT min(a.domain) FROM accounts a WHERE a.domain > known.domain) FROM known WHERE known.domain IS NOT NULL)
        """);

    /// <summary>Adds the account, or replaces what was known under its URI; keeps the id, the first date and what is counted apart.</summary>
    public static void Save(Connection c, Account a)
    {
        var fields = JsonSerializer.Serialize(a.Fields, AccountJson.Default.IReadOnlyListProfileField);
        var emojis = CustomEmoji.ToJson(a.Emojis);
        var sites = JsonSerializer.Serialize(a.AttributionDomains, AccountJson.Default.IReadOnlyListString);
        var aliases = JsonSerializer.Serialize(a.AlsoKnownAs, AccountJson.Default.IReadOnlyListString);
        c.Execute($"""
            INSERT INTO accounts ({Columns:raw}) VALUES (
              {a.Id}, {a.Uri}, {a.Url}, {a.Username}, {a.Domain}, {a.Type}, {a.DisplayName}, {a.Note}, {a.NoteSource}, {fields}, {emojis},
              {a.AvatarUrl}, {a.AvatarAlt}, {a.HeaderUrl}, {a.HeaderAlt}, {a.Inbox}, {a.SharedInbox}, {a.Outbox}, {a.FollowersUri},
              {a.FollowingUri}, {a.FeaturedUri}, {a.Locked}, {a.Discoverable}, {a.Indexable}, {a.Memorial}, {a.FollowersCount},
              {a.FollowingCount}, {a.StatusesCount}, {a.LastStatusAt}, {a.MovedToUri}, {aliases}, {a.CreatedAt}, {a.FetchedAt}, {a.GoneAt},
              {a.HideCollections}, {sites}, {a.FeaturedTagsUri})
            ON CONFLICT (uri) DO UPDATE SET
              url = excluded.url, username = excluded.username, domain = excluded.domain, type = excluded.type,
              display_name = excluded.display_name, note = excluded.note, note_source = excluded.note_source,
              fields = excluded.fields, emojis = excluded.emojis, avatar_url = excluded.avatar_url, avatar_alt = excluded.avatar_alt,
              header_url = excluded.header_url, header_alt = excluded.header_alt, inbox = excluded.inbox,
              shared_inbox = excluded.shared_inbox, outbox = excluded.outbox, followers_uri = excluded.followers_uri,
              following_uri = excluded.following_uri, featured_uri = excluded.featured_uri, locked = excluded.locked,
              discoverable = excluded.discoverable, indexable = excluded.indexable, memorial = excluded.memorial,
              moved_to_uri = excluded.moved_to_uri, also_known_as = excluded.also_known_as,
              fetched_at = excluded.fetched_at, gone_at = excluded.gone_at,
              hide_collections = excluded.hide_collections, attribution_domains = excluded.attribution_domains,
              featured_tags_uri = excluded.featured_tags_uri
            """);
        DomainMarks.Mark(c, a.Uri, a.Domain);
    }

    /// <summary>What its server says it has; null leaves a count as it is.</summary>
    public static void SetCounts(Connection c, long id, long? followers, long? following, long? statuses) => c.Execute($"""
        UPDATE accounts SET followers_count = coalesce({followers}, followers_count), following_count = coalesce({following}, following_count),
          statuses_count = coalesce({statuses}, statuses_count)
        WHERE id = {id} AND domain != ''
        """);

    /// <summary>Its server said that it is gone for good.</summary>
    public static void MarkGone(Connection c, long id, DateTimeOffset now) =>
        c.Execute($"UPDATE accounts SET gone_at = {now} WHERE id = {id} AND domain != '' AND gone_at IS NULL");

    public static void Delete(Connection c, long id) => c.Execute($"DELETE FROM accounts WHERE id = {id}");

    private static Account Read(Row r) => new()
    {
        Id = r.Long(),
        Uri = r.Text(),
        Url = r.Text(),
        Username = r.Text(),
        Domain = r.Text(),
        Type = r.Text(),
        DisplayName = r.Text(),
        Note = r.Text(),
        NoteSource = r.Text(),
        Fields = JsonSerializer.Deserialize(r.Text(), AccountJson.Default.IReadOnlyListProfileField)!,
        Emojis = CustomEmoji.FromJson(r.Text()),
        AvatarUrl = r.TextOrNull(),
        AvatarAlt = r.Text(),
        HeaderUrl = r.TextOrNull(),
        HeaderAlt = r.Text(),
        Inbox = r.Text(),
        SharedInbox = r.TextOrNull(),
        Outbox = r.TextOrNull(),
        FollowersUri = r.TextOrNull(),
        FollowingUri = r.TextOrNull(),
        FeaturedUri = r.TextOrNull(),
        Locked = r.Bool(),
        Discoverable = r.Bool(),
        Indexable = r.Bool(),
        Memorial = r.Bool(),
        FollowersCount = r.Long(),
        FollowingCount = r.Long(),
        StatusesCount = r.Long(),
        LastStatusAt = r.TimeOrNull(),
        MovedToUri = r.TextOrNull(),
        AlsoKnownAs = JsonSerializer.Deserialize(r.Text(), AccountJson.Default.IReadOnlyListString)!,
        CreatedAt = r.Time(),
        FetchedAt = r.Time(),
        GoneAt = r.TimeOrNull(),
        HideCollections = r.Bool(),
        AttributionDomains = JsonSerializer.Deserialize(r.Text(), AccountJson.Default.IReadOnlyListString)!,
        FeaturedTagsUri = r.TextOrNull(),
    };
}
