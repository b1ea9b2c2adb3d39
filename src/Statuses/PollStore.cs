using System.Text.Json;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>The polls of statuses, and when something is to be said of them.</summary>
public static class PollStore
{
    private const string Columns = "status_id, options, multiple, expires_at, closed_at, voters_count, hide_totals";

    /// <summary>Adds the poll or replaces what it asks and counts; votes and times to tell stay.</summary>
    public static void Set(Connection c, long statusId, Poll poll)
    {
        var options = JsonSerializer.Serialize(poll.Options, StatusJson.Default.IReadOnlyListPollOption);
        c.Execute($"""
            INSERT INTO polls ({Columns:raw})
            VALUES ({statusId}, {options}, {poll.Multiple}, {poll.ExpiresAt}, {poll.ClosedAt}, {poll.VotersCount}, {poll.HideTotals})
            ON CONFLICT (status_id) DO UPDATE SET options = excluded.options, multiple = excluded.multiple, expires_at = excluded.expires_at,
              closed_at = excluded.closed_at, voters_count = excluded.voters_count, hide_totals = excluded.hide_totals
            """);
    }

    public static void Remove(Connection c, long statusId)
    {
        PollVoteStore.Clear(c, statusId);
        c.Execute($"DELETE FROM polls WHERE status_id = {statusId}");
    }

    public static Poll? Find(Connection c, long statusId) => FindMany(c, [statusId]).GetValueOrDefault(statusId);

    public static Dictionary<long, Poll> FindMany(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT {Columns:raw} FROM polls WHERE status_id IN {statusIds}",
            r => (Status: r.Long(), Poll: new Poll(OptionsOf(r.Text()), r.Bool(), r.TimeOrNull(), r.TimeOrNull(), r.LongOrNull(), r.Bool())))
        .ToDictionary(t => t.Status, t => t.Poll);

    /// <summary>Closes it at a time, so that no later vote counts.</summary>
    public static void Close(Connection c, long statusId, DateTimeOffset at) =>
        c.Execute($"UPDATE polls SET closed_at = coalesce(closed_at, {at}) WHERE status_id = {statusId}");

    /// <summary>Says when the owner is to hear that it ended; null for never.</summary>
    public static void TellEnd(Connection c, long statusId, DateTimeOffset? at) =>
        c.Execute($"UPDATE polls SET end_due_at = {at} WHERE status_id = {statusId}");

    /// <summary>Says when new counts go out; an earlier time that was said stays.</summary>
    public static void TellResults(Connection c, long statusId, DateTimeOffset at) =>
        c.Execute($"UPDATE polls SET results_due_at = min(coalesce(results_due_at, {at}), {at}) WHERE status_id = {statusId}");

    public static void ResultsTold(Connection c, long statusId) => c.Execute($"UPDATE polls SET results_due_at = NULL WHERE status_id = {statusId}");

    /// <summary>Polls whose counts are to go out.</summary>
    public static List<long> WithResultsDue(Connection c, DateTimeOffset now, int limit) =>
        c.Query($"SELECT status_id FROM polls WHERE results_due_at <= {now} ORDER BY results_due_at LIMIT {(long)limit}", r => r.Long());

    /// <summary>Polls of whose end the owner is to hear.</summary>
    public static List<long> WithEndDue(Connection c, DateTimeOffset now, int limit) =>
        c.Query($"SELECT status_id FROM polls WHERE end_due_at <= {now} ORDER BY end_due_at LIMIT {(long)limit}", r => r.Long());

    /// <summary>True, once in a while, when its server is to be asked for the counts; who is told so asks.</summary>
    public static bool TakeRefresh(Connection c, long statusId, DateTimeOffset now, TimeSpan every) => c.Execute($"""
        UPDATE polls SET fetched_at = {now}
        WHERE status_id = {statusId} AND coalesce(fetched_at, 0) <= {now - every} AND coalesce(fetched_at, 0) <= coalesce(expires_at, {long.MaxValue})
        """) > 0;

    internal static IReadOnlyList<PollOption> OptionsOf(string json) => JsonSerializer.Deserialize(json, StatusJson.Default.IReadOnlyListPollOption)!;
}
