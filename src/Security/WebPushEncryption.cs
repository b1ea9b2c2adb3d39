using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calf.Security;

/// <summary>What is sent to a push service. <paramref name="Salt"/> and <paramref name="PublicKey"/> go into headers with the older encoding; the newer has them in the body.</summary>
public sealed record EncryptedPush(byte[] Body, byte[] Salt, byte[] PublicKey);

/// <summary>Encrypts for a browser or app so that the push service between cannot read it.</summary>
public static class WebPushEncryption
{
    /// <summary>Of an uncompressed point on P-256.</summary>
    public const int KeyBytes = 65;

    public const int AuthBytes = 16;
    private const int SaltBytes = 16, NonceBytes = 12, ContentKeyBytes = 16, TagBytes = 16, SecretBytes = 32;

    /// <summary>All is sent as one record; push services take some 4 kB.</summary>
    private const int RecordSize = 4096;

    /// <summary>RFC 8291: <c>Content-Encoding: aes128gcm</c>.</summary>
    public static EncryptedPush Encrypt(ReadOnlySpan<byte> text, byte[] key, byte[] auth)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, key, auth, own, RandomNumberGenerator.GetBytes(SaltBytes));
    }

    internal static EncryptedPush Encrypt(ReadOnlySpan<byte> text, byte[] key, byte[] auth, ECDiffieHellman own, byte[] salt)
    {
        var ownKey = PointOf(own);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Agree(own, key), SecretBytes, auth, [.. "WebPush: info\0"u8, .. key, .. ownKey]);
        byte[] body = [.. salt, .. new byte[4], KeyBytes, .. ownKey, .. Seal([.. text, 2], secret, salt, "Content-Encoding: aes128gcm\0"u8, "Content-Encoding: nonce\0"u8)];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(SaltBytes), RecordSize);
        return new EncryptedPush(body, salt, ownKey);
    }

    /// <summary>draft-ietf-webpush-encryption-04: <c>Content-Encoding: aesgcm</c>, which older apps decrypt.</summary>
    public static EncryptedPush EncryptOlder(ReadOnlySpan<byte> text, byte[] key, byte[] auth)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var (ownKey, salt) = (PointOf(own), RandomNumberGenerator.GetBytes(SaltBytes));
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Agree(own, key), SecretBytes, auth, "Content-Encoding: auth\0"u8.ToArray());
        byte[] context = [.. "P-256\0"u8, 0, KeyBytes, .. key, 0, KeyBytes, .. ownKey];
        // The two bytes in front say that nothing is padded.
        return new EncryptedPush(Seal([0, 0, .. text], secret, salt, [.. "Content-Encoding: aesgcm\0"u8, .. context], [.. "Content-Encoding: nonce\0"u8, .. context]), salt, ownKey);
    }

    /// <summary>Whether bytes are a public key that can be encrypted for.</summary>
    public static bool IsKey(byte[] key)
    {
        if (key.Length != KeyBytes || key[0] != 4) return false;
        try
        {
            using var known = Import(key);
            return true;
        }
        catch (CryptographicException)
        {
            return false; // Not on the curve.
        }
    }

    internal static byte[] PointOf(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }

    private static byte[] Seal(byte[] text, byte[] secret, byte[] salt, ReadOnlySpan<byte> keyInfo, ReadOnlySpan<byte> nonceInfo)
    {
        var pseudorandom = HKDF.Extract(HashAlgorithmName.SHA256, secret, salt);
        Span<byte> contentKey = stackalloc byte[ContentKeyBytes], nonce = stackalloc byte[NonceBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, contentKey, keyInfo);
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, nonce, nonceInfo);
        var sealedText = new byte[text.Length + TagBytes];
        using var cipher = new AesGcm(contentKey, TagBytes);
        cipher.Encrypt(nonce, text, sealedText.AsSpan(0, text.Length), sealedText.AsSpan(text.Length));
        return sealedText;
    }

    private static byte[] Agree(ECDiffieHellman own, byte[] key)
    {
        using var other = Import(key);
        return own.DeriveRawSecretAgreement(other.PublicKey);
    }

    private static ECDiffieHellman Import(byte[] key) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = key[1..33], Y = key[33..65] },
    });
}
