using System.Security.Cryptography;
using Calf.Security;
using static Calf.Tests.Security.SignedRequests;

namespace Calf.Tests.Security;

/// <summary>wire.md, section B, for draft-cavage.</summary>
public class CavageRulesTests
{
    private const string Rsa = ",algorithm=\"rsa-sha256\"";
    private const string Hs2019 = ",algorithm=\"hs2019\"";

    private static readonly long Seconds = Now.ToUnixTimeSeconds();

    [Theory]
    [InlineData("POST", "(request-target) host date digest", true)]
    [InlineData("POST", "date digest", true)]
    [InlineData("POST", "(request-target) host date", false)]
    [InlineData("POST", "(request-target) host digest", false)]
    [InlineData("GET", "(request-target) host date", true)]
    [InlineData("GET", "(request-target) date", false)]
    [InlineData("GET", "host date", false)]
    [InlineData("GET", "(request-target) host", false)]
    [Trait("Wire", "016")]
    public void What_must_be_signed_is_demanded(string method, string headers, bool valid)
    {
        var request = Handmade.Request(method, "/inbox", method == "POST" ? Body : null);
        var verdict = request.Cavage(request.Lines(headers.Split(' ')), Rsa).Verified();

        Assert.Equal(valid ? SignatureOutcome.Valid : SignatureOutcome.Refused, verdict.Outcome);
        Assert.Equal(valid ? 200 : 401, verdict.StatusCode);
        if (!valid) Assert.StartsWith("The signature ", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(65 * 60, true)]
    [InlineData(65 * 60 + 1, false)]
    [InlineData(-3600, true)]
    [InlineData(-3601, false)]
    [Trait("Wire", "017")]
    public void One_hour_of_skew_and_five_minutes_of_life(int later, bool valid) =>
        Assert.Equal(valid, Post().Signed(SignatureKind.Cavage).Received().Verified(Now.AddSeconds(later)).IsValid);

    [Theory]
    [InlineData(600, 65 * 60, true)]
    [InlineData(600, 70 * 60 + 1, false)]
    [InlineData(48 * 3600, 13 * 3600, true)]
    [InlineData(48 * 3600, 13 * 3600 + 1, false)]
    [InlineData(-7200, 0, false)]
    [Trait("Wire", "017")]
    public void A_signed_expiry_counts_up_to_twelve_hours(int expires, int later, bool valid)
    {
        var request = Handmade.Request("GET", "/users/me");
        var lines = request.Lines("(request-target)", "host").Concat([$"(created): {Seconds}", $"(expires): {Seconds + expires}"]);
        var signed = request.Cavage([.. lines], $"{Hs2019},created={Seconds},expires={Seconds + expires}");

        Assert.Equal(valid, signed.Verified(Now.AddSeconds(later)).IsValid);
    }

    [Fact]
    [Trait("Wire", "017")]
    public void An_expiry_that_is_not_signed_can_only_shorten_the_life()
    {
        var request = Handmade.Request("GET", "/users/me");
        var lines = request.Lines("(request-target)", "host", "date");

        Assert.False(request.Cavage(lines, $"{Hs2019},expires={Seconds + 36000}").Verified(Now.AddHours(2)).IsValid);
        Assert.False(request.Cavage(lines, $"{Hs2019},expires={Seconds - 3601}").Verified().IsValid);
        Assert.True(request.Cavage(lines, $"{Hs2019},expires={Seconds + 60}").Verified().IsValid);
    }

    [Fact]
    [Trait("Wire", "017")]
    public void A_created_that_is_not_signed_does_not_make_an_old_request_new()
    {
        var request = Handmade.Request("GET", "/users/me");
        var later = Now.AddHours(3);
        var signed = request.Cavage(request.Lines("(request-target)", "host", "date"), $"{Hs2019},created={later.ToUnixTimeSeconds()}");

        Assert.True(signed.Verified(Now).IsValid);
        Assert.False(signed.Verified(later).IsValid);
    }

    [Fact]
    [Trait("Wire", "018")]
    public void A_missing_list_means_date_for_rsa_sha256_and_created_for_hs2019()
    {
        var request = Handmade.Request("POST", "/inbox", Body);

        Assert.Equal(["date"], ListOf(request.Cavage(request.Lines("date"), Rsa, list: false)));
        Assert.Equal(["(created)"], ListOf(request.Cavage(request.Lines("date"), Hs2019, list: false)));
        Assert.Equal(["(created)"], ListOf(request.Cavage(request.Lines("date"), "", list: false)));
    }

    [Theory]
    [InlineData("(created)", "created")]
    [InlineData("(expires)", "expires")]
    [Trait("Wire", "018")]
    public void Created_and_expires_are_illegal_with_rsa_sha256(string name, string parameter)
    {
        var request = Handmade.Request("GET", "/users/me");
        string[] lines = [.. request.Lines("(request-target)", "host", "date"), $"{name}: {Seconds}"];

        Assert.False(request.Cavage(lines, $"{Rsa},{parameter}={Seconds}").Verified().IsValid);
        Assert.True(request.Cavage(lines, $"{Hs2019},{parameter}={Seconds}").Verified().IsValid);
        Assert.False(request.Cavage(lines, Hs2019).Verified().IsValid);
    }

    [Theory]
    [InlineData(Hs2019, true)]
    [InlineData(Rsa, true)]
    [InlineData(",algorithm=\"RSA-SHA256\"", true)]
    [InlineData("", true)]
    [InlineData(",algorithm=\"rsa-sha1\"", false)]
    [InlineData(",algorithm=\"hmac-sha256\"", false)]
    [InlineData(",algorithm=\"ed25519\"", false)]
    [Trait("Wire", "019")]
    public void Hs2019_means_rsa_sha256(string algorithm, bool valid)
    {
        var request = Handmade.Request("POST", "/inbox", Body);
        var signed = request.Cavage(request.Lines("(request-target)", "host", "date", "digest"), algorithm);

        Assert.Equal(valid ? SignatureOutcome.Valid : SignatureOutcome.Refused, signed.Verified().Outcome);
    }

    [Theory]
    [InlineData("/users/me/outbox?page=true", true)]
    [InlineData("/users/me/outbox", true)]
    [InlineData("/users/me/outbox?page=false", false)]
    [InlineData("/users/me", false)]
    [Trait("Wire", "020")]
    public void The_target_may_be_signed_with_or_without_its_query(string signedTarget, bool valid)
    {
        var request = Handmade.Request("GET", "/users/me/outbox?page=true");
        var lines = (request with { PathAndQuery = signedTarget }).Lines("(request-target)", "host", "date");

        Assert.Equal(valid, request.Cavage(lines, Rsa).Verified().IsValid);
    }

    [Theory]
    [InlineData("SHA-256={0}", SignatureOutcome.Valid)]
    [InlineData("sha-256={0}", SignatureOutcome.Valid)]
    [InlineData("SHA-512=AAAA,SHA-256={0}", SignatureOutcome.Valid)]
    [InlineData("sha-256={0}, sha-512=AAAA", SignatureOutcome.Valid)]
    [InlineData("SHA-512=AAAA", SignatureOutcome.Refused)]
    [InlineData("SHA-256={1}", SignatureOutcome.Refused)]
    [InlineData("SHA-256={0},SHA-256={1}", SignatureOutcome.Refused)]
    [InlineData("SHA-256=AAAA", SignatureOutcome.Malformed)]
    [InlineData("SHA-256=%%%", SignatureOutcome.Malformed)]
    [InlineData("nonsense", SignatureOutcome.Malformed)]
    [Trait("Wire", "021")]
    public void Several_digests_and_lower_case_are_fine(string header, SignatureOutcome expected)
    {
        var request = Handmade.Request("POST", "/inbox", Body).With("Digest", string.Format(null, header,
            Convert.ToBase64String(SHA256.HashData(Body)), Convert.ToBase64String(SHA256.HashData([1]))));
        var signed = request.Cavage(request.Lines("(request-target)", "host", "date", "digest"), Rsa);

        Assert.Equal(expected, signed.Verified().Outcome);
    }

    [Fact]
    [Trait("Wire", "022")]
    public void A_digest_of_nothing_is_fine_on_a_get()
    {
        var request = Handmade.Request("GET", "/users/me").With("Digest", "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        var lines = request.Lines("(request-target)", "host", "date", "digest");

        Assert.True(request.Cavage(lines, Rsa).Verified().IsValid);
        Assert.False((request.Cavage(lines, Rsa) with { BodySha256 = SHA256.HashData(Body) }).Verified().IsValid);
    }

    [Fact]
    public void A_signed_header_that_is_missing_is_refused()
    {
        var request = Handmade.Request("GET", "/users/me");
        var signed = request.Cavage([.. request.Lines("(request-target)", "host", "date"), "x-extra: "], Rsa);

        Assert.Contains("x-extra", signed.Verified().Reason, StringComparison.Ordinal);
        Assert.True(signed.With("X-Extra", "").Verified().IsValid);
    }

    private static string[] ListOf(SignedRequest request)
    {
        Assert.True(HttpSignature.TryParse(request, out var signature, out _));
        return [.. signature.Components.Select(component => component.Name)];
    }
}
