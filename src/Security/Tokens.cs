using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Calf.Security;

/// <summary>Secrets that we hand out: access tokens, sessions, one-time links. Only their hash is stored.</summary>
public static class Tokens
{
    private const int Bytes = 32;

    /// <summary>256 random bits in base64url: 43 characters that need no escaping anywhere.</summary>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>SHA-256, 32 bytes. A token is random, so nothing slower is needed, and the hash can be looked up in an index.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Compares without telling by the time it takes where two values differ.</summary>
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        CryptographicOperations.FixedTimeEquals(left, right);

    /// <summary>Compares two texts by their hashes, so that their lengths do not show either.</summary>
    public static bool FixedTimeEquals(string left, string right) => FixedTimeEquals(Hash(left), Hash(right));
}
