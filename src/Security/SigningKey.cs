using System.Security.Cryptography;

namespace Calf.Security;

/// <summary>One of our own RSA keys together with its name. Any number of threads may sign with it at once: each call makes its own OpenSSL
/// context over the same, never changed key.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>What all servers take (wire 10).</summary>
    public const int Bits = 2048;

    private readonly RSA rsa;

    private SigningKey(RSA rsa, string keyId)
    {
        if (keyId.Length == 0 || keyId.AsSpan().ContainsAny("\"\\ \r\n"))
            throw new ArgumentException("A key id is a URL without spaces or quotes.", nameof(keyId));
        this.rsa = rsa;
        KeyId = keyId;
        PublicPem = rsa.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary><c>https://example.org/users/me#main-key</c> (wire 9).</summary>
    public string KeyId { get; }

    /// <summary>SPKI, as <c>publicKeyPem</c> wants it.</summary>
    public string PublicPem { get; }

    /// <summary>PKCS #8, to be stored; never to be logged.</summary>
    public string PrivatePem => rsa.ExportPkcs8PrivateKeyPem();

    public static SigningKey Generate(string keyId) => new(RSA.Create(Bits), keyId);

    /// <exception cref="CryptographicException">The text is not a private RSA key.</exception>
    public static SigningKey FromPem(string privatePem, string keyId)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(privatePem);
            return new SigningKey(rsa, keyId);
        }
        catch (ArgumentException problem)
        {
            rsa.Dispose();
            throw new CryptographicException("The text is not a private RSA key in PEM.", problem);
        }
    }

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose() => rsa.Dispose();
}
