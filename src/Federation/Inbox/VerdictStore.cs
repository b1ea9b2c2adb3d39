using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Why an activity was refused, or taken and without effect.</summary>
/// <param name="Status">The HTTP status that it got.</param>
/// <param name="Reason">A sentence for the owner. Never a key, a token or the text of a post.</param>
public sealed record Verdict(
    DateTimeOffset CreatedAt, string Host, string ActorUri, string ActivityId, string Type, string ObjectUri, int Status, string Reason)
{
    /// <summary>The reason of a post that nobody here asked for.</summary>
    public const string Unsolicited = "You do not follow its author, and it neither mentions nor answers you.";

    /// <summary>The kind of refusal, as a word for programs.</summary>
    public string Code => Status switch
    {
        StatusCodes.Status400BadRequest => "malformed",
        StatusCodes.Status401Unauthorized => "bad_signature",
        StatusCodes.Status403Forbidden => "blocked",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status429TooManyRequests => "too_much",
        StatusCodes.Status503ServiceUnavailable => "no_key",
        StatusCodes.Status202Accepted => Reason == Unsolicited ? "unsolicited" : "without_effect",
        _ => "refused",
    };
}

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

    /// <summary>Of what an account sent, newest first.</summary>
    public static List<Verdict> Of(Connection c, string actorUri, int limit) =>
        c.Query($"SELECT {Columns:raw} FROM verdicts WHERE actor_uri = {actorUri} ORDER BY id DESC LIMIT {(long)limit}", Read);

    /// <summary>The latest on anything of a host.</summary>
    public static Verdict? LatestOf(Connection c, string host) =>
        c.Find($"SELECT {Columns:raw} FROM verdicts WHERE host = {host} ORDER BY id DESC LIMIT 1", Read);

    public static List<Verdict> Latest(Connection c, int limit) =>
        c.Query($"SELECT {Columns:raw} FROM verdicts ORDER BY id DESC LIMIT {(long)limit}", Read);

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];

    private static Verdict Read(Row r) => new(r.Time(), r.Text(), r.Text(), r.Text(), r.Text(), r.Text(), r.Int(), r.Text());
}
