using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>
/// That a post of somebody else was here and was put away for being old, so that the owner can be told. A few bytes for each, which keep
/// nothing out: it can come back.
/// </summary>
public static class PutAwayStore
{
    /// <summary>Some 9 MB; beyond that the oldest are forgotten.</summary>
    public const int MaxRows = 250_000;

    public static void Add(Connection c, IReadOnlyCollection<long> statusIds, DateTimeOffset now, int kept = MaxRows)
    {
        foreach (var uri in c.Query($"SELECT uri FROM statuses WHERE id IN {statusIds} AND boost_of_id IS NULL", r => r.Text()))
        {
            c.Execute($"INSERT OR REPLACE INTO put_away_posts (address, day) VALUES ({KeyOf(uri)}, {DayOf(now)})");
            c.Execute($"DELETE FROM put_away_posts WHERE id <= last_insert_rowid() - {(long)kept}");
        }
    }

    /// <summary>The day on which it was put away; null when nothing is known of it.</summary>
    public static DateTimeOffset? Find(Connection c, string uri) =>
        c.FindValue($"SELECT day FROM put_away_posts WHERE address = {KeyOf(uri)}", r => DateTimeOffset.UnixEpoch.AddDays(r.Long()));

    private static long KeyOf(string uri) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(uri)));

    private static long DayOf(DateTimeOffset now) => (long)(now - DateTimeOffset.UnixEpoch).TotalDays;
}
