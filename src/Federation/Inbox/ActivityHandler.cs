using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Applies one type of activity.</summary>
public abstract class ActivityHandler
{
    /// <summary>The activity's type on the wire.</summary>
    public abstract string Type { get; }

    /// <summary>
    /// Fetches what is missing and returns the step that applies the activity. The step runs on the writer thread, in the
    /// transaction that takes the activity off the queue, and must come to the same if it has run before.
    /// </summary>
    /// <exception cref="TryLaterException">Something needed could not be fetched for now.</exception>
    public abstract Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel);

    protected static Task<Func<Connection, Outcome>> Step(Func<Connection, Outcome> step) => Task.FromResult(step);

    protected static Task<Func<Connection, Outcome>> Ignore(string reason) => Step(_ => Outcome.Ignored(reason));
}
