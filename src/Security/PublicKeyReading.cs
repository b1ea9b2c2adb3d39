using System.Security.Cryptography;
using NSec.Cryptography;
using Ed25519PublicKey = NSec.Cryptography.PublicKey;

namespace Calf.Security;

/// <summary>Reads public keys that strangers wrote: never throws, and refuses keys that are weak or slow on purpose.</summary>
internal static class PublicKeyReading
{
    public static PublicKey? FromPem(string? pem, out string reason)
    {
        reason = "The key is not a public key in PEM.";
        if (pem is null || pem.Length > SignatureLimits.MaxPemLength || !PemEncoding.TryFind(pem, out var fields)) return null;

        var der = new byte[fields.DecodedDataLength];
        if (!Convert.TryFromBase64Chars(pem.AsSpan()[fields.Base64Data], der, out var length)) return null;
        switch (pem.AsSpan()[fields.Label])
        {
            case "PUBLIC KEY":
                if (Ed25519PublicKey.TryImport(SignatureAlgorithm.Ed25519, der.AsSpan(0, length), KeyBlobFormat.PkixPublicKey, out var ed25519))
                    return new PublicKey(ed25519!);
                return FromRsa(static (rsa, bytes) => rsa.ImportSubjectPublicKeyInfo(bytes.Span, out _), der.AsMemory(0, length), out reason);
            case "RSA PUBLIC KEY":
                return FromRsa(static (rsa, bytes) => rsa.ImportRSAPublicKey(bytes.Span, out _), der.AsMemory(0, length), out reason);
            default:
                return null;
        }
    }

    public static PublicKey? FromMultikey(string? multikey, out string reason)
    {
        reason = "The key is not a Multikey in base58btc.";
        if (multikey is not ['z', ..] || multikey.Length > SignatureLimits.MaxMultikeyLength) return null;
        if (Base58.Decode(multikey.AsSpan(1)) is not { } bytes) return null;
        switch (bytes)
        {
            case [Multicodec.Ed25519Low, Multicodec.Ed25519High, ..]:
                reason = "The Multikey holds no Ed25519 key.";
                return Ed25519PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes.AsSpan(2), KeyBlobFormat.RawPublicKey, out var ed25519)
                    ? new PublicKey(ed25519!)
                    : null;
            case [Multicodec.RsaLow, Multicodec.RsaHigh, ..]:
                return FromRsa(static (rsa, der) => rsa.ImportRSAPublicKey(der.Span, out _), bytes.AsMemory(2), out reason);
            default:
                reason = "The Multikey is of a kind that Calf does not know: use Ed25519 or RSA.";
                return null;
        }
    }

    private static PublicKey? FromRsa(Action<RSA, ReadOnlyMemory<byte>> import, ReadOnlyMemory<byte> der, out string reason)
    {
        var rsa = RSA.Create();
        try
        {
            import(rsa, der);
            reason = "";
            if (rsa.KeySize is < SignatureLimits.MinRsaBits or > SignatureLimits.MaxRsaBits)
                reason = $"An RSA key of {rsa.KeySize} bits is not used: make one of 2048.";
            else if (rsa.ExportParameters(false).Exponent!.Length > SignatureLimits.MaxRsaExponentBytes)
                reason = "The RSA key has an unusually large exponent.";
        }
        catch (CryptographicException)
        {
            reason = "The key is not a public RSA or Ed25519 key.";
        }

        if (reason.Length == 0) return new PublicKey(rsa);
        rsa.Dispose();
        return null;
    }
}
