using Calf.Store;

namespace Calf.Moderation;

/// <summary>
/// Conditions that leave accounts out of what the owner and visitors are shown. Each takes a column with an account's id, with
/// its table, since the conditions ask tables that have an account_id of their own; NULL passes.
/// </summary>
public static class Hidden
{
    private const string Owner = "(SELECT id FROM accounts WHERE domain = '')";

    /// <summary>Leaves nobody out.</summary>
    public static Sql Nobody => Sql.Of($"TRUE");

    /// <summary>Neither the owner nor the account blocks the other, and its domain is not blocked.</summary>
    public static Sql NotBlocked(string account) => Sql.Of($"""
        NOT EXISTS (SELECT 1 FROM blocks x WHERE x.account_id = {Owner:raw} AND x.target_id = {account:raw})
        AND NOT EXISTS (SELECT 1 FROM blocks x WHERE x.target_id = {Owner:raw} AND x.account_id = {account:raw})
        AND NOT EXISTS (SELECT 1 FROM accounts x WHERE x.id = {account:raw} AND x.domain_severity = {DomainSeverity.Block})
        """);

    public static Sql NotMuted(string account, DateTimeOffset now) => Sql.Of($"""
        NOT EXISTS (SELECT 1 FROM mutes x WHERE x.target_id = {account:raw} AND coalesce(x.expires_at, {long.MaxValue}) > {now})
        """);

    /// <summary>Its domain is not silenced, or the owner follows the account.</summary>
    public static Sql NotSilenced(string account) => Sql.Of($"""
        (NOT EXISTS (SELECT 1 FROM accounts x WHERE x.id = {account:raw} AND x.domain_severity >= {DomainSeverity.Silence})
         OR EXISTS (SELECT 1 FROM follows x WHERE x.account_id = {Owner:raw} AND x.target_id = {account:raw} AND x.accepted = 1))
        """);

    /// <summary>Not silenced, followed or not: for timelines of everybody.</summary>
    public static Sql NotLimited(string account) => Sql.Of($"""
        NOT EXISTS (SELECT 1 FROM accounts x WHERE x.id = {account:raw} AND x.domain_severity >= {DomainSeverity.Silence})
        """);
}
