namespace Calf.Store;

/// <summary>
/// Makes time-ordered ids in Mastodon's layout: 48 bits of unix milliseconds, then 16 bits that keep ids of one millisecond
/// apart. Sorting by id is sorting by time, and apps page by it.
/// </summary>
public static class Ids
{
    private const int SequenceBits = 16;
    private const long SequenceMask = (1L << SequenceBits) - 1;
    private static int sequence = Random.Shared.Next();

    /// <summary>A new id for something that happened at <paramref name="time"/>.</summary>
    public static long At(DateTimeOffset time) =>
        (Math.Max(0, time.ToUnixTimeMilliseconds()) << SequenceBits) | (Interlocked.Increment(ref sequence) & SequenceMask);

    /// <summary>The lowest id that anything of this time can have.</summary>
    public static long FloorOf(DateTimeOffset time) => Math.Max(0, time.ToUnixTimeMilliseconds()) << SequenceBits;

    public static DateTimeOffset TimeOf(long id) => DateTimeOffset.FromUnixTimeMilliseconds(id >> SequenceBits);
}
