using System.Text;
using System.Text.Json;
using Calf.Security;
using Calf.Tests.Support;

namespace Calf.Tests.Security;

[Trait("Wire", "109")]
public sealed class IntegrityProofTests : IDisposable
{
    private const string Method = "https://remote.test/users/rae#ed25519-key";
    private const string Document = """{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"https://remote.test/1","type":"Like","n":1.50,"text":"é\n"}""";
    private const string Vectors = "eddsa-jcs-2022/TestVectors/eddsa-jcs-2022";

    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly Ed25519Key key = Ed25519Key.Generate();

    public void Dispose() => key.Dispose();

    [Fact]
    public void The_vectors_of_the_w3c_come_out_and_verify()
    {
        var signed = JsonElement.Parse(Corpus.Bytes($"{Vectors}/signedJCS.json"));
        Assert.True(JsonCanonicalization.TryWrite(signed, out var document, out _, "proof"));
        Assert.Equal(Corpus.Text($"{Vectors}/canonDocJCS.txt"), Encoding.UTF8.GetString(document));
        Assert.True(JsonCanonicalization.TryWrite(JsonElement.Parse(Corpus.Bytes($"{Vectors}/proofConfigJCS.json")), out var config, out _));
        Assert.Equal(Corpus.Text($"{Vectors}/proofCanonJCS.txt"), Encoding.UTF8.GetString(config));
        Assert.Equal(Corpus.Text($"{Vectors}/combinedHashJCS.txt"), Convert.ToHexStringLower(IntegrityProof.Hashes(config, document)));

        var proof = ParsedProof.Read(signed, out _)!;
        Assert.Equal(Corpus.Text($"{Vectors}/sigHexJCS.txt"), Convert.ToHexStringLower(proof.Value));
        var publicKey = PublicKey.FromMultikey(proof.VerificationMethod.Split('#')[1], out _)!;
        Assert.True(IntegrityProof.Verify(signed, proof, publicKey));
        Assert.False(IntegrityProof.Verify(signed, proof, Public(key)));
    }

    [Theory]
    [InlineData("eddsa-rdfc-2022/signedDataInt.json")]
    [InlineData("Ed25519Signature2020/signedEdSig.json")]
    [InlineData("proof-set-chain/signedProofSet2.json")]
    public void Proofs_of_other_kinds_are_not_taken_for_ours(string file) =>
        Assert.Null(ParsedProof.Read(JsonElement.Parse(Corpus.Bytes($"eddsa-jcs-2022/TestVectors/{file}")), out _));

