using Calf.Moderation;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>Who may read a status.</summary>
public static class StatusAccess
{
    /// <summary>
    /// Whether the account may read the status; null is anybody, who may read public and unlisted ones. Followers read private
    /// ones, the mentioned read what mentions them, the author everything of theirs. Blocks of either side come first, and of domains.
    /// </summary>
    public static bool MayRead(Connection c, Status s, long? reader)
    {
        if (reader == s.AccountId) return true;
        if (reader is { } id && c.Exists($"SELECT 1 FROM blocks WHERE account_id = {s.AccountId} AND target_id = {id}")) return false;
        if (c.Exists($"SELECT 1 FROM accounts WHERE id IN ({s.AccountId}, {reader}) AND domain_severity = {DomainSeverity.Block}")) return false;
        if (s.IsOpen) return true;
        if (reader is not { } known) return false;
        if (StatusParts.IsMentioned(c, s.Id, known)) return true;
        return s.Visibility == Visibility.Private
            && c.Exists($"SELECT 1 FROM follows WHERE account_id = {known} AND target_id = {s.AccountId} AND accepted = 1");
    }
}
