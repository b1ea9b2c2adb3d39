using Calf.Store;

namespace Calf.Accounts;

/// <summary>A browser in which the owner is signed in.</summary>
public sealed record Session(long Id, string UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt);

/// <summary>Sign-ins of browsers, by the SHA-256 of the cookie's token.</summary>
public static class SessionStore
{
    /// <summary>A browser that was not used for so long has to sign in again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>How exact <see cref="Session.LastUsedAt"/> is, so that not every request writes.</summary>
    public static readonly TimeSpan TouchEvery = TimeSpan.FromHours(1);

    private const int MaxUserAgent = 300;
    private const string Columns = "id, user_agent, created_at, last_used_at";

    public static void Add(Connection c, byte[] hash, string userAgent, DateTimeOffset now)
    {
        var shortened = userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent;
        c.Execute($"""
            INSERT INTO sessions (hash, id, user_agent, created_at, last_used_at) VALUES ({hash}, {Ids.At(now)}, {shortened}, {now}, {now})
            """);
        RemoveOld(c, now);
    }

    /// <summary>Those that have run out, with what was kept for them. Returns how many went.</summary>
    public static int RemoveOld(Connection c, DateTimeOffset now) => c.Execute($"DELETE FROM sessions WHERE last_used_at <= {now - Lifetime}");

    /// <summary>Null when there is none or it has run out.</summary>
    public static Session? Find(Connection c, byte[] hash, DateTimeOffset now) =>
        c.Find($"SELECT {Columns:raw} FROM sessions WHERE hash = {hash} AND last_used_at > {now - Lifetime}", Read);

    public static void Touch(Connection c, long id, DateTimeOffset now) => c.Execute($"UPDATE sessions SET last_used_at = {now} WHERE id = {id}");

    /// <summary>Last used first.</summary>
    public static List<Session> All(Connection c, DateTimeOffset now) =>
        c.Query($"SELECT {Columns:raw} FROM sessions WHERE last_used_at > {now - Lifetime} ORDER BY last_used_at DESC", Read);

    public static bool Remove(Connection c, long id) => c.Execute($"DELETE FROM sessions WHERE id = {id}") > 0;

    /// <summary>Signs every browser out, as after a change of the password.</summary>
    public static void Clear(Connection c) => c.Execute($"DELETE FROM sessions");

    private static Session Read(Row r) => new(r.Long(), r.Text(), r.Time(), r.Time());
}
