using System.Collections.Concurrent;

namespace Calf.Federation;

/// <summary>
/// Asks another server while somebody waits for what it shows: once at a time for one thing, and for no longer than that. Whoever comes
/// meanwhile waits for the one before, and then looks whether anything is left to ask.
/// </summary>
internal sealed class Looks<TKey>(TimeSpan longest, TimeProvider time) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Task> going = new();

    /// <summary>False when the time was over before the look was.</summary>
    public async Task<bool> Take(TKey key, Func<CancellationToken, Task> look, CancellationToken cancel)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (going.GetOrAdd(key, mine.Task) is var before && before != mine.Task) await before.WaitAsync(cancel);
        // Not the caller's token: others wait for the same.
        using var limited = new CancellationTokenSource(longest, time);
        try
        {
            await look(limited.Token);
            return true;
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            going.TryRemove(key, out _);
            mine.SetResult();
        }
    }
}
