using System.Text;
using Calf.Security;

namespace Calf.Tests.Security;

/// <summary>RFC 9421, appendix B.2 (B.2.4 signs a response, which ActivityPub does not use).</summary>
public class Rfc9421CorpusTests
{
    [Theory]
    [InlineData("b21")]
    [InlineData("b22")]
    [InlineData("b23")]
    [InlineData("b26")]
    public void The_signature_base_is_that_of_the_rfc(string name)
    {
        var request = Message(name + "_request_signed");

        Assert.Equal(Support.Corpus.Text($"rfc9421/testdata/{name}_request_sigbase.txt"), BaseOf(request));
    }

    /// <summary>B.2.5 is signed with a shared secret: nothing to verify here, but its base must be right.</summary>
    [Fact]
    public void The_base_of_the_shared_secret_example_is_that_of_the_rfc()
    {
        var request = Message("b25_request_signed");

        Assert.Equal(Support.Corpus.Text("rfc9421/testdata/b25_request_sigbase.txt"), BaseOf(request));
        using var key = CorpusMessages.Key("rfc9421/testdata/test-key-rsa-pss.pub");
        Assert.False(Rfc9421Signature.Verify(CorpusMessages.Signature(request), request, key).IsValid);
    }

    [Theory]
    [InlineData("b21_request_signed", "test-key-rsa-pss")]
    [InlineData("b22_request_signed", "test-key-rsa-pss")]
    [InlineData("b23_request_signed", "test-key-rsa-pss")]
    [InlineData("b26_request_signed", "test-key-ed25519")]
    [InlineData("verify_request1", "test-key-rsa-pss")]
    [InlineData("verify_request2", "test-key-rsa-pss")]
    public void The_signature_of_the_rfc_holds_but_is_too_weak_for_us(string name, string keyName)
    {
        var request = Message(name);
        using var key = CorpusMessages.Key($"rfc9421/testdata/{keyName}.pub");
        var signature = CorpusMessages.Signature(request);

        Assert.Equal(SignatureVerdict.Valid, Rfc9421Signature.Verify(signature, request, key));
        Assert.Equal(keyName, signature.KeyId);

        var then = new DateTimeOffset(2021, 4, 20, 2, 8, 0, TimeSpan.Zero);
        Assert.Equal(SignatureOutcome.Refused, HttpSignature.Verify(signature, request, key, then).Outcome);
    }

    [Theory]
    [InlineData("b22_request_signed", "Content-Digest", "sha-512=:AAAA:")]
    [InlineData("b23_request_signed", "Date", "Tue, 20 Apr 2021 02:07:56 GMT")]
    [InlineData("b23_request_signed", "Content-Length", "19")]
    public void A_changed_header_breaks_the_signature_of_the_rfc(string name, string header, string value)
    {
        var request = Message(name).With(header, value);
        using var key = CorpusMessages.Key("rfc9421/testdata/test-key-rsa-pss.pub");

        Assert.False(Rfc9421Signature.Verify(CorpusMessages.Signature(request), request, key).IsValid);
    }

    [Theory]
    [InlineData("test-key-rsa", true)]
    [InlineData("key-rsa-v15", true)]
    [InlineData("test-key-ecc-p256", false)]
    [InlineData("test-key-ecc-p384", false)]
    public void The_keys_of_the_rfc_are_read_as_far_as_the_kind_is_known(string name, bool known) =>
        Assert.Equal(known, PublicKey.FromPem(Support.Corpus.Text($"rfc9421/testdata/{name}.pub"), out _) is not null);

    [Theory]
    [InlineData("request1")]
    [InlineData("request_bad_digest")]
    [InlineData("request_no_digest")]
    [InlineData("request_multivalue")]
    public void An_unsigned_message_is_missing_its_signature(string name) =>
        Assert.Equal(SignatureOutcome.Missing, Message(name).Verified().Outcome);

    private static string BaseOf(SignedRequest request)
    {
        var text = new SignatureBase(new byte[8]);
        Assert.Null(Rfc9421Base.Build(ref text, CorpusMessages.Signature(request), request));
        var written = Encoding.UTF8.GetString(text.Written);
        text.Dispose();
        return written;
    }

    private static SignedRequest Message(string name) => CorpusMessages.Read($"rfc9421/testdata/{name}.txt");
}
