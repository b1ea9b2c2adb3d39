using System.Net.Http.Headers;
using System.Security.Cryptography;
using Calf.Security;
using static Calf.Tests.Security.SignedRequests;

namespace Calf.Tests.Security;

/// <summary>wire.md, section A: what other servers demand of the text itself.</summary>
public class SigningShapeTests
{
    [Fact]
    [Trait("Wire", "003")]
    public void A_post_is_signed_in_exactly_the_shape_that_all_read()
    {
        var value = Header(Post().Signed(SignatureKind.Cavage), "Signature");

        const string start =
            $"keyId=\"{KeyId}\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest content-type\",signature=\"";
        Assert.StartsWith(start, value, StringComparison.Ordinal);
        Assert.EndsWith("\"", value, StringComparison.Ordinal);
        Assert.Equal(SigningKey.Bits / 8, Convert.FromBase64String(value[start.Length..^1]).Length);
    }

    [Fact]
    [Trait("Wire", "003")]
    public void A_get_is_signed_without_digest_and_type()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Origin + "/users/me").Signed(SignatureKind.Cavage);

        Assert.Contains(",headers=\"(request-target) host date\",", Header(request, "Signature"), StringComparison.Ordinal);
        Assert.False(request.Headers.Contains("Digest"));
    }

    [Fact]
    [Trait("Wire", "003")]
    public void The_signature_covers_the_five_lines_as_they_are_sent()
    {
        var request = Post(Origin + "/inbox?x=1").Signed(SignatureKind.Cavage);
        var signature = Convert.FromBase64String(Header(request, "Signature").Split("signature=\"")[1][..^1]);
        var lines = $"""
            (request-target): post /inbox?x=1
            host: calf.example
            date: Fri, 20 Nov 2026 12:00:00 GMT
            digest: {Header(request, "Digest")}
            content-type: application/activity+json
            """.ReplaceLineEndings("\n");

        Assert.True(Public.Verify(System.Text.Encoding.UTF8.GetBytes(lines), signature));
        Assert.Equal("Fri, 20 Nov 2026 12:00:00 GMT", Header(request, "Date"));
    }

    [Fact]
    [Trait("Wire", "004")]
    public void The_digest_is_one_upper_case_sha_256()
    {
        var request = Post().Signed(SignatureKind.Cavage);

        Assert.Equal("SHA-256=" + Convert.ToBase64String(SHA256.HashData(Body)), Header(request, "Digest"));
    }

    [Fact]
    [Trait("Wire", "005")]
    public void A_later_attempt_has_a_new_date_and_signature()
    {
        var request = Post();
        HttpSignature.Sign(request, Key, SignatureKind.Cavage, SHA256.HashData(Body), Now);
        var (date, signature) = (Header(request, "Date"), Header(request, "Signature"));
        HttpSignature.Sign(request, Key, SignatureKind.Cavage, SHA256.HashData(Body), Now.AddMinutes(5));

        Assert.NotEqual(date, Header(request, "Date"));
        Assert.NotEqual(signature, Header(request, "Signature"));
        Assert.Equal(SignatureVerdict.Valid, request.Received().Verified(Now.AddMinutes(5)));
    }

    [Theory]
    [InlineData("https://calf.example:443/inbox", "calf.example")]
    [InlineData("https://CALF.example/inbox", "calf.example")]
    [InlineData("http://localhost:18100/inbox", "localhost:18100")]
    [InlineData("http://[::1]:18100/inbox", "[::1]:18100")]
    [InlineData("https://bücher.example/inbox", "xn--bcher-kva.example")]
    [Trait("Wire", "006")]
    public void The_host_is_the_one_that_is_sent_without_a_default_port(string url, string host)
    {
        var request = Post(url).Signed(SignatureKind.Cavage).Received();

        Assert.Equal(SignatureVerdict.Valid, (request with { Origin = "https://" + host }).Verified());
    }

    [Fact]
    [Trait("Wire", "008")]
    public void The_query_is_signed_unless_it_is_to_be_left_out()
    {
        const string url = Origin + "/users/me/outbox?page=true&min_id=0";
        var with = new HttpRequestMessage(HttpMethod.Get, url).Signed(SignatureKind.Cavage);
        var without = new HttpRequestMessage(HttpMethod.Get, url).Signed(SignatureKind.Cavage, omitQuery: true);

        Assert.Equal("/users/me/outbox?page=true&min_id=0", with.RequestUri!.PathAndQuery);
        Assert.NotEqual(Header(with, "Signature"), Header(without, "Signature"));
        Assert.True(with.Received().Verified().IsValid);
        Assert.True((without.Received() with { PathAndQuery = "/users/me/outbox" }).Verified().IsValid);
        Assert.False((with.Received() with { PathAndQuery = "/users/me/outbox" }).Verified().IsValid);
    }

    [Fact]
    [Trait("Wire", "010")]
    public void Our_key_is_spki_with_2048_bits()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Key.PublicPem);

        Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", Key.PublicPem, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", Key.PublicPem, StringComparison.Ordinal);
        Assert.Equal(2048, rsa.KeySize);
    }

    [Fact]
    [Trait("Wire", "011")]
    public void The_same_message_can_be_signed_for_another_hop()
    {
        var request = Post().Signed(SignatureKind.Cavage);
        request.RequestUri = new Uri("https://calf.example/users/me/inbox");
        Assert.False(request.Received().Verified().IsValid);

        Assert.Equal(SignatureVerdict.Valid, request.Signed(SignatureKind.Cavage).Received().Verified());
    }

    [Fact]
    [Trait("Wire", "014")]
    public void The_type_is_signed_as_it_is_sent()
    {
        var request = Post();
        request.Content!.Headers.ContentType =
            MediaTypeHeaderValue.Parse("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"");
        var received = request.Signed(SignatureKind.Cavage).Received();

        Assert.Equal(SignatureVerdict.Valid, received.Verified());
        Assert.False(received.With("Content-Type", "text/html").Verified().IsValid);
    }

    [Fact]
    [Trait("Wire", "015")]
    public void Rfc_9421_signs_method_target_and_digest()
    {
        var request = Post().Signed(SignatureKind.Rfc9421);

        Assert.Equal(
            $"sig1=(\"@method\" \"@target-uri\" \"content-digest\");created={Now.ToUnixTimeSeconds()};keyid=\"{KeyId}\";alg=\"rsa-v1_5-sha256\"",
            Header(request, "Signature-Input"));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(Body))}:", Header(request, "Content-Digest"));
        Assert.Matches("^sig1=:[A-Za-z0-9+/]{342}==:$", Header(request, "Signature"));
        Assert.False(request.Headers.Contains("Digest"));
    }

    [Fact]
    [Trait("Wire", "015")]
    public void Rfc_9421_signs_a_get_without_a_digest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Origin + "/users/me").Signed(SignatureKind.Rfc9421);

        Assert.StartsWith("sig1=(\"@method\" \"@target-uri\");created=", Header(request, "Signature-Input"), StringComparison.Ordinal);
        Assert.False(request.Headers.Contains("Content-Digest"));
    }

    private static string Header(HttpRequestMessage request, string name) => Assert.Single(request.Headers.NonValidated[name]);
}
