using Calf.Store;

namespace Calf.Moderation;

/// <summary>Rules for domains. A rule covers the subdomains; where several fit, the one for the longest name counts.</summary>
public static class DomainBlockStore
{
    private const string Columns =
        "id, domain, severity, reject_media, reject_reports, public_comment, private_comment, obfuscate, by_hand, created_at";

    /// <summary>Blocks a domain, unless there is a rule for it.</summary>
    public static void Add(Connection c, string domain, DateTimeOffset now)
    {
        var name = domain.ToLowerInvariant();
        if (Find(c, name) is null) Save(c, new DomainBlock(Ids.At(now), name, DomainSeverity.Block) { CreatedAt = now });
    }

    /// <summary>Adds the rule or replaces the one for its domain, which keeps its id and date.</summary>
    public static void Save(Connection c, DomainBlock b) => c.Execute($"""
        INSERT INTO domain_blocks ({Columns:raw}) VALUES ({b.Id}, {b.Domain}, {b.Severity}, {b.RejectMedia}, {b.RejectReports},
          {b.PublicComment}, {b.PrivateComment}, {b.Obfuscate}, {b.ByHand}, {b.CreatedAt})
        ON CONFLICT (domain) DO UPDATE SET severity = excluded.severity, reject_media = excluded.reject_media,
          reject_reports = excluded.reject_reports, public_comment = excluded.public_comment,
          private_comment = excluded.private_comment, obfuscate = excluded.obfuscate, by_hand = excluded.by_hand
        """);

    public static void Remove(Connection c, string domain) => c.Execute($"DELETE FROM domain_blocks WHERE domain = {domain.ToLowerInvariant()}");

    /// <summary>The rule for exactly this domain.</summary>
    public static DomainBlock? Find(Connection c, string domain) =>
        c.Find($"SELECT {Columns:raw} FROM domain_blocks WHERE domain = {domain}", Read);

    public static DomainBlock? Find(Connection c, long id) =>
        c.Find($"SELECT {Columns:raw} FROM domain_blocks WHERE id = {id}", Read);

    /// <summary>The rule that covers a host, with or without a port: its own, or that of the nearest domain above.</summary>
    public static DomainBlock? For(Connection c, string host) =>
        c.Find($"SELECT {Columns:raw} FROM domain_blocks WHERE domain IN {Candidates(host)} ORDER BY length(domain) DESC LIMIT 1", Read);

    /// <summary>Whether nothing is taken from the host, and nothing goes there.</summary>
    public static bool Covers(Connection c, string host) => For(c, host) is { Severity: DomainSeverity.Block };

    public static List<DomainBlock> Everything(Connection c) => c.Query($"SELECT {Columns:raw} FROM domain_blocks ORDER BY domain", Read);

    public static List<DomainBlock> Page(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT {Columns:raw} FROM domain_blocks WHERE {page.On("id")}", Read));

    /// <summary>The names of the blocked domains, with their ids for paging.</summary>
    public static List<(long Id, string Domain)> Blocked(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT id, domain FROM domain_blocks WHERE severity = {DomainSeverity.Block} AND {page.On("id")}", r => (r.Long(), r.Text())));

    /// <summary>The host and the domains above it, as they can stand in a rule.</summary>
    public static IReadOnlyList<string> Candidates(string host)
    {
        var candidates = new List<string> { host.ToLowerInvariant().TrimEnd('.') };
        var name = candidates[0].Split(':')[0];
        while (name.Contains('.', StringComparison.Ordinal))
        {
            candidates.Add(name);
            name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        }
        return candidates;
    }

    private static DomainBlock Read(Row r) =>
        new(r.Long(), r.Text(), (DomainSeverity)r.Int(), r.Bool(), r.Bool(), r.TextOrNull(), r.TextOrNull(), r.Bool(), r.Bool()) { CreatedAt = r.Time() };
}
