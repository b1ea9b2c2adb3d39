using Calf.Store;

namespace Calf.Media;

/// <summary>The uploads that are being made ready.</summary>
public static class FilmStore
{
    public static long CountWaiting(Connection c) => c.Count($"SELECT count(*) FROM uploads WHERE state = 1");

    public static Upload? FindWaiting(Connection c, long id) => UploadStore.Find(c, [id]).Find(u => u.State == UploadState.Waiting);

    /// <summary>The one that has waited longest, and how often it has been begun, this time included.</summary>
    public static (long Id, int Tries)? Begin(Connection c) => c.FindValue($"""
        UPDATE uploads SET tries = tries + 1 WHERE id = (SELECT id FROM uploads WHERE state = 1 ORDER BY id LIMIT 1) RETURNING id, tries
        """, r => (r.Long(), r.Int()));

    /// <summary>As if it had not been begun: what kept it was nothing of its own.</summary>
    public static void PutBack(Connection c, long id) => c.Execute($"UPDATE uploads SET tries = tries - 1 WHERE id = {id} AND state = 1");

    public static void Finish(Connection c, Upload u) => c.Execute($"""
        UPDATE uploads SET state = 0, type = {u.Type}, media_type = {u.MediaType}, file = {u.File}, preview_file = {u.PreviewFile}, bytes = {u.Bytes}, blurhash = {u.Blurhash},
          width = {u.Width}, height = {u.Height}, duration = {u.Duration}, frame_rate = {u.FrameRate}, bitrate = {u.Bitrate}
        WHERE id = {u.Id} AND state = 1
        """);

    public static void Fail(Connection c, long id, string why) => c.Execute($"UPDATE uploads SET state = 2, failure = {why} WHERE id = {id} AND state = 1");
}
