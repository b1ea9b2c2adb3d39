using System.Globalization;
using Calf.Store;

namespace Calf.Media;

/// <summary>What the bucket held when it was last counted, which takes a request for a thousand files.</summary>
public sealed record BucketUse(long Files, long Bytes, DateTimeOffset CountedAt)
{
    /// <summary>As it is noted; null before the first time.</summary>
    public static BucketUse? Read(Connection c) => Meta.Get(c, Meta.BucketUse)?.Split(' ') is [var files, var bytes, var at]
        ? new BucketUse(Number(files), Number(bytes), DateTimeOffset.FromUnixTimeMilliseconds(Number(at)))
        : null;

    public static void Note(Connection c, BucketUse use) =>
        Meta.Set(c, Meta.BucketUse, string.Create(CultureInfo.InvariantCulture, $"{use.Files} {use.Bytes} {use.CountedAt.ToUnixTimeMilliseconds()}"));

    /// <exception cref="MediaPlaceException">It cannot be counted.</exception>
    public static async Task<BucketUse> Count(S3Files bucket, DateTimeOffset now, CancellationToken cancel)
    {
        var (files, bytes) = (0L, 0L);
        await foreach (var page in bucket.List(cancel)) (files, bytes) = (files + page.Count, bytes + page.Sum(file => file.Bytes));
        return new BucketUse(files, bytes, now);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>How it is with the bucket, now.</summary>
/// <param name="Name">As one would call it in a sentence.</param>
/// <param name="InUse">Whether new files go there.</param>
/// <param name="Files">When it was last counted; null before that.</param>
/// <param name="Trouble">Why it cannot be used, in a sentence; null when it can.</param>
public sealed record BucketReport(string Name, bool InUse, long? Files, long? Bytes, DateTimeOffset? CountedAt, string? Trouble)
{
    /// <summary>Null when the settings name none. Asks the bucket, for five seconds at most.</summary>
    public static async Task<BucketReport?> Of(MediaStore store, Database database, CancellationToken cancel)
    {
        if (store.Bucket is not { } bucket) return null;
        var trouble = await bucket.Trouble(cancel);
        var use = database.Read(BucketUse.Read);
        return new BucketReport(bucket.Name, store.InBucket, use?.Files, use?.Bytes, use?.CountedAt, trouble);
    }
}
