using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Why an activity was refused, or taken and without effect.</summary>
/// <param name="Status">The HTTP status that it got.</param>
/// <param name="Reason">A sentence for the owner. Never a key, a token or the text of a post.</param>
public sealed record Verdict(
    DateTimeOffset CreatedAt, string Host, string ActorUri, string ActivityId, string Type, string ObjectUri, int Status, string Reason);

public static class VerdictStore
{
    /// <summary>Enough to find a post by; longer ids are cut so that refused junk takes little room.</summary>
    private const int MaxText = 500;

    public const long MaxRows = 100_000;

    /// <summary>Of one host, so that who fills this list pushes nobody else's out of it.</summary>
    public const long MaxRowsPerHost = 1_000;

    private const string Columns = "created_at, host, actor_uri, activity_id, type, object_uri, status, reason";

    /// <summary>Adds it, over the oldest one when there are enough of its host or in all: rubbish from anywhere must not fill the disk.</summary>
    public static void Add(Connection c, Verdict v)
    {
        c.Execute($"""
            INSERT INTO verdicts ({Columns:raw})
            VALUES ({v.CreatedAt}, {Cut(v.Host)}, {Cut(v.ActorUri)}, {Cut(v.ActivityId)}, {Cut(v.Type)}, {Cut(v.ObjectUri)}, {(long)v.Status}, {Cut(v.Reason)})
            """);
        c.Execute($"DELETE FROM verdicts WHERE id <= last_insert_rowid() - {MaxRows}");
        c.Execute($"""
            DELETE FROM verdicts WHERE host = {Cut(v.Host)}
              AND id <= (SELECT id FROM verdicts WHERE host = {Cut(v.Host)} ORDER BY id DESC LIMIT 1 OFFSET {MaxRowsPerHost})
            """);
    }

    /// <summary>What is known about an object or activity, newest first.</summary>
    public static List<Verdict> About(Connection c, string uri) => c.Query($"""
        SELECT {Columns:raw} FROM verdicts WHERE object_uri = {uri} OR activity_id = {uri} ORDER BY id DESC LIMIT 50
        """, Read);

    public static List<Verdict> Latest(Connection c, int limit) =>
        c.Query($"SELECT {Columns:raw} FROM verdicts ORDER BY id DESC LIMIT {(long)limit}", Read);

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];

    private static Verdict Read(Row r) => new(r.Time(), r.Text(), r.Text(), r.Text(), r.Text(), r.Text(), r.Int(), r.Text());
}
