using System.Net;
using System.Net.Sockets;

namespace Calf.Security;

/// <summary>Who may be reached at an address.</summary>
public enum AddressKind
{
    /// <summary>An ordinary address of the public internet.</summary>
    Public,

    /// <summary>This machine. Reachable in local mode only.</summary>
    Loopback,

    /// <summary>A home or company network. Reachable with <c>Federation:AllowPrivateNetworks</c>.</summary>
    Private,

    /// <summary>Never the address of a peer: link-local (cloud metadata lives there), documentation, tunnels, multicast.</summary>
    Special,
}

/// <summary>A range of addresses with the name that the IANA registry gives it.</summary>
public sealed record AddressRange(IPNetwork Network, AddressKind Kind, string Name);

/// <summary>
/// The IANA special-purpose registries as data (wire 114), with multicast and what IPv6 embeds IPv4 in:
/// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
/// </summary>
/// <remarks>Ranges that the registries mark as globally reachable (AS112, AMT) are refused all the same: no peer lives there.</remarks>
public static class SpecialAddresses
{
    public static IReadOnlyList<AddressRange> Ranges { get; } =
    [
        Range("0.0.0.0/8", AddressKind.Special, "this network (RFC 791)"),
        Range("10.0.0.0/8", AddressKind.Private, "private use (RFC 1918)"),
        Range("100.64.0.0/10", AddressKind.Private, "shared address space (RFC 6598)"),
        Range("127.0.0.0/8", AddressKind.Loopback, "loopback (RFC 1122)"),
        Range("169.254.0.0/16", AddressKind.Special, "link-local (RFC 3927)"),
        Range("172.16.0.0/12", AddressKind.Private, "private use (RFC 1918)"),
        Range("192.0.0.0/24", AddressKind.Special, "IETF protocol assignments (RFC 6890)"),
        Range("192.0.2.0/24", AddressKind.Special, "documentation (RFC 5737)"),
        Range("192.31.196.0/24", AddressKind.Special, "AS112 (RFC 7535)"),
        Range("192.52.193.0/24", AddressKind.Special, "automatic multicast tunnelling (RFC 7450)"),
        Range("192.88.99.0/24", AddressKind.Special, "6to4 relay anycast (RFC 7526)"),
        Range("192.168.0.0/16", AddressKind.Private, "private use (RFC 1918)"),
        Range("192.175.48.0/24", AddressKind.Special, "AS112 (RFC 7534)"),
        Range("198.18.0.0/15", AddressKind.Special, "benchmarking (RFC 2544)"),
        Range("198.51.100.0/24", AddressKind.Special, "documentation (RFC 5737)"),
        Range("203.0.113.0/24", AddressKind.Special, "documentation (RFC 5737)"),
        Range("224.0.0.0/4", AddressKind.Special, "multicast (RFC 5771)"),
        Range("240.0.0.0/4", AddressKind.Special, "reserved and broadcast (RFC 1112)"),

        Range("::1/128", AddressKind.Loopback, "loopback (RFC 4291)"),
        Range("::/128", AddressKind.Special, "unspecified (RFC 4291)"),
        Range("::/96", AddressKind.Special, "IPv4-compatible (RFC 4291)"),
        Range("::ffff:0:0/96", AddressKind.Special, "IPv4-mapped (RFC 4291)"),
        Range("::ffff:0:0:0/96", AddressKind.Special, "IPv4-translated (RFC 2765)"),
        Range("64:ff9b:1::/48", AddressKind.Special, "local NAT64 (RFC 8215)"),
        Range("100::/64", AddressKind.Special, "discard (RFC 6666)"),
        Range("100:0:0:1::/64", AddressKind.Special, "dummy prefix (RFC 9780)"),
        Range("2001::/32", AddressKind.Special, "Teredo (RFC 4380)"),
        Range("2001::/23", AddressKind.Special, "IETF protocol assignments (RFC 2928)"),
        Range("2001:db8::/32", AddressKind.Special, "documentation (RFC 3849)"),
        Range("2002::/16", AddressKind.Special, "6to4 (RFC 3056)"),
        Range("2620:4f:8000::/48", AddressKind.Special, "AS112 (RFC 7534)"),
        Range("3fff::/20", AddressKind.Special, "documentation (RFC 9637)"),
        Range("5f00::/16", AddressKind.Special, "segment routing (RFC 9602)"),
        Range("fc00::/7", AddressKind.Private, "unique local (RFC 4193)"),
        Range("fe80::/10", AddressKind.Special, "link-local (RFC 4291)"),
        Range("fec0::/10", AddressKind.Special, "site-local (RFC 3879)"),
        Range("ff00::/8", AddressKind.Special, "multicast (RFC 4291)"),
    ];

    private static readonly AddressRange[] V4 = [.. Ranges.Where(r => r.Network.BaseAddress.AddressFamily == AddressFamily.InterNetwork)];
    private static readonly AddressRange[] V6 = [.. Ranges.Where(r => r.Network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6)];
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly AddressRange Mapped = Ranges.Single(r => r.Name.StartsWith("IPv4-mapped", StringComparison.Ordinal));
    private static readonly AddressRange Unassigned = Range("::/0", AddressKind.Special, "outside global unicast (RFC 4291)");

    /// <summary>The range that makes the address special, or null for an ordinary public address.</summary>
    public static AddressRange? Find(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork) return FindIn(V4, address);
        // Networks without IPv4 reach every IPv4 server through this prefix, so the embedded address decides.
        if (Nat64.Contains(address)) return Find(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        // IPNetwork treats a mapped address as the IPv4 one, so that this range would not be found by asking the table.
        if (address.IsIPv4MappedToIPv6) return Mapped;
        return FindIn(V6, address) ?? (GlobalUnicast.Contains(address) ? null : Unassigned);
    }

    public static AddressKind KindOf(IPAddress address) => Find(address)?.Kind ?? AddressKind.Public;

    private static AddressRange? FindIn(AddressRange[] ranges, IPAddress address)
    {
        foreach (var range in ranges)
        {
            if (range.Network.Contains(address)) return range;
        }
        return null;
    }

    private static AddressRange Range(string network, AddressKind kind, string name) => new(IPNetwork.Parse(network), kind, name);
}