    [Fact]
    public void What_is_signed_verifies_and_repeats_the_context_inside_the_proof()
    {
        var signed = JsonElement.Parse(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now));
        var proof = ParsedProof.Read(signed, out _)!;
        Assert.True(IntegrityProof.Verify(signed, proof, Public(key)));
        Assert.True(JsonElement.DeepEquals(signed.GetProperty("@context"), proof.Json.GetProperty("@context")));
        Assert.Equal("2026-11-01T12:00:00Z", proof.Json.GetProperty("created").GetString());
        Assert.Equal(["@context", "id", "type", "n", "text", "proof"], signed.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("\"type\":\"Like\"", "\"type\":\"Block\"")]
    [InlineData("\"n\":1.50", "\"n\":1.51")]
    [InlineData("\"n\":1.50", "\"n\":1.50,\"extra\":null")]
    [InlineData("\"n\":1.50", "\"n\":1.50,\"n\":1.50")]
    [InlineData("2026-11-01T12:00:00Z", "2026-11-01T12:00:01Z")]
    [InlineData("#ed25519-key", "#other-key")]
    [InlineData("https://w3id.org/security/data-integrity/v1", "https://evil.test/context")]
    public void A_changed_document_or_proof_does_not_verify(string from, string to)
    {
        var text = Encoding.UTF8.GetString(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now)).Replace("1.5,", "1.50,", StringComparison.Ordinal);
        Assert.True(Verifies(text));
        Assert.Contains(from, text);
        Assert.False(Verifies(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Spaces_order_and_number_forms_do_not_matter()
    {
        var text = Encoding.UTF8.GetString(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now));
        Assert.True(Verifies(text.Replace("\"id\":\"https://remote.test/1\",\"type\":\"Like\"", "\"type\" : \"L\\u0069ke\", \"id\":\"https:\\/\\/remote.test/1\"", StringComparison.Ordinal)));
    }

    /// <summary>Made with Fedify 2, which writes nanoseconds.</summary>
    [Fact]
    public void A_recorded_proof_of_fedify_verifies()
    {
        const string Recorded = """
            {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"https://fedify.test/c/1","type":"Create","proof":{"type":"DataIntegrityProof","created":"2026-11-23T23:24:46.307286129Z","cryptosuite":"eddsa-jcs-2022","proofPurpose":"assertionMethod","proofValue":"z2vcJkL4DYixTHKkmJLwQVVS8a1g2UnXy6USLhutb4HPAEmVCGG5aTef4WWoQAmnPJroAu4Eg5RraXhQyESJqs2HR","verificationMethod":"https://fedify.test/users/fay#k","@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"]},"actor":"https://fedify.test/users/fay","object":{"id":"https://fedify.test/n/1","type":"Note","attributedTo":"https://fedify.test/users/fay","content":"<p>Grüß \"dich\" 😀</p>","to":"https://www.w3.org/ns/activitystreams#Public"},"to":"https://www.w3.org/ns/activitystreams#Public"}
            """;
        var json = JsonElement.Parse(Recorded);
        var proof = ParsedProof.Read(json, out var reason);
        Assert.Equal("", reason);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 23, 24, 46, TimeSpan.Zero).AddTicks(3072861), proof!.Created);
        var fay = PublicKey.FromMultikey("z6Mkvce8BAtu7E4LGG3pV4nADHkgp7gyBurbP7ECusE9VD2A", out _)!;
        Assert.True(IntegrityProof.Verify(json, proof, fay));
        Assert.False(IntegrityProof.Verify(JsonElement.Parse(Recorded.Replace("dich", "mich", StringComparison.Ordinal)), proof, fay));
    }

    [Fact]
    public void The_context_may_be_signed_with_the_proof_without_being_repeated_there()
    {
        var signed = JsonElement.Parse(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now));
        var inner = System.Text.Json.Nodes.JsonNode.Parse(signed.GetRawText())!;
        inner["proof"]!.AsObject().Remove("@context");
        Assert.True(Verifies(inner.ToJsonString()));
    }

    [Fact]
    public void A_linked_data_signature_that_was_added_later_does_not_disturb()
    {
        var text = Encoding.UTF8.GetString(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now));
        Assert.True(Verifies(text[..^1] + ""","signature":{"type":"RsaSignature2017","signatureValue":"x"}}"""));
    }

    [Fact]
    public void Contexts_may_be_added_behind_the_signed_ones_and_not_before_them()
    {
        var text = Encoding.UTF8.GetString(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now));
        Assert.True(Verifies(text.Replace("data-integrity/v1\"],\"id\"", "data-integrity/v1\",\"https://more.test\"],\"id\"", StringComparison.Ordinal)));
        Assert.False(Verifies(text.Replace("""{"@context":[""", """{"@context":["https://more.test",""", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"cryptosuite\":\"eddsa-jcs-2022\"", "\"cryptosuite\":\"eddsa-rdfc-2022\"")]
    [InlineData("\"proofPurpose\":\"assertionMethod\"", "\"proofPurpose\":\"authentication\"")]
    [InlineData("\"created\":\"2026-11-01T12:00:00Z\"", "\"created\":\"yesterday\"")]
    [InlineData("\"created\":\"2026-11-01T12:00:00Z\"", "\"created\":\"2026-11-01T12:00:00Z\",\"expires\":7")]
    [InlineData("\"proofValue\":\"z", "\"proofValue\":\"u")]
    [InlineData("\"proofValue\":\"z", "\"proofValue\":\"z0")]
    [InlineData("\"type\":\"DataIntegrityProof\"", "\"type\":\"\\ud800\"")]
    public void A_proof_that_is_not_whole_is_none(string from, string to)
    {
        var text = Encoding.UTF8.GetString(IntegrityProof.Add(Encoding.UTF8.GetBytes(Document), key, Method, Now));
        Assert.Contains(from, text);
        Assert.Null(ParsedProof.Read(JsonElement.Parse(text.Replace(from, to, StringComparison.Ordinal)), out var reason));
        Assert.NotEqual("", reason);
    }

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(59, null, true)]
    [InlineData(61, null, false)]
    [InlineData(-60 * 24 * 9, null, true)]
    [InlineData(-60 * 24 * 11, null, false)]
    [InlineData(-10, -1, false)]
    [InlineData(-10, 1, true)]
    public void A_proof_is_of_now(int createdMinutes, int? expiresMinutes, bool good) =>
        Assert.Equal(good, new ParsedProof(default, Method, [], Now.AddMinutes(createdMinutes), expiresMinutes is { } e ? Now.AddMinutes(e) : null).TimeProblem(Now) is null);

    private bool Verifies(string text)
    {
        var json = JsonElement.Parse(text);
        return ParsedProof.Read(json, out _) is { } proof && IntegrityProof.Verify(json, proof, Public(key));
    }

    private static PublicKey Public(Ed25519Key key) => PublicKey.FromMultikey(key.Multikey, out _)!;
}
