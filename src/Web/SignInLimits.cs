using System.Net;

namespace Calf.Web;

/// <summary>
/// Slows guessing: so many wrong passwords in a while from one address, so many from all together. A right one is never counted,
/// so the owner's own browser is not shut out by it, but while the door is closed it is closed for everybody from there.
/// </summary>
public sealed class SignInLimits(TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public const int FailuresFromOneAddress = 10;
    public const int FailuresInAll = 100;

    /// <summary>Hashing takes 19 MiB and much of a core; more at once would starve a small server.</summary>
    public const int AtOnce = 2;

    private readonly AddressLimits failures = new(time, Window, FailuresFromOneAddress, FailuresInAll);
    private readonly SemaphoreSlim hashing = new(AtOnce);

    /// <summary>How long this address has to wait; null when it may try.</summary>
    public TimeSpan? Wait(IPAddress? address) => failures.Wait(address);

    public void Failed(IPAddress? address) => failures.Count(address);

    /// <summary>Runs the slow comparison, at most <see cref="AtOnce"/> together.</summary>
    public async Task<bool> Compare(Func<bool> verify, CancellationToken cancelled)
    {
        await hashing.WaitAsync(cancelled);
        try
        {
            return await Task.Run(verify, CancellationToken.None);
        }
        finally
        {
            hashing.Release();
        }
    }

    public void Dispose() => hashing.Dispose();
}
