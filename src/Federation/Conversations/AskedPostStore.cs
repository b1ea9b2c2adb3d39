using Calf.Store;

namespace Calf.Federation.Conversations;

/// <summary>What the server of a post said when it was asked for the answers.</summary>
/// <param name="Absence">Why they could not be read; none when they were, or there are none.</param>
/// <param name="Beyond">Answers that were not taken, for there were too many.</param>
/// <param name="Unlisted">Answers that it counts and does not show.</param>
public sealed record AskedPost(long StatusId, DateTimeOffset AskedAt, Absence Absence = Absence.None, string Reason = "", long Beyond = 0, long Unlisted = 0);

public static class AskedPostStore
{
    private const string Columns = "status_id, asked_at, absence, reason, beyond, unlisted";

    /// <summary>By status.</summary>
    public static Dictionary<long, AskedPost> Find(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT {Columns:raw} FROM asked_posts WHERE status_id IN {statusIds}", Read).ToDictionary(a => a.StatusId);

    /// <summary>Does nothing when the status is gone.</summary>
    public static void Save(Connection c, AskedPost a) => c.Execute($"""
        INSERT INTO asked_posts ({Columns:raw})
        SELECT id, {a.AskedAt}, {a.Absence}, {a.Reason}, {a.Beyond}, {a.Unlisted} FROM statuses WHERE id = {a.StatusId}
        ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at, absence = excluded.absence, reason = excluded.reason, beyond = excluded.beyond, unlisted = excluded.unlisted
        """);

    private static AskedPost Read(Row r) => new(r.Long(), r.Time(), (Absence)r.Int(), r.Text(), r.Long(), r.Long());
}
