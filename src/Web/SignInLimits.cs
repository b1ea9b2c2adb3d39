using System.Net;
using System.Net.Sockets;

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

    private const int MaxAddresses = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Counter> addresses = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim hashing = new(AtOnce);
    private Counter all;

    /// <summary>How long this address has to wait; null when it may try.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (addresses.TryGetValue(KeyOf(address), out var own) && own.Left(now, FailuresFromOneAddress) is { } left) return left;
            return all.Left(now, FailuresInAll);
        }
    }

    public void Failed(IPAddress? address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (addresses.Count >= MaxAddresses) DropOld(now);
            var key = KeyOf(address);
            addresses[key] = addresses.GetValueOrDefault(key).Plus(now);
            all = all.Plus(now);
        }
    }

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

    private void DropOld(DateTimeOffset now)
    {
        foreach (var (key, counter) in addresses) if (counter.IsOver(now)) addresses.Remove(key);
        // Still full: somebody has many addresses. The limit of all together holds them.
        if (addresses.Count >= MaxAddresses) addresses.Clear();
    }

    /// <summary>One customer has at least a /64 of IPv6, so that is one address here.</summary>
    private static string KeyOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    /// <summary>Failures since <paramref name="Start"/>; a window that has passed counts as none.</summary>
    private readonly record struct Counter(DateTimeOffset Start, int Failures)
    {
        public bool IsOver(DateTimeOffset now) => now - Start >= Window;

        public Counter Plus(DateTimeOffset now) => Failures == 0 || IsOver(now) ? new(now, 1) : this with { Failures = Failures + 1 };

        public TimeSpan? Left(DateTimeOffset now, int most) => Failures >= most && !IsOver(now) ? Start + Window - now : null;
    }
}
