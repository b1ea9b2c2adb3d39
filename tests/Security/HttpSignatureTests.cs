using Calf.Security;
using static Calf.Tests.Security.SignedRequests;

namespace Calf.Tests.Security;

public class HttpSignatureTests
{
    [Theory]
    [InlineData(SignatureKind.Cavage)]
    [InlineData(SignatureKind.Rfc9421)]
    public void A_signed_post_is_valid_at_the_other_end(SignatureKind kind)
    {
        var received = Post().Signed(kind).Received();

        Assert.True(HttpSignature.TryParse(received, out var signature, out _));
        Assert.Equal(kind, signature.Kind);
        Assert.Equal(KeyId, signature.KeyId);
        Assert.Equal(SignatureVerdict.Valid, HttpSignature.Verify(signature, received, Public, Now));
    }

    [Theory]
    [InlineData(SignatureKind.Cavage)]
    [InlineData(SignatureKind.Rfc9421)]
    [Trait("Wire", "012")]
    public void A_signed_get_is_valid_at_the_other_end(SignatureKind kind)
    {
        var received = new HttpRequestMessage(HttpMethod.Get, Origin + "/users/me/outbox?page=true").Signed(kind).Received();

        Assert.Equal(SignatureVerdict.Valid, received.Verified());
        Assert.False(received.Headers.ContainsKey("Digest"));
        Assert.False(received.Headers.ContainsKey("Content-Digest"));
    }

    [Fact]
    public void A_request_without_a_signature_is_missing_one()
    {
        var verdict = Post().Received().Verified();

        Assert.Equal(SignatureOutcome.Missing, verdict.Outcome);
        Assert.Equal(401, verdict.StatusCode);
    }

    [Theory]
    [InlineData(SignatureKind.Cavage)]
    [InlineData(SignatureKind.Rfc9421)]
    [Trait("Wire", "005")]
    public void Signing_again_leaves_nothing_of_the_first_signature(SignatureKind second)
    {
        var request = Post().Signed(second == SignatureKind.Cavage ? SignatureKind.Rfc9421 : SignatureKind.Cavage).Signed(second);

        Assert.Equal(SignatureVerdict.Valid, request.Received().Verified());
        Assert.Equal(second == SignatureKind.Rfc9421, request.Headers.Contains("Signature-Input"));
        Assert.Equal(second == SignatureKind.Rfc9421, request.Headers.Contains("Content-Digest"));
        Assert.Equal(second == SignatureKind.Cavage, request.Headers.Contains("Digest"));
        Assert.Single(request.Headers.GetValues("Signature"));
    }

    [Fact]
    public void Many_threads_verify_with_one_key_at_once()
    {
        var good = Post().Signed(SignatureKind.Cavage).Received();
        var bad = good with { Headers = good.With("Date", Now.AddSeconds(1).ToString("r")).Headers };

        Parallel.For(0, 2000, i => Assert.Equal(i % 2 == 0, (i % 2 == 0 ? good : bad).Verified().IsValid));
    }
}
