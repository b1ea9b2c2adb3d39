using Calf.Store;

namespace Calf.Media;

/// <summary>A file that the owner sent. Its id is the attachment's as well.</summary>
/// <param name="Type">image, gifv, video or audio.</param>
/// <param name="File">The name in the <see cref="MediaStore"/>; empty until it is ready.</param>
/// <param name="Bytes">Of the file and its preview.</param>
public sealed record Upload(
    long Id, string Type, string MediaType, string File, string? PreviewFile, long Bytes, string? Blurhash, int? Width, int? Height, string Description, Focus? Focus)
{
    public UploadState State { get; init; }

    /// <summary>What apps are told when it has failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Of film and sound, in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>A fraction of pictures a second, such as 30000/1001.</summary>
    public string? FrameRate { get; init; }

    /// <summary>Bits a second.</summary>
    public long? Bitrate { get; init; }
}

public enum UploadState
{
    Ready,

    /// <summary>Film and sound take a while.</summary>
    Waiting,
    Failed,
}

/// <summary>The point to keep in sight when a picture is cropped: from -1 (left, bottom) to 1 (right, top).</summary>
public readonly record struct Focus(double X, double Y);

/// <summary>The rows of the files that the owner sent.</summary>
public static class UploadStore
{
    private const string Columns = "id, type, media_type, file, preview_file, bytes, blurhash, width, height, description, focus_x, focus_y, state, failure, duration, frame_rate, bitrate";

    public static void Add(Connection c, Upload u, DateTimeOffset now) => c.Execute($"""
        INSERT INTO uploads ({Columns:raw}, changed_at) VALUES (
          {u.Id}, {u.Type}, {u.MediaType}, {u.File}, {u.PreviewFile}, {u.Bytes}, {u.Blurhash}, {u.Width}, {u.Height}, {u.Description}, {u.Focus?.X}, {u.Focus?.Y},
          {u.State}, {u.Failure}, {u.Duration}, {u.FrameRate}, {u.Bitrate}, {now})
        """);

    /// <summary>In the order of the ids; what is not there is left out.</summary>
    public static List<Upload> Find(Connection c, IReadOnlyList<long> ids)
    {
        var found = c.Query($"SELECT {Columns:raw} FROM uploads WHERE id IN {ids}", Read).ToDictionary(u => u.Id);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>One that no post uses; null when there is none.</summary>
    public static Upload? FindUnused(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM uploads WHERE id = {id} AND used = 0", Read);

    public static bool Exists(Connection c, long id) => c.Exists($"SELECT 1 FROM uploads WHERE id = {id}");

    /// <summary>Changes what people may change: description, focal point and preview.</summary>
    public static void Update(Connection c, Upload u) => c.Execute($"""
        UPDATE uploads SET description = {u.Description}, focus_x = {u.Focus?.X}, focus_y = {u.Focus?.Y}, preview_file = {u.PreviewFile}, blurhash = {u.Blurhash}, bytes = {u.Bytes} WHERE id = {u.Id}
        """);

    public static void MarkUsed(Connection c, IReadOnlyCollection<long> ids) => c.Execute($"UPDATE uploads SET used = 1 WHERE id IN {ids}");

    public static void MarkUnused(Connection c, IReadOnlyCollection<long> ids, DateTimeOffset now) =>
        c.Execute($"UPDATE uploads SET used = 0, changed_at = {now} WHERE id IN {ids}");

    /// <summary>Removes the row; the names of the files that no other row uses.</summary>
    public static List<string> Remove(Connection c, Upload upload)
    {
        c.Execute($"DELETE FROM uploads WHERE id = {upload.Id}");
        return [.. new[] { upload.File, upload.PreviewFile }.OfType<string>().Where(file => file.Length > 0 && !Uses(c, file))];
    }

    /// <summary>Whether a file of the media folder belongs to one of them.</summary>
    public static bool Uses(Connection c, string file) => c.Exists($"SELECT 1 FROM uploads WHERE file = {file} OR preview_file = {file}");

    /// <summary>Some that have not been used since.</summary>
    public static List<Upload> Unused(Connection c, DateTimeOffset before, int limit) =>
        c.Query($"SELECT {Columns:raw} FROM uploads WHERE used = 0 AND changed_at < {before} ORDER BY changed_at LIMIT {(long)limit}", Read);

    private static Upload Read(Row r) => new(
        r.Long(), r.Text(), r.Text(), r.Text(), r.TextOrNull(), r.Long(), r.TextOrNull(), r.IntOrNull(), r.IntOrNull(), r.Text(),
        FocusOf(r.DoubleOrNull(), r.DoubleOrNull()))
    {
        State = (UploadState)r.Int(),
        Failure = r.TextOrNull(),
        Duration = r.DoubleOrNull(),
        FrameRate = r.TextOrNull(),
        Bitrate = r.LongOrNull(),
    };

    private static Focus? FocusOf(double? x, double? y) => x is not null && y is not null ? new Focus(x.Value, y.Value) : null;
}
