namespace Calf.Security;

/// <summary>The two bytes before a key in a Multikey: the code's varint (multiformats/multicodec: ed25519-pub 0xed, rsa-pub 0x1205).</summary>
internal static class Multicodec
{
    public const byte Ed25519Low = 0xed;
    public const byte Ed25519High = 0x01;
    public const byte RsaLow = 0x85;
    public const byte RsaHigh = 0x24;
}
