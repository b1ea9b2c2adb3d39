namespace Calf.ActivityPub;

/// <summary>
/// How many fetches one received activity or one action may cause in all, whoever makes them (wire 41, 119). Safe for any number of threads.
/// </summary>
public sealed class FetchBudget(int fetches = FetchBudget.Default)
{
    public const int Default = 20;

    private int _taken;

    /// <summary>How many were made.</summary>
    public int Taken => Math.Min(Volatile.Read(ref _taken), fetches);

    /// <summary>Nothing is left, so that another try would bring nothing more.</summary>
    public bool IsSpent => Volatile.Read(ref _taken) >= fetches;

    public bool TryTake() => Interlocked.Increment(ref _taken) <= fetches;
}
