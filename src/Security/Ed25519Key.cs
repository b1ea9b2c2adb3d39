using NSec.Cryptography;

namespace Calf.Security;

/// <summary>Our own Ed25519 key: published as a Multikey under <c>assertionMethod</c> (FEP-521a), signs integrity proofs.</summary>
public sealed class Ed25519Key : IDisposable
{
    /// <summary>Length in bytes of <see cref="PrivateBytes"/>.</summary>
    public const int PrivateLength = 32;

    private readonly Key key;

    private Ed25519Key(Key key)
    {
        this.key = key;
        Multikey = "z" + Base58.Encode([Multicodec.Ed25519Low, Multicodec.Ed25519High, .. key.PublicKey.Export(KeyBlobFormat.RawPublicKey)]);
    }

    /// <summary><c>z6Mk…</c>, as <c>publicKeyMultibase</c> wants it.</summary>
    public string Multikey { get; }

    /// <summary>The seed, to be stored; never to be logged.</summary>
    public byte[] PrivateBytes => key.Export(KeyBlobFormat.RawPrivateKey);

    public static Ed25519Key Generate() => new(Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <exception cref="FormatException">There are not 32 bytes.</exception>
    public static Ed25519Key FromPrivateBytes(ReadOnlySpan<byte> seed) =>
        new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable));

    /// <returns>64 bytes.</returns>
    public byte[] Sign(ReadOnlySpan<byte> data) => SignatureAlgorithm.Ed25519.Sign(key, data);

    public void Dispose() => key.Dispose();

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
