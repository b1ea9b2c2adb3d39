using Calf.Store;

namespace Calf.Moderation;

/// <summary>
/// Keeps on every account what the rules for its domain come to. Both the domain of its handle and the host of its id count, the
/// stronger of the two.
/// </summary>
public static class DomainMarks
{
    /// <summary>Marks one account that was stored just now.</summary>
    public static void Mark(Connection c, string uri, string domain)
    {
        if (domain.Length == 0) return;
        var rules = new[] { DomainBlockStore.For(c, domain), HostOf(uri) is { } host && host != domain ? DomainBlockStore.For(c, host) : null };
        var (severity, rejects) = Strongest(rules);
        c.Execute($"""
            UPDATE accounts SET domain_severity = {severity}, rejects_media = {rejects}
            WHERE uri = {uri} AND (domain_severity != {severity} OR rejects_media != {rejects})
            """);
        if (rejects) ForgetPictures(c, Sql.Of($"uri = {uri}"));
    }

    /// <summary>Marks every account anew after the rules changed, and forgets media that are no longer wanted.</summary>
    /// <returns>The accounts that were not blocked before and are now.</returns>
    public static IReadOnlyList<long> Refresh(Connection c)
    {
        var rules = DomainBlockStore.Everything(c).ToDictionary(b => b.Domain, StringComparer.Ordinal);
        var changed = new List<Marked>();
        foreach (var before in c.Query($"SELECT id, uri, domain, domain_severity, rejects_media FROM accounts WHERE domain != ''", Read))
        {
            var (severity, rejects) = Strongest([In(rules, before.Domain), HostOf(before.Uri) is { } host ? In(rules, host) : null]);
            if (severity == before.Severity && rejects == before.Rejects) continue;
            c.Execute($"UPDATE accounts SET domain_severity = {severity}, rejects_media = {rejects} WHERE id = {before.Id}");
            changed.Add(before with { Severity = severity, Rejects = rejects, WasBlocked = before.Severity == DomainSeverity.Block, DidReject = before.Rejects });
        }
        ForgetMedia(c, [.. changed.Where(a => a.Rejects).Select(a => a.Id)]);
        // What was forgotten comes back when the account is fetched again, so that is due at once.
        c.Execute($"UPDATE accounts SET fetched_at = 0 WHERE id IN {changed.Where(a => a.DidReject && !a.Rejects).Select(a => a.Id)}");
        return [.. changed.Where(a => a.Severity == DomainSeverity.Block && !a.WasBlocked).Select(a => a.Id)];
    }

    /// <summary>Which of these accounts are of blocked domains.</summary>
    public static HashSet<long> BlockedAmong(Connection c, IEnumerable<long> accountIds) =>
        [.. c.Query($"SELECT id FROM accounts WHERE id IN {accountIds} AND domain_severity = {DomainSeverity.Block}", r => r.Long())];

    /// <summary>The rule among these by which an account is blocked; null when none blocks it.</summary>
    public static DomainBlock? BlockOf(Dictionary<string, DomainBlock> rules, string uri, string domain) =>
        new[] { In(rules, domain), HostOf(uri) is { } host ? In(rules, host) : null }.FirstOrDefault(r => r is { Severity: DomainSeverity.Block });

    public static bool RejectsMedia(Connection c, long accountId) =>
        c.Exists($"SELECT 1 FROM accounts WHERE id = {accountId} AND rejects_media = 1");

    public static bool IsSilenced(Connection c, long accountId) =>
        c.Exists($"SELECT 1 FROM accounts WHERE id = {accountId} AND domain_severity >= {DomainSeverity.Silence}");

    private static void ForgetMedia(Connection c, IReadOnlyCollection<long> accountIds)
    {
        if (accountIds.Count == 0) return;
        ForgetPictures(c, Sql.Of($"id IN {accountIds}"));
        c.Execute($"DELETE FROM attachments WHERE status_id IN (SELECT id FROM statuses WHERE account_id IN {accountIds})");
        c.Execute($"UPDATE statuses SET emojis = '[]' WHERE account_id IN {accountIds} AND emojis != '[]'");
        c.Execute($"""
            UPDATE cards SET image_url = NULL
            WHERE sent = 1 AND id IN (SELECT card_id FROM status_cards WHERE status_id IN (SELECT id FROM statuses WHERE account_id IN {accountIds}))
            """);
        c.Execute($"UPDATE reactions SET url = NULL WHERE account_id IN {accountIds} AND url IS NOT NULL");
    }

    private static void ForgetPictures(Connection c, Sql which) => c.Execute($"""
        UPDATE accounts SET avatar_url = NULL, avatar_alt = '', header_url = NULL, header_alt = '', emojis = '[]' WHERE {which}
        """);

    private static (DomainSeverity Severity, bool Rejects) Strongest(IEnumerable<DomainBlock?> rules)
    {
        List<DomainBlock> known = [.. rules.OfType<DomainBlock>()];
        return known.Count == 0 ? (DomainSeverity.None, false) : (known.Max(r => r.Severity), known.Any(r => r.RejectMedia));
    }

    private static DomainBlock? In(Dictionary<string, DomainBlock> rules, string host)
    {
        foreach (var name in DomainBlockStore.Candidates(host))
            if (rules.TryGetValue(name, out var rule)) return rule;
        return null;
    }

    private static string? HostOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        ? parsed.IsDefaultPort ? parsed.IdnHost.ToLowerInvariant() : $"{parsed.IdnHost.ToLowerInvariant()}:{parsed.Port}"
        : null;

    private static Marked Read(Row r) => new(r.Long(), r.Text(), r.Text(), (DomainSeverity)r.Int(), r.Bool());

    private sealed record Marked(long Id, string Uri, string Domain, DomainSeverity Severity, bool Rejects, bool WasBlocked = false, bool DidReject = false);
}
