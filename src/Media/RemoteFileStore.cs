using Calf.Store;

namespace Calf.Media;

/// <summary>A file of another server that is kept here, or why it is not.</summary>
/// <param name="Extension">Null for a refusal.</param>
/// <param name="Status">What a viewer is answered.</param>
/// <param name="Until">When a refusal is tried again.</param>
public sealed record RemoteFile(string Key, string? Extension, long Bytes, int Status, string Reason, DateTimeOffset? Until, DateTimeOffset UsedAt)
{
    public string Name => $"{Key}.{Extension}";
}

public static class RemoteFileStore
{
    private const string Columns = "key, extension, bytes, status, reason, until, used_at";

    /// <summary>So many old refusals go with each new one, so that they cannot pile up.</summary>
    private const long ForgottenAtOnce = 50;

    public static RemoteFile? Find(Connection c, string key) => c.Find($"SELECT {Columns:raw} FROM remote_files WHERE key = {key}", Read);

    public static void Save(Connection c, RemoteFile f)
    {
        c.Execute($"INSERT OR REPLACE INTO remote_files ({Columns:raw}) VALUES ({f.Key}, {f.Extension}, {f.Bytes}, {(long)f.Status}, {f.Reason}, {f.Until}, {f.UsedAt})");
        if (f.Extension is null) c.Execute($"DELETE FROM remote_files WHERE key IN (SELECT key FROM remote_files WHERE until < {f.UsedAt} LIMIT {ForgottenAtOnce})");
    }

    public static void Touch(Connection c, string key, DateTimeOffset now) => c.Execute($"UPDATE remote_files SET used_at = {now} WHERE key = {key}");

    /// <summary>The files, not the refusals, whose keys begin so; two hexadecimal digits.</summary>
    public static List<RemoteFile> Beginning(Connection c, string prefix) =>
        c.Query($"SELECT {Columns:raw} FROM remote_files WHERE key >= {prefix} AND key < {prefix + "g"} AND extension IS NOT NULL", Read);

    public static void Remove(Connection c, IReadOnlyCollection<string> keys) => c.Execute($"DELETE FROM remote_files WHERE key IN {keys}");

    public static void Remove(Connection c, string key) => c.Execute($"DELETE FROM remote_files WHERE key = {key}");

    /// <summary>What all of them take on disk.</summary>
    public static long Bytes(Connection c) => c.Count($"SELECT sum(bytes) FROM remote_files WHERE extension IS NOT NULL");

    /// <summary>Takes away those used longest ago until so many bytes are free.</summary>
    public static List<RemoteFile> RemoveOldest(Connection c, long bytes)
    {
        var removed = new List<RemoteFile>();
        while (bytes > 0 && c.Find($"SELECT {Columns:raw} FROM remote_files WHERE extension IS NOT NULL ORDER BY used_at LIMIT 1", Read) is { } oldest)
        {
            Remove(c, oldest.Key);
            removed.Add(oldest);
            bytes -= oldest.Bytes;
        }
        return removed;
    }

    private static RemoteFile Read(Row r) => new(r.Text(), r.TextOrNull(), r.Long(), r.Int(), r.Text(), r.TimeOrNull(), r.Time());
}
