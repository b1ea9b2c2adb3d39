namespace Calf.Federation.Delivery;

/// <summary>How long to wait after a failure.</summary>
public sealed class Backoff(Random random)
{
    /// <summary>Between one try and the next: 16 tries in about three days (wire 111).</summary>
    public static readonly IReadOnlyList<TimeSpan> Delays =
    [
        Minutes(1), Minutes(2), Minutes(5), Minutes(10), Minutes(20), Minutes(40),
        Hours(1), Hours(2), Hours(3), Hours(4), Hours(6), Hours(8), Hours(12), Hours(12), Hours(24),
    ];

    public static readonly int MaxAttempts = Delays.Count + 1;

    /// <summary>Hand-made and early tries use up tries sooner; nothing is given up before this age.</summary>
    public static readonly TimeSpan LeastAgeToGiveUp = TimeSpan.FromDays(2);

    /// <summary>No Retry-After is obeyed for longer.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>The delays are spread by so much either way, so that a server that comes back is not hit by all at once.</summary>
    public const double Jitter = 0.1;

    /// <param name="failures">In a row, from 1.</param>
    public TimeSpan After(int failures) => Spread(Delays[Math.Clamp(failures, 1, Delays.Count) - 1]);

    public TimeSpan Spread(TimeSpan delay) => delay * (1 - Jitter + 2 * Jitter * random.NextDouble());

    public static bool GivesUp(int attempts, TimeSpan age) => attempts >= MaxAttempts && age >= LeastAgeToGiveUp;

    private static TimeSpan Minutes(int n) => TimeSpan.FromMinutes(n);

    private static TimeSpan Hours(int n) => TimeSpan.FromHours(n);
}
