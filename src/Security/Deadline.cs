namespace Calf.Security;

/// <summary>One token for a caller's cancellation, a total budget and a budget for each step.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationToken _callerToken;
    private readonly long _start;
    private readonly TimeSpan _total;

    public Deadline(TimeProvider time, TimeSpan total, CancellationToken caller)
    {
        _time = time;
        _total = total;
        _start = time.GetTimestamp();
        _source = new CancellationTokenSource(total, time);
        _callerToken = caller;
        _caller = caller.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether time ran out, where the caller did not cancel.</summary>
    public bool Passed => _source.IsCancellationRequested && !_callerToken.IsCancellationRequested;

    /// <summary>The next step may take this long, and no longer than what is left of the total.</summary>
    public void Step(TimeSpan budget)
    {
        var left = _total - _time.GetElapsedTime(_start);
        var next = budget < left ? budget : left;
        _source.CancelAfter(next > TimeSpan.Zero ? next : TimeSpan.Zero);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
    }
}
