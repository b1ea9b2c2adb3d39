namespace Calf.Media;

/// <summary>What the data folder takes, in bytes.</summary>
/// <param name="Database">The file and its write-ahead log.</param>
/// <param name="Media">The owner's files.</param>
/// <param name="Cache">Files of other servers, which can be fetched again.</param>
/// <param name="CacheBudget">What those may come to.</param>
/// <param name="EarlierVersions">Copies that were made before the database was upgraded, and what a restore put aside.</param>
/// <param name="Free">What is left on that disk.</param>
public sealed record DiskUse(long Database, long Media, long Cache, long CacheBudget, long EarlierVersions, long Free)
{
    /// <summary>How long the free space lasts at this growth, in days; null while it does not shrink. What the cache may still take counts as taken.</summary>
    public double? DaysLeft(double growth) => growth <= 0 ? null : Math.Max(0, Free - Math.Max(0, CacheBudget - Cache)) / growth;
}

/// <summary>What lay in the data folder on one day (UTC), in bytes.</summary>
public sealed record DiskDay(DateOnly Day, long Database, long Media, long Cache);
