namespace Calf.Federation.Inbox;

/// <summary>What became of an activity.</summary>
/// <param name="Reason">Why it had no effect, as a sentence for the verdict log; null when it was applied.</param>
public readonly record struct Outcome(string? Reason)
{
    public static Outcome Applied { get; }

    public static Outcome Ignored(string reason) => new(reason);
}

/// <summary>
/// Another server does not answer for now; the activity stays in the queue and is tried again later.
/// </summary>
public sealed class TryLaterException(string message) : Exception(message);
