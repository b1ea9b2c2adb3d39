using Calf.Store;

namespace Calf.Moderation;

/// <summary>Domains from which nothing is taken and to which nothing goes; a block covers the subdomains.</summary>
public static class DomainBlockStore
{
    public static void Add(Connection c, string domain, DateTimeOffset now) =>
        c.Execute($"INSERT OR IGNORE INTO domain_blocks (domain, created_at) VALUES ({domain.ToLowerInvariant()}, {now})");

    public static void Remove(Connection c, string domain) => c.Execute($"DELETE FROM domain_blocks WHERE domain = {domain.ToLowerInvariant()}");

    /// <summary>Whether the host, with or without a port, or a domain above it is blocked.</summary>
    public static bool Covers(Connection c, string host)
    {
        var candidates = new List<string> { host.ToLowerInvariant() };
        var name = candidates[0].Split(':')[0];
        while (name.Contains('.', StringComparison.Ordinal))
        {
            candidates.Add(name);
            name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        }
        return c.Exists($"SELECT 1 FROM domain_blocks WHERE domain IN {candidates}");
    }

    public static List<string> All(Connection c) => c.Query($"SELECT domain FROM domain_blocks ORDER BY domain", r => r.Text());
}
