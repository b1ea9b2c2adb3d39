using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Calf.Mastodon;

/// <summary>
/// How often the API may be called, with the headers that tell it (https://docs.joinmastodon.org/api/rate-limits/). Like Mastodon's:
/// five minutes that begin together, by token or by address, and requests from this machine are counted but not refused.
/// </summary>
public sealed class RateLimits(TimeProvider time)
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    /// <summary>For each token, and for the owner's browsers together. Mastodon allows 300 and 1500; nobody here has to be shared with.</summary>
    public const int ForOwner = 7500;

    /// <summary>For each address without a token: Mastodon's number. An IPv6 address counts with its /64.</summary>
    public const int ForStranger = 300;

    /// <summary>Apps that one address may register: each stays in the database.</summary>
    public const int ForAppCreation = 30;

    private readonly RateWindow owner = new(ForOwner);
    private readonly RateWindow strangers = new(ForStranger);
    private readonly RateWindow apps = new(ForAppCreation);

    /// <summary>Counts the request and says in its answer's headers what is left.</summary>
    /// <exception cref="ApiException">429.</exception>
    public void Spend(HttpContext http, Caller? caller)
    {
        var now = time.GetUtcNow();
        var window = now.ToUnixTimeSeconds() / (long)Period.TotalSeconds;
        var address = http.Connection.RemoteIpAddress;
        var (limit, spent) = caller is not null ? (ForOwner, owner.Count(window, (UInt128)(ulong)(caller.TokenId ?? 0)))
            : IsAppCreation(http.Request) ? (ForAppCreation, apps.Count(window, KeyOf(address)))
            : (ForStranger, strangers.Count(window, KeyOf(address)));
        var reset = DateTimeOffset.FromUnixTimeSeconds((window + 1) * (long)Period.TotalSeconds);
        var headers = http.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, limit - spent).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = reset.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        if (spent <= limit || (address is not null && IPAddress.IsLoopback(address))) return;
        headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((reset - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        throw new ApiException(StatusCodes.Status429TooManyRequests, Words.T("Too many requests"));
    }

    private static bool IsAppCreation(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path.Equals("/api/v1/apps", StringComparison.OrdinalIgnoreCase);

    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null) return 0;
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6) bytes[8..].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

/// <summary>Counts by key within one window of time; a new window begins with none.</summary>
internal sealed class RateWindow(int limit)
{
    /// <summary>Beyond as many keys in one window all others are counted as one, so that a flood of addresses takes no memory.</summary>
    public const int MaxKeys = 20_000;

    private static readonly UInt128 Others = UInt128.MaxValue;

    private readonly Lock door = new();
    private readonly Dictionary<UInt128, int> counts = [];
    private long current;

    /// <returns>How often the key was counted in this window, this time included; it stops one above the limit.</returns>
    public int Count(long window, UInt128 key)
    {
        lock (door)
        {
            if (window != current)
            {
                counts.Clear();
                current = window;
            }
            if (counts.Count >= MaxKeys && !counts.ContainsKey(key)) key = Others;
            var count = Math.Min(counts.GetValueOrDefault(key) + 1, limit + 1);
            counts[key] = count;
            return count;
        }
    }
}
