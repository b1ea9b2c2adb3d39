using System.Security.Cryptography;
using Ed25519PublicKey = NSec.Cryptography.PublicKey;

namespace Calf.Security;

/// <summary>Someone's public key, parsed once and kept by the caller. Any number of threads may verify with it at once.
/// A cache that drops one should leave it to the garbage collector: another thread may be using it.</summary>
public sealed class PublicKey : IDisposable
{
    private readonly RSA? rsa;
    private readonly Ed25519PublicKey? ed25519;

    internal PublicKey(RSA rsa) => this.rsa = rsa;

    internal PublicKey(Ed25519PublicKey ed25519) => this.ed25519 = ed25519;

    public bool IsEd25519 => ed25519 is not null;

    internal SignatureScheme UsualScheme => IsEd25519 ? SignatureScheme.Ed25519 : SignatureScheme.RsaSha256;

    /// <summary>Reads an actor's <c>publicKeyPem</c>: SPKI (RSA or Ed25519) or PKCS #1.</summary>
    /// <param name="reason">A plain sentence when it cannot be used.</param>
    public static PublicKey? FromPem(string? pem, out string reason) => PublicKeyReading.FromPem(pem, out reason);

    /// <summary>Reads a <c>publicKeyMultibase</c> (FEP-521a): <c>z6Mk…</c> is Ed25519, <c>z4MX…</c> RSA.</summary>
    /// <param name="reason">A plain sentence when it cannot be used.</param>
    public static PublicKey? FromMultikey(string? multikey, out string reason) => PublicKeyReading.FromMultikey(multikey, out reason);

    /// <summary>Verifies with the scheme that belongs to the key: RSA-SHA256 (PKCS #1 v1.5) or Ed25519.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Verify(UsualScheme, data, signature);

    public void Dispose() => rsa?.Dispose();

    internal bool Supports(SignatureScheme scheme) => IsEd25519 == (scheme == SignatureScheme.Ed25519);

    internal bool Verify(SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => scheme switch
    {
        SignatureScheme.Ed25519 => ed25519 is not null && NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(ed25519, data, signature),
        SignatureScheme.RsaPssSha512 => VerifyRsa(data, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        _ => VerifyRsa(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private bool VerifyRsa(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        if (rsa is null) return false;
        try
        {
            return rsa.VerifyData(data, signature, hash, padding);
        }
        catch (CryptographicException)
        {
            // A modulus that is no product of primes can make OpenSSL give up; that is no valid signature either.
            return false;
        }
    }
}
