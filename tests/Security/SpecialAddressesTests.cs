using System.Net;
using System.Numerics;
using Calf.Security;

namespace Calf.Tests.Security;

public class SpecialAddressesTests
{
    public static TheoryData<string> Ranges => [.. SpecialAddresses.Ranges.Select(r => r.Network.ToString())];

    [Theory, MemberData(nameof(Ranges))]
    [Trait("Wire", "114")]
    public void First_and_last_address_of_every_range_are_special(string network)
    {
        var range = IPNetwork.Parse(network);
        Assert.NotEqual(AddressKind.Public, SpecialAddresses.KindOf(range.BaseAddress));
        Assert.NotEqual(AddressKind.Public, SpecialAddresses.KindOf(Last(range)));
    }

    [Theory]
    [InlineData("127.0.0.1", AddressKind.Loopback)]
    [InlineData("::1", AddressKind.Loopback)]
    [InlineData("10.1.2.3", AddressKind.Private)]
    [InlineData("172.31.255.255", AddressKind.Private)]
    [InlineData("192.168.1.1", AddressKind.Private)]
    [InlineData("100.127.0.1", AddressKind.Private)]
    [InlineData("fd00::1", AddressKind.Private)]
    [InlineData("0.0.0.0", AddressKind.Special)]
    [InlineData("0.1.2.3", AddressKind.Special)]
    [InlineData("169.254.169.254", AddressKind.Special)]
    [InlineData("198.19.0.1", AddressKind.Special)]
    [InlineData("224.0.0.1", AddressKind.Special)]
    [InlineData("255.255.255.255", AddressKind.Special)]
    [InlineData("::", AddressKind.Special)]
    [InlineData("fe80::1%1", AddressKind.Special)]
    [InlineData("ff02::1", AddressKind.Special)]
    public void An_address_has_the_kind_of_its_range(string address, AddressKind kind) =>
        Assert.Equal(kind, SpecialAddresses.KindOf(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::808:808")]
    [InlineData("2001:0:808:808::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::1")]
    [Trait("Wire", "114")]
    public void Ipv6_that_hides_ipv4_is_refused(string address) =>
        Assert.NotEqual(AddressKind.Public, SpecialAddresses.KindOf(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("64:ff9b::808:808")]
    public void Ordinary_addresses_are_public(string address) =>
        Assert.Equal(AddressKind.Public, SpecialAddresses.KindOf(IPAddress.Parse(address)));

    [Theory]
    [InlineData("4000::1")]
    [InlineData("8000::1")]
    [InlineData("1::1")]
    public void Unassigned_ipv6_is_special(string address) =>
        Assert.Equal(AddressKind.Special, SpecialAddresses.KindOf(IPAddress.Parse(address)));

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        var hostBits = bytes.Length * 8 - network.PrefixLength;
        var last = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + (BigInteger.One << hostBits) - 1;
        var written = last.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bytes.Length - written.Length], .. written]);
    }
}
