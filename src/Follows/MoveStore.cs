using Calf.Store;

namespace Calf.Follows;

/// <summary>Somebody went to another account.</summary>
public sealed record Move(long AccountId, string TargetUri, DateTimeOffset MovedAt);

public static class MoveStore
{
    /// <summary>The latest move of an account.</summary>
    public static Move? Find(Connection c, long accountId) =>
        c.Find($"SELECT account_id, target_uri, moved_at FROM moves WHERE account_id = {accountId}", r => new Move(r.Long(), r.Text(), r.Time()));

    /// <summary>Remembers the move, and shows on the old account where it went.</summary>
    public static void Save(Connection c, Move move)
    {
        c.Execute($"INSERT OR REPLACE INTO moves (account_id, target_uri, moved_at) VALUES ({move.AccountId}, {move.TargetUri}, {move.MovedAt})");
        c.Execute($"UPDATE accounts SET moved_to_uri = {move.TargetUri} WHERE id = {move.AccountId}");
    }
}
