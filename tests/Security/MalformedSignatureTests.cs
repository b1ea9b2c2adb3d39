using Calf.Security;
using static Calf.Tests.Security.SignedRequests;

namespace Calf.Tests.Security;

/// <summary>Strangers may write anything: nothing throws, and what cannot be read is 400.</summary>
public class MalformedSignatureTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",,,")]
    [InlineData("=")]
    [InlineData("\"")]
    [InlineData("keyId")]
    [InlineData("keyId=")]
    [InlineData("keyId=\"")]
    [InlineData("keyId=\"a")]
    [InlineData("keyId=\"a\"")]
    [InlineData("keyId=\"a\",signature=\"\"")]
    [InlineData("keyId=\"a\",signature=\"!\"")]
    [InlineData("keyId=\"a\",signature=\"AAA\"")]
    [InlineData("keyId=\"\",signature=\"AAAA\"")]
    [InlineData("signature=\"AAAA\"")]
    [InlineData("keyId=\"a\"signature=\"AAAA\"")]
    [InlineData("keyId=\"a\",keyId=\"b\",signature=\"AAAA\"")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",signature=\"AAAA\"")]
    [InlineData("keyId=\"a\\\"b\",signature=\"AAAA\"")]
    [InlineData("keyId=\"a\nb\",signature=\"AAAA\"")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",headers=\"\"")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",headers=\"  \"")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",created=x")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",created=-1")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",created=1.5")]
    [InlineData("keyId=\"a\",signature=\"AAAA\",expires=99999999999999999999")]
    [InlineData("one two=\"a\"")]
    public void An_unreadable_cavage_header_is_malformed(string header)
    {
        var verdict = Post().Received().With("Signature", header).Verified();

        Assert.Equal(SignatureOutcome.Malformed, verdict.Outcome);
        Assert.Equal(400, verdict.StatusCode);
        Assert.EndsWith(".", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_of_anything_is_malformed()
    {
        string[] headers =
        [
            $"keyId=\"{new string('a', 3000)}\",signature=\"AAAA\"",
            $"keyId=\"a\",signature=\"{new string('A', 4000)}\"",
            $"keyId=\"a\",signature=\"AAAA\",headers=\"{string.Join(' ', Enumerable.Repeat("date", 65))}\"",
        ];

        Assert.All(headers, header =>
            Assert.Equal(SignatureOutcome.Malformed, Post().Received().With("Signature", header).Verified().Outcome));
    }

    [Fact]
    public void Two_signature_headers_are_malformed()
    {
        var request = Post().Signed(SignatureKind.Cavage).Received();
        var value = request.Headers["Signature"].ToString();
        request.Headers["Signature"] = new[] { value, value };

        Assert.Equal(SignatureOutcome.Malformed, request.Verified().Outcome);
    }

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("Signature")]
    [InlineData("Basic keyId=\"a\"")]
    public void Another_authorization_is_no_signature(string value) =>
        Assert.Equal(SignatureOutcome.Missing, Post().Received().With("Authorization", value).Verified().Outcome);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a=")]
    [InlineData("a=1")]
    [InlineData("a=(")]
    [InlineData("a=(\"x\"")]
    [InlineData("a=(\"x)")]
    [InlineData("a=(x);keyid=\"k\"")]
    [InlineData("a=(\"x\"\"y\");keyid=\"k\"")]
    [InlineData("a=(\"x\" \"x\");keyid=\"k\"")]
    [InlineData("a=(\"X\");keyid=\"k\"")]
    [InlineData("a=(\"x\")keyid=\"k\"")]
    [InlineData("a=(\"x\");")]
    [InlineData("a=(\"x\");keyid=")]
    [InlineData("a=(\"x\");keyid=\"k")]
    [InlineData("a=(\"x\");keyid=\"k\\\"\"")]
    [InlineData("a=(\"x\");keyid=\"\"")]
    [InlineData("a=(\"x\");keyid=\"k\";keyid=\"l\"")]
    [InlineData("a=(\"x\");created=1")]
    [InlineData("a=(\"x\");keyid=\"k\";created=x")]
    [InlineData("a=(\"x\");keyid=\"k\";created=-5")]
    [InlineData("a=(\"x\");keyid=\"k\";created=99999999999999999999")]
    [InlineData("a=(\"x\");keyid=\"k\",")]
    [InlineData("a=(\"x\");keyid=\"k\" b")]
    [InlineData("b=(\"x\");keyid=\"k\"")]
    [InlineData("A=(\"x\");keyid=\"k\"")]
    [InlineData("a=(\"é\");keyid=\"k\"")]
    public void An_unreadable_signature_input_is_malformed(string input)
    {
        var verdict = Post().Received().With("Signature-Input", input).With("Signature", "a=:AAAA:").Verified();

        Assert.Equal(SignatureOutcome.Malformed, verdict.Outcome);
        Assert.EndsWith(".", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a=")]
    [InlineData("a=:")]
    [InlineData("a=::")]
    [InlineData("a=:!:")]
    [InlineData("a=AAAA")]
    [InlineData("b=:AAAA:")]
    [InlineData("b=x, a=:AAAA:")]
    public void An_unreadable_rfc_9421_signature_is_malformed(string? signature) =>
        Assert.Equal(SignatureOutcome.Malformed,
            Post().Received().With("Signature-Input", "a=(\"@method\");keyid=\"k\"").With("Signature", signature).Verified().Outcome);

    [Fact]
    public void Cut_and_scrambled_headers_never_throw()
    {
        var random = new Random(20261120);
        foreach (var kind in Enum.GetValues<SignatureKind>())
        {
            var good = Post().Signed(kind).Received();
            for (var round = 0; round < 3000; round++)
            {
                var name = random.GetItems(["Signature", "Signature-Input", "Digest", "Content-Digest", "Date", "Host"], 1)[0];
                var text = good.Headers[name].ToString().ToCharArray();
                if (text.Length == 0) continue;
                text[random.Next(text.Length)] = random.GetItems("\"\\=:;,() \tA0\0é-".ToCharArray(), 1)[0];
                var cut = new string(text, 0, round % 2 == 0 ? text.Length : random.Next(text.Length));
                if (cut == good.Headers[name].ToString()) continue;

                var verdict = good.With(name, cut).Verified();
                Assert.Equal(verdict.IsValid, verdict.Reason.Length == 0);
            }
        }
    }
}
