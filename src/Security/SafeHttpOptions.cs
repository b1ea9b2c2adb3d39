using System.Net;

namespace Calf.Security;

/// <summary>What the one door out lets through.</summary>
/// <param name="UserAgent">See <see cref="SafeHttp.UserAgentFor"/>.</param>
public sealed record SafeHttpOptions(string UserAgent)
{
    /// <summary>Local mode: peers on this machine are reachable.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Home and company networks and this machine are reachable. Link-local addresses stay refused.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Local mode: http as well as https.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>More only for a server of the owner's that many viewers are served from at once.</summary>
    public int ConnectionsPerHost { get; init; } = SafeHttp.MaxConnectionsPerHost;

    /// <summary>Takes the place of sockets in tests, where several servers live in one process.</summary>
    public HttpMessageHandler? Inner { get; init; }

    /// <summary>Takes the place of DNS in tests.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public bool Allows(AddressKind kind) => kind switch
    {
        AddressKind.Public => true,
        AddressKind.Loopback => AllowLoopback || AllowPrivateNetworks,
        AddressKind.Private => AllowPrivateNetworks,
        _ => false,
    };
}
