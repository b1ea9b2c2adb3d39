using Calf.Store;

namespace Calf.Statuses;

/// <summary>Who voted for what, as far as it is known here.</summary>
public static class PollVoteStore
{
    /// <summary>False when this account has chosen this before.</summary>
    public static bool Add(Connection c, PollVote vote) => c.Execute($"""
        INSERT OR IGNORE INTO poll_votes (status_id, account_id, choice, uri, created_at)
        VALUES ({vote.StatusId}, {vote.AccountId}, {(long)vote.Choice}, {vote.Uri}, {vote.CreatedAt})
        """) > 0;

    public static bool HasVoted(Connection c, long statusId, long accountId) =>
        c.Exists($"SELECT 1 FROM poll_votes WHERE status_id = {statusId} AND account_id = {accountId}");

    /// <summary>An account's choices in some polls, in the order of the options.</summary>
    public static ILookup<long, int> Choices(Connection c, long accountId, IEnumerable<long> statusIds) =>
        c.Query($"SELECT status_id, choice FROM poll_votes WHERE account_id = {accountId} AND status_id IN {statusIds} ORDER BY choice",
            r => (Status: r.Long(), Choice: r.Int())).ToLookup(v => v.Status, v => v.Choice);

    public static List<long> Voters(Connection c, long statusId) =>
        c.Query($"SELECT DISTINCT account_id FROM poll_votes WHERE status_id = {statusId}", r => r.Long());

    /// <summary>The poll with the counts that the stored votes make; for polls of the owner's.</summary>
    public static Poll Count(Connection c, long statusId, Poll poll)
    {
        var counts = c.Query($"SELECT choice, count(*) FROM poll_votes WHERE status_id = {statusId} GROUP BY choice", r => (Choice: r.Int(), Votes: r.Long()))
            .ToDictionary(r => r.Choice, r => r.Votes);
        return poll with
        {
            Options = [.. poll.Options.Select((o, i) => o with { Votes = counts.GetValueOrDefault(i) })],
            VotersCount = c.Count($"SELECT count(DISTINCT account_id) FROM poll_votes WHERE status_id = {statusId}"),
        };
    }

    public static void Clear(Connection c, long statusId) => c.Execute($"DELETE FROM poll_votes WHERE status_id = {statusId}");
}
