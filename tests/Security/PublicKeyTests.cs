using System.Security.Cryptography;
using Calf.Security;
using Calf.Tests.Support;

namespace Calf.Tests.Security;

public class PublicKeyTests
{
    private static readonly byte[] Data = [1, 2, 3];

    [Fact]
    public void Spki_and_pkcs_1_are_both_read()
    {
        using var rsa = RSA.Create(2048);
        var signature = rsa.SignData(Data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        foreach (var pem in (string[])[rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem()])
        {
            using var key = PublicKey.FromPem(pem.ReplaceLineEndings("\r\n") + "\n", out var reason);
            Assert.True(key is { IsEd25519: false }, reason);
            Assert.True(key.Verify(Data, signature));
            Assert.False(key.Verify([1, 2, 4], signature));
            Assert.False(key.Verify(Data, signature.AsSpan(1)));
            Assert.False(key.Verify(Data, []));
        }
    }

    [Fact]
    public void A_private_key_or_no_key_at_all_is_refused()
    {
        using var rsa = RSA.Create(2048);
        string?[] texts =
        [
            null, "", "nonsense", rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(),
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", new string('-', 10_000),
        ];

        Assert.All(texts, text =>
        {
            Assert.Null(PublicKey.FromPem(text, out var reason));
            Assert.EndsWith(".", reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Keys_that_are_weak_or_slow_on_purpose_are_refused()
    {
        using var small = RSA.Create(512);
        Assert.Null(PublicKey.FromPem(small.ExportSubjectPublicKeyInfoPem(), out var reason));
        Assert.Contains("512 bits", reason, StringComparison.Ordinal);

        using var usual = RSA.Create(2048);
        var parts = usual.ExportParameters(false);
        using var slow = RSA.Create(new RSAParameters { Modulus = parts.Modulus, Exponent = [.. parts.Modulus!.AsSpan(0, 64), 1] });
        Assert.Null(PublicKey.FromPem(slow.ExportSubjectPublicKeyInfoPem(), out reason));
        Assert.Contains("exponent", reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Wire", "024")]
    public void An_ed25519_multikey_verifies()
    {
        using var own = Ed25519Key.Generate();
        using var key = PublicKey.FromMultikey(own.Multikey, out var reason);

        Assert.StartsWith("z6Mk", own.Multikey, StringComparison.Ordinal);
        Assert.True(key is { IsEd25519: true }, reason);
        Assert.True(key.Verify(Data, own.Sign(Data)));
        Assert.False(key.Verify([1, 2, 4], own.Sign(Data)));
        Assert.False(key.Verify(Data, own.Sign(Data).AsSpan(1)));
    }

    [Fact]
    [Trait("Wire", "024")]
    public void A_recorded_ed25519_signature_fits_its_multikey()
    {
        const string folder = "eddsa-jcs-2022/TestVectors/eddsa-jcs-2022/";
        var data = Convert.FromHexString(Corpus.Text(folder + "combinedHashJCS.txt").Trim());
        var signature = Convert.FromHexString(Corpus.Text(folder + "sigHexJCS.txt").Trim());
        using var key = PublicKey.FromMultikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", out _);

        Assert.True(key!.Verify(data, signature));
        data[0] ^= 1;
        Assert.False(key.Verify(data, signature));
    }

    [Fact]
    [Trait("Wire", "024")]
    public void A_request_signed_with_ed25519_is_valid()
    {
        using var own = Ed25519Key.Generate();
        using var key = PublicKey.FromMultikey(own.Multikey, out _);
        var request = Handmade.Request("GET", "/users/me");
        var lines = request.Lines("(request-target)", "host", "date");
        var signature = Convert.ToBase64String(own.Sign(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        var signed = request.With("Signature",
            $"keyId=\"a\",algorithm=\"hs2019\",headers=\"(request-target) host date\",signature=\"{signature}\"");

        Assert.True(signed.Verified(key: key).IsValid);
        Assert.False(signed.Verified().IsValid);
    }

    /// <summary>RFC 8032, section 7.1, test 1.</summary>
    [Fact]
    public void Our_ed25519_key_signs_as_the_rfc_does_and_comes_back_from_its_bytes()
    {
        using var key = Ed25519Key.FromPrivateBytes(
            Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        Assert.StartsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac",
            Convert.ToHexStringLower(key.Sign([])), StringComparison.Ordinal);
        Assert.Equal(Ed25519Key.PrivateLength, key.PrivateBytes.Length);
        using var again = Ed25519Key.FromPrivateBytes(key.PrivateBytes);
        Assert.Equal(key.Multikey, again.Multikey);
        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            Convert.ToHexStringLower(Base58.Decode(key.Multikey.AsSpan(1))!.AsSpan(2)));
    }

    [Fact]
    public void An_rsa_multikey_verifies()
    {
        using var rsa = RSA.Create(2048);
        var multikey = "z" + Base58.Encode([0x85, 0x24, .. rsa.ExportRSAPublicKey()]);
        using var key = PublicKey.FromMultikey(multikey, out var reason);

        Assert.StartsWith("z4MX", multikey, StringComparison.Ordinal);
        Assert.True(key is { IsEd25519: false }, reason);
        Assert.True(key.Verify(Data, rsa.SignData(Data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("z")]
    [InlineData("z0OIl")]
    [InlineData("z6Mk")]
    [InlineData("u7QE")]
    [InlineData("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")]
    public void A_multikey_that_is_none_of_ours_is_refused(string? multikey)
    {
        Assert.Null(PublicKey.FromMultikey(multikey, out var reason));
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("00", "1")]
    [InlineData("0000287fb4cd", "11233QC4")]
    [InlineData("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U")]
    public void Base58_is_that_of_its_draft(string hex, string text)
    {
        Assert.Equal(text, Base58.Encode(Convert.FromHexString(hex)));
        Assert.Equal(hex, Convert.ToHexStringLower(Base58.Decode(text)!));
    }

    [Fact]
    public void Our_signing_key_comes_back_from_its_pem()
    {
        using var key = SigningKey.FromPem(SignedRequests.Key.PrivatePem, SignedRequests.KeyId);

        Assert.Equal(SignedRequests.Key.PublicPem, key.PublicPem);
        Assert.True(SignedRequests.Public.Verify(Data, key.Sign(Data)));
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.FromPem("nonsense", "a"));
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.FromPem(key.PublicPem, "a").Sign(Data));
        Assert.Throws<ArgumentException>(() => SigningKey.Generate("a\"b"));
    }
}
