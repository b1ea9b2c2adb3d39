namespace Calf.ActivityPub;

/// <summary>How many requests to others one received request or one action may cause (wire 41). Safe for any number of threads.</summary>
public sealed class FetchBudget(int fetches = FetchBudget.Default)
{
    public const int Default = 20;

    private int _left = fetches;

    public bool TryTake() => Interlocked.Decrement(ref _left) >= 0;
}
