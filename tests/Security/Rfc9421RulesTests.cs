using System.Security.Cryptography;
using Calf.Security;
using static Calf.Tests.Security.SignedRequests;

namespace Calf.Tests.Security;

/// <summary>wire.md, section B, for RFC 9421.</summary>
public class Rfc9421RulesTests
{
    private static readonly string Digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Body))}:";
    private static readonly string Params = $";created={Now.ToUnixTimeSeconds()};keyid=\"{KeyId}\"";

    private static readonly (string, string) Method = ("\"@method\"", "POST");
    private static readonly (string, string) Target = ("\"@target-uri\"", Inbox);
    private static readonly (string, string) ContentDigest = ("\"content-digest\"", Digest);

    [Fact]
    [Trait("Wire", "016")]
    public void Method_target_and_digest_must_be_signed()
    {
        Assert.True(Request().Rfc9421([Method, Target, ContentDigest], Params).Verified().IsValid);
        Assert.Contains("content-digest", Request().Rfc9421([Method, Target], Params).Verified().Reason, StringComparison.Ordinal);
        Assert.False(Request().Rfc9421([Method, ContentDigest], Params).Verified().IsValid);
        Assert.False(Request().Rfc9421([Target, ContentDigest], Params).Verified().IsValid);
        Assert.Contains("created",
            Request().Rfc9421([Method, Target, ContentDigest], $";keyid=\"{KeyId}\"").Verified().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65 * 60, null, true)]
    [InlineData(65 * 60 + 1, null, false)]
    [InlineData(-3600, null, true)]
    [InlineData(-3601, null, false)]
    [InlineData(13 * 3600, 48 * 3600, true)]
    [InlineData(13 * 3600 + 1, 48 * 3600, false)]
    [InlineData(0, -3601, false)]
    [Trait("Wire", "017")]
    public void Created_and_expires_bound_the_life(int later, int? expires, bool valid)
    {
        var end = expires is null ? "" : $";expires={Now.ToUnixTimeSeconds() + expires}";
        var signed = Request().Rfc9421([Method, Target, ContentDigest], Params + end);

        Assert.Equal(valid, signed.Verified(Now.AddSeconds(later)).IsValid);
    }

    [Fact]
    [Trait("Wire", "023")]
    public void More_components_than_asked_for_are_fine()
    {
        var signed = Request().Rfc9421(
            [
                Method, Target, ("\"@authority\"", "calf.example"), ("\"@scheme\"", "https"), ("\"@path\"", "/inbox"), ("\"@query\"", "?"),
                ("\"@request-target\"", "/inbox"), ("\"host\"", "calf.example"), ("\"content-type\"", "application/activity+json"),
                ContentDigest,
            ],
            Params + ";nonce=\"a;b,(c)\";tag=\"x\"");

        Assert.Equal(SignatureVerdict.Valid, signed.Verified());
    }

    [Theory]
    [InlineData("\"content-digest\";sf")]
    [InlineData("\"content-digest\";req")]
    [InlineData("\"@status\"")]
    [InlineData("\"x-absent\"")]
    [InlineData("\"@query-param\";name=\"q\"")]
    [Trait("Wire", "023")]
    public void A_component_that_is_unknown_or_absent_is_refused(string name)
    {
        var signed = Request().Rfc9421([Method, Target, ContentDigest, (name, Digest)], Params);

        Assert.Equal(SignatureOutcome.Refused, signed.Verified().Outcome);
    }

    [Fact]
    [Trait("Wire", "023")]
    public void Signature_input_decides_which_kind_it_is()
    {
        var both = Request().Rfc9421([Method, Target, ContentDigest], Params);
        Assert.True(HttpSignature.TryParse(both, out var signature, out _));
        Assert.Equal(SignatureKind.Rfc9421, signature.Kind);

        var cavage = Post().Signed(SignatureKind.Cavage).Received().With("Signature-Input", "a=()");
        Assert.Equal(SignatureOutcome.Malformed, cavage.Verified().Outcome);
    }

    [Fact]
    [Trait("Wire", "023")]
    public void The_target_is_our_own_address_whatever_the_proxy_says()
    {
        var signed = Request().Rfc9421([Method, Target, ContentDigest, ("\"host\"", "calf.example")], Params);

        Assert.True(signed.With("Host", "127.0.0.1:8080").Verified().IsValid);
        Assert.False((signed with { Origin = "https://other.example" }).Verified().IsValid);
        Assert.False((signed with { Origin = "http://calf.example" }).Verified().IsValid);
        Assert.False((signed with { PathAndQuery = "/inbox?" }).Verified().IsValid);
    }

    [Theory]
    [InlineData("{0}", SignatureOutcome.Valid)]
    [InlineData("sha-512=:AAAA:, {0}", SignatureOutcome.Valid)]
    [InlineData("{0};x=1", SignatureOutcome.Valid)]
    [InlineData("sha-512=:AAAA:", SignatureOutcome.Refused)]
    [InlineData("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", SignatureOutcome.Refused)]
    [InlineData("sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", SignatureOutcome.Malformed)]
    [InlineData("sha-256=:", SignatureOutcome.Malformed)]
    [InlineData("sha-256=:!:", SignatureOutcome.Malformed)]
    [InlineData("sha-256=:AAAA:", SignatureOutcome.Malformed)]
    [InlineData("{0},", SignatureOutcome.Malformed)]
    [InlineData("{0} x", SignatureOutcome.Malformed)]
    [InlineData("", SignatureOutcome.Malformed)]
    [Trait("Wire", "023")]
    public void A_malformed_content_digest_is_400_and_a_wrong_one_401(string header, SignatureOutcome expected)
    {
        var value = string.Format(null, header, Digest);
        var verdict = Request().With("Content-Digest", value).Rfc9421([Method, Target, ("\"content-digest\"", value)], Params).Verified();

        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(expected switch { SignatureOutcome.Valid => 200, SignatureOutcome.Malformed => 400, _ => 401 }, verdict.StatusCode);
    }

    [Fact]
    public void A_content_digest_that_is_signed_but_absent_is_refused() =>
        Assert.Equal(SignatureOutcome.Refused,
            Request().Rfc9421([Method, Target, ContentDigest], Params).With("Content-Digest", null).Verified().Outcome);

    [Fact]
    public void Spaces_that_the_format_allows_do_not_change_what_is_signed()
    {
        var signed = Request().Rfc9421([Method, Target, ContentDigest], Params);
        var spaced = ((string)signed.Headers["Signature-Input"]!).Replace(";", "; ").Replace("(\"", "(  \"").Replace("\")", "\" )");

        Assert.NotEqual((string?)signed.Headers["Signature-Input"], spaced);
        Assert.Equal(SignatureVerdict.Valid, signed.With("Signature-Input", spaced).Verified());
    }

    [Fact]
    public void A_second_signature_of_a_proxy_does_not_disturb()
    {
        var signed = Request().Rfc9421([Method, Target, ContentDigest], Params);
        var input = $"proxy=(\"@method\");created=1, {signed.Headers["Signature-Input"]}";

        Assert.Equal(SignatureVerdict.Valid,
            signed.With("Signature-Input", input).With("Signature", $"proxy=:AAAA:, {signed.Headers["Signature"]}").Verified());
    }

    [Theory]
    [InlineData("rsa-v1_5-sha256", true)]
    [InlineData("rsa-pss-sha512", false)]
    [InlineData("ed25519", false)]
    [InlineData("hmac-sha256", false)]
    public void The_algorithm_must_fit_the_key(string algorithm, bool valid) =>
        Assert.Equal(valid, Request().Rfc9421([Method, Target, ContentDigest], $"{Params};alg=\"{algorithm}\"").Verified().IsValid);

    private static SignedRequest Request() => Handmade.Request("POST", "/inbox", Body).With("Content-Digest", Digest);
}
