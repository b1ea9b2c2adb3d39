using System.Net;
using System.Net.Sockets;

namespace Calf.Web;

/// <summary>Counts what strangers do: so often in a while from one address, so often from all together.</summary>
public sealed class AddressLimits(TimeProvider time, TimeSpan window, int fromOne, int inAll)
{
    private const int MaxAddresses = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Counter> addresses = new(StringComparer.Ordinal);
    private Counter all;

    /// <summary>How long this address has to wait; null when it may try.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            return addresses.GetValueOrDefault(KeyOf(address)).Left(now, window, fromOne) ?? all.Left(now, window, inAll);
        }
    }

    public void Count(IPAddress? address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (addresses.Count >= MaxAddresses) DropOld(now);
            var key = KeyOf(address);
            addresses[key] = addresses.GetValueOrDefault(key).Plus(now, window);
            all = all.Plus(now, window);
        }
    }

    private void DropOld(DateTimeOffset now)
    {
        foreach (var (key, counter) in addresses) if (counter.IsOver(now, window)) addresses.Remove(key);
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

    /// <summary>How often since <paramref name="Start"/>; a window that has passed counts as none.</summary>
    private readonly record struct Counter(DateTimeOffset Start, int Times)
    {
        public bool IsOver(DateTimeOffset now, TimeSpan window) => now - Start >= window;

        public Counter Plus(DateTimeOffset now, TimeSpan window) => Times == 0 || IsOver(now, window) ? new(now, 1) : this with { Times = Times + 1 };

        public TimeSpan? Left(DateTimeOffset now, TimeSpan window, int most) => Times >= most && !IsOver(now, window) ? Start + window - now : null;
    }
}
