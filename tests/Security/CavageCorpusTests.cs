using System.Security.Cryptography;
using System.Text;
using Calf.Security;

namespace Calf.Tests.Security;

/// <summary>The messages of w3c-ccg/http-signatures-test-suite.</summary>
public class CavageCorpusTests
{
    private const string AllHeaders = "(request-target) host date content-type digest content-length";

    private static readonly DateTimeOffset DraftTime = new(2014, 1, 5, 21, 31, 40, TimeSpan.Zero);

    /// <summary>The suite asks only whether there is an answer: what it recorded does not fit its own keys (openssl agrees).</summary>
    [Theory]
    [InlineData("rsa-signed", "rsa.pub")]
    [InlineData("ed25519-signed", "ed25519.pub")]
    public void A_recorded_signature_that_does_not_fit_its_key_is_refused(string name, string keyName)
    {
        var request = Message(name);
        using var key = CorpusMessages.Key("cavage/test/keys/" + keyName);

        Assert.Equal(SignatureOutcome.Refused, CavageSignature.Verify(CorpusMessages.Signature(request), request, key).Outcome);
    }

    /// <summary>Appendix C.1 to C.3 of draft-cavage-http-signatures-12 sign the suite's default request with its RSA key.</summary>
    [Theory]
    [InlineData("", "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=")]
    [InlineData("(request-target) host date", "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=")]
    [InlineData(AllHeaders, "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=")]
    public void The_signatures_of_the_draft_hold(string headers, string signature)
    {
        var request = DraftRequest(headers, signature);
        using var key = CorpusMessages.Key("cavage/test/keys/rsa.pub");

        Assert.Equal(SignatureVerdict.Valid, CavageSignature.Verify(CorpusMessages.Signature(request), request, key));
        // A POST is accepted only when its digest is signed.
        Assert.Equal(headers == AllHeaders, request.Verified(DraftTime, key).IsValid);
        Assert.False(request.With("Date", "Sun, 05 Jan 2014 21:31:41 GMT").Verified(DraftTime, key).IsValid);
    }

    [Theory]
    [InlineData("p256-signed", "P256.pub")]
    [InlineData("ecdsa-signed", "koblitzCurve.pub")]
    public void Keys_on_other_curves_are_refused_with_a_sentence(string name, string keyName)
    {
        Assert.Null(PublicKey.FromPem(Support.Corpus.Text("cavage/test/keys/" + keyName), out var reason));
        Assert.NotEmpty(reason);
        Assert.True(HttpSignature.TryParse(Message(name), out _, out _));
    }

    [Theory]
    [InlineData("cavage/test/keys/dsa_pub.pem")]
    [InlineData("cavage/test/keys/dsa_priv.pem")]
    public void Dsa_keys_are_refused(string path) => Assert.Null(PublicKey.FromPem(Support.Corpus.Text(path), out _));

    [Theory]
    [InlineData("basic-request", SignatureOutcome.Missing)]
    [InlineData("default-test", SignatureOutcome.Missing)]
    [InlineData("nokeyid-request", SignatureOutcome.Malformed)]
    [InlineData("nosignature-request", SignatureOutcome.Malformed)]
    [InlineData("duplicate-headers-request", SignatureOutcome.Malformed)]
    [InlineData("duplicate-parameters", SignatureOutcome.Malformed)]
    [InlineData("created-hmac", SignatureOutcome.Refused)]
    [InlineData("created-ecdsa", SignatureOutcome.Refused)]
    [InlineData("created-rsa", SignatureOutcome.Refused)]
    [InlineData("created", SignatureOutcome.Refused)]
    [InlineData("expires", SignatureOutcome.Refused)]
    public void Each_bad_message_is_told_apart(string name, SignatureOutcome expected)
    {
        var verdict = Message(name).Verified();

        Assert.Equal(expected, verdict.Outcome);
        Assert.EndsWith(".", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default-test", "digest", "digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=")]
    [InlineData("ignore-case", "Host DIGEST", "host: example.com\ndigest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=")]
    [InlineData("default-test", "(request-target) host", "(request-target): post /foo?param=value&pet=dog\nhost: example.com")]
    [InlineData("zero-length", "zero", "zero: ")]
    [InlineData("duplicate-headers-request", "duplicate", "duplicate: one, two")]
    public void The_signing_string_is_built_as_the_draft_says(string name, string headers, string expected)
    {
        var request = Message(name);
        CavageParsing.Parse($"keyId=\"a\",headers=\"{headers}\",signature=\"AAAA\"", out var signature);
        var text = new SignatureBase(new byte[8]);

        Assert.Null(CavageSignature.Build(ref text, signature!, request, request.PathAndQuery));
        Assert.Equal(expected, Encoding.UTF8.GetString(text.Written));
        text.Dispose();
    }

    private static SignedRequest DraftRequest(string headers, string signature)
    {
        var list = headers.Length == 0 ? "" : $"headers=\"{headers}\",";
        return (Message("default-test") with { BodySha256 = SHA256.HashData("""{"hello": "world"}"""u8) })
            .With("Date", DraftTime.ToString("r"))
            .With("Authorization", $"Signature keyId=\"Test\",algorithm=\"rsa-sha256\",{list}signature=\"{signature}\"");
    }

    private static SignedRequest Message(string name) => CorpusMessages.Read($"cavage/test/latest/input/{name}.httpMessage");
}
