using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Blocklists;

/// <summary>Follows that a block of a domain ends. Both lists are handles.</summary>
public sealed record Severed(string Domain, IReadOnlyList<string> Following, IReadOnlyList<string> Followers);

/// <summary>What a list would do if it were applied now.</summary>
/// <param name="New">Domains for which there is no rule yet.</param>
/// <param name="ByHand">Domains that keep the rule which the owner made.</param>
public sealed record BlocklistPreview(int Domains, int New, int ByHand, IReadOnlyList<Severed> Severed, IReadOnlyList<SkippedLine> Skipped)
{
    public static BlocklistPreview Of(Connection c, BlocklistReading list)
    {
        var rules = DomainBlockStore.Everything(c).ToDictionary(b => b.Domain, StringComparer.Ordinal);
        return new BlocklistPreview(
            list.Entries.Count, list.Entries.Count(e => !rules.ContainsKey(e.Domain)),
            list.Entries.Count(e => rules.GetValueOrDefault(e.Domain) is { ByHand: true }), SeveredBy(c, list.Entries), list.Skipped);
    }

    /// <summary>Which domains of the list would end follows, by name.</summary>
    public static IReadOnlyList<Severed> SeveredBy(Connection c, IEnumerable<BlocklistEntry> entries)
    {
        var rules = DomainBlockStore.Everything(c).Where(b => b.ByHand).ToDictionary(b => b.Domain, StringComparer.Ordinal);
        foreach (var entry in entries) rules.TryAdd(entry.Domain, (entry with { Held = false }).ToRule(0, default, byHand: false));
        var ended = from relation in Relations(c)
                    let rule = DomainMarks.BlockOf(rules, relation.Uri, relation.Domain)
                    where rule is { ByHand: false }
                    group relation by rule.Domain;
        return [.. ended.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Severed(
            g.Key, [.. g.Where(r => r.Following).Select(r => r.Handle)], [.. g.Where(r => !r.Following).Select(r => r.Handle)]))];
    }

    private static List<Relation> Relations(Connection c) => c.Query($"""
        SELECT a.uri, a.domain, '@' || a.username || '@' || a.domain, r.following
        FROM (
          SELECT target_id AS id, 1 AS following FROM follows WHERE account_id = (SELECT id FROM accounts WHERE domain = '')
          UNION ALL SELECT account_id, 0 FROM follows WHERE target_id = (SELECT id FROM accounts WHERE domain = '')) r
        CROSS JOIN accounts a ON a.id = r.id WHERE a.domain != '' ORDER BY a.username, a.domain
        """, r => new Relation(r.Text(), r.Text(), r.Text(), r.Bool()));

    private sealed record Relation(string Uri, string Domain, string Handle, bool Following);
}
