using Calf.Moderation;
using Calf.Store;

namespace Calf.Accounts;

/// <summary>Which accounts a moderator looks for. Null or empty asks for all.</summary>
/// <param name="Severity">What the rules for their domain come to.</param>
/// <param name="Username">How the user name begins.</param>
/// <param name="DisplayName">How the display name begins.</param>
public sealed record AccountFilter(bool? Local = null, DomainSeverity? Severity = null, string? Domain = null, string? Username = null, string? DisplayName = null);

/// <summary>All accounts that are known here, as a moderator sees them.</summary>
public static class AccountFiltering
{
    /// <summary>Above all letters that a user name can have.</summary>
    private const string End = "\uffff";

    /// <summary>Ids, newest first, with what the rules for their domains come to.</summary>
    public static List<(long Id, DomainSeverity Severity)> Page(Connection c, AccountFilter filter, Paging page) => page.NewestFirst(c.Query($"""
        SELECT id, domain_severity FROM accounts WHERE {Conditions(filter)} AND {page.On("id")}
        """, r => (r.Long(), (DomainSeverity)r.Int())));

    /// <summary>What the rules for the domains of these accounts come to.</summary>
    public static List<(long Id, DomainSeverity Severity)> Severities(Connection c, IReadOnlyCollection<long> ids) =>
        c.Query($"SELECT id, domain_severity FROM accounts WHERE id IN {ids}", r => (r.Long(), (DomainSeverity)r.Int()));

    /// <summary>Only what is asked for stands in the statement, so that SQLite can choose the index for it.</summary>
    private static Sql Conditions(AccountFilter filter)
    {
        var where = Sql.Of($"1 = 1");
        if (filter.Local == true) where = Sql.Of($"{where} AND domain = ''");
        if (filter.Local == false) where = Sql.Of($"{where} AND domain > ''");
        if (!string.IsNullOrEmpty(filter.Domain)) where = Sql.Of($"{where} AND domain = {filter.Domain.Trim().ToLowerInvariant()}");
        if (filter.Severity == DomainSeverity.None) where = Sql.Of($"{where} AND domain_severity < 2");
        if (filter.Severity == DomainSeverity.Silence) where = Sql.Of($"{where} AND domain_severity = 1");
        if (filter.Severity == DomainSeverity.Block) where = Sql.Of($"{where} AND domain_severity = 2");
        if (!string.IsNullOrEmpty(filter.Username)) where = Sql.Of($"{where} AND username >= {filter.Username.Trim()} AND username < {filter.Username.Trim() + End}");
        if (!string.IsNullOrEmpty(filter.DisplayName)) where = Sql.Of($"{where} AND substr(display_name, 1, {(long)filter.DisplayName.Length}) = {filter.DisplayName} COLLATE NOCASE");
        return where;
    }
}
