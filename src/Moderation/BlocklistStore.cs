using Calf.Store;

namespace Calf.Moderation;

/// <summary>The subscribed lists with their entries, and the rules that they come to.</summary>
public static class BlocklistStore
{
    private const string Columns = "id, url, etag, created_at, checked_at, error";

    public static List<Blocklist> All(Connection c) => c.Query($"SELECT {Columns:raw} FROM blocklists ORDER BY id", Read);

    public static List<Blocklist> CheckedBefore(Connection c, DateTimeOffset time) =>
        c.Query($"SELECT {Columns:raw} FROM blocklists WHERE checked_at <= {time} ORDER BY checked_at", Read);

    public static Blocklist? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM blocklists WHERE id = {id}", Read);

    public static Blocklist? Find(Connection c, string url) => c.Find($"SELECT {Columns:raw} FROM blocklists WHERE url = {url}", Read);

    public static void Save(Connection c, Blocklist list) => c.Execute($"""
        INSERT INTO blocklists ({Columns:raw}) VALUES ({list.Id}, {list.Url}, {list.Etag}, {list.CreatedAt}, {list.CheckedAt}, {list.Error})
        ON CONFLICT (id) DO UPDATE SET etag = excluded.etag, checked_at = excluded.checked_at, error = excluded.error
        """);

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM blocklists WHERE id = {id}");

    public static List<BlocklistEntry> Entries(Connection c, long listId) => c.Query($"""
        SELECT domain, severity, reject_media, reject_reports, public_comment, obfuscate, held FROM blocklist_entries
        WHERE list_id = {listId} ORDER BY domain
        """, ReadEntry);

    /// <summary>How many domains each list names.</summary>
    public static Dictionary<long, long> Sizes(Connection c, IEnumerable<long> listIds) =>
        c.Query($"SELECT list_id, count(*) FROM blocklist_entries WHERE list_id IN {listIds} GROUP BY list_id", r => (Id: r.Long(), Size: r.Long())).ToDictionary(l => l.Id, l => l.Size);

    /// <summary>By list, the domains that wait for the owner's yes.</summary>
    public static ILookup<long, string> Held(Connection c, IEnumerable<long> listIds) => c.Query($"""
        SELECT list_id, domain FROM blocklist_entries WHERE list_id IN {listIds} AND held = 1 ORDER BY domain
        """, r => (Id: r.Long(), Domain: r.Text())).ToLookup(e => e.Id, e => e.Domain);

    public static void Replace(Connection c, long listId, IEnumerable<BlocklistEntry> entries)
    {
        c.Execute($"DELETE FROM blocklist_entries WHERE list_id = {listId}");
        foreach (var e in entries)
            c.Execute($"""
                INSERT INTO blocklist_entries (list_id, domain, severity, reject_media, reject_reports, public_comment, obfuscate, held)
                VALUES ({listId}, {e.Domain}, {e.Severity}, {e.RejectMedia}, {e.RejectReports}, {e.PublicComment}, {e.Obfuscate}, {e.Held})
                """);
    }

    /// <summary>
    /// Makes the rules that are not the owner's own what the lists together say, the strongest word where several name a domain. A
    /// rule made by hand stays as it is.
    /// </summary>
    public static void Settle(Connection c, DateTimeOffset now)
    {
        c.Execute($"DELETE FROM domain_blocks WHERE by_hand = 0 AND domain NOT IN (SELECT domain FROM blocklist_entries)");
        var rules = DomainBlockStore.Everything(c).ToDictionary(b => b.Domain, StringComparer.Ordinal);
        foreach (var entry in c.Query($"""
            SELECT domain, max(iif(held, min(severity, {DomainSeverity.Silence}), severity)), max(reject_media), max(reject_reports),
                   max(public_comment), max(obfuscate), 0
            FROM blocklist_entries GROUP BY domain
            """, ReadEntry))
        {
            if (!rules.TryGetValue(entry.Domain, out var known)) DomainBlockStore.Save(c, entry.ToRule(Ids.At(now), now, byHand: false));
            else if (!known.ByHand && entry.ToRule(known.Id, known.CreatedAt, byHand: false) is var rule && rule != known) DomainBlockStore.Save(c, rule);
        }
    }

    private static Blocklist Read(Row r) => new(r.Long(), r.Text(), r.TextOrNull(), r.Time(), r.Time(), r.TextOrNull());

    private static BlocklistEntry ReadEntry(Row r) =>
        new(r.Text(), (DomainSeverity)r.Int(), r.Bool(), r.Bool(), r.TextOrNull(), r.Bool(), r.Bool());
}
