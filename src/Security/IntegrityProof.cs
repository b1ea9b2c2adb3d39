using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Calf.Security;

/// <summary>
/// Integrity proofs inside documents: <c>eddsa-jcs-2022</c> (FEP-8b32, W3C vc-di-eddsa). They hold wherever the document travels and
/// need no JSON-LD to verify. The linked data signatures of old, in <c>signature</c>, are never looked at: what they sign depends on how
/// contexts are expanded, and several servers were fooled that way (wire 109, 116).
/// </summary>
public static class IntegrityProof
{
    /// <summary>Defines <c>proof</c>; the <c>@context</c> of a signed document needs it, or JSON-LD readers drop the proof.</summary>
    public const string Context = "https://w3id.org/security/data-integrity/v1";

    public const string Cryptosuite = "eddsa-jcs-2022";

    /// <summary>A linked data signature that was added after the proof was made.</summary>
    private const string LinkedDataSignature = "signature";

    /// <summary>Puts a proof at the end of a document.</summary>
    /// <param name="document">A JSON object with an <c>@context</c> and without a proof.</param>
    /// <param name="verificationMethod">The id of the key, as the actor lists it.</param>
    /// <exception cref="ArgumentException">It is no such object.</exception>
    public static byte[] Add(ReadOnlySpan<byte> document, Ed25519Key key, string verificationMethod, DateTimeOffset now)
    {
        var json = JsonElement.Parse(document);
        // Whole seconds: some verifiers write the time anew before they compare.
        var created = now.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var unsigned = Proof(json, created, verificationMethod, null);
        if (json.ValueKind != JsonValueKind.Object || json.TryGetProperty("proof", out _)
            || !JsonCanonicalization.TryWrite(json, out var canonical, out _) || !JsonCanonicalization.TryWrite(unsigned, out var config, out _))
            throw new ArgumentException("Only a JSON object without a proof can be given one.", nameof(document));

        var value = "z" + Base58.Encode(key.Sign(Hashes(config, canonical)));
        var output = new ArrayBufferWriter<byte>(document.Length + 512);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var member in json.EnumerateObject()) member.WriteTo(writer);
            writer.WritePropertyName("proof");
            Proof(json, created, verificationMethod, value).WriteTo(writer);
            writer.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Whether the proof was made over this very document with this key. Its time is not asked for here.</summary>
    public static bool Verify(JsonElement document, ParsedProof proof, PublicKey key)
    {
        if (!key.IsEd25519 || document.ValueKind != JsonValueKind.Object) return false;
        try
        {
            foreach (var config in Configs(document, proof))
                foreach (var body in Bodies(document, proof))
                    if (key.Verify(Hashes(config, body), proof.Value))
                        return true;
        }
        catch (InvalidOperationException)
        {
            // A key that is no Unicode: nobody can have signed that.
        }
        return false;
    }

    /// <summary>SHA-256 of the proof without its value, then that of the document without its proof.</summary>
    internal static byte[] Hashes(ReadOnlySpan<byte> config, ReadOnlySpan<byte> document)
    {
        var hashes = new byte[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(config, hashes);
        SHA256.HashData(document, hashes.AsSpan(SHA256.HashSizeInBytes));
        return hashes;
    }

    /// <summary>As it stands; some sign the document's context with the proof and do not repeat it there.</summary>
    private static IEnumerable<byte[]> Configs(JsonElement document, ParsedProof proof)
    {
        if (JsonCanonicalization.TryWrite(proof.Json, out var asSent, out _, "proofValue")) yield return asSent;
        if (proof.Json.TryGetProperty("@context", out _) || !document.TryGetProperty("@context", out var context)) yield break;
        if (JsonCanonicalization.TryWrite(WithContext(proof.Json, context), out var withContext, out _, "proofValue")) yield return withContext;
    }

    private static IEnumerable<byte[]> Bodies(JsonElement document, ParsedProof proof)
    {
        // Somebody on the way may have added contexts: the proof is about those that it names.
        if (proof.Json.TryGetProperty("@context", out var signed) && !JsonElement.DeepEquals(signed, document.GetProperty("@context")))
            document = WithContext(document, signed);
        if (JsonCanonicalization.TryWrite(document, out var whole, out _, "proof")) yield return whole;
        else yield break;
        if (document.TryGetProperty(LinkedDataSignature, out _)
            && JsonCanonicalization.TryWrite(document, out var without, out _, "proof", LinkedDataSignature)) yield return without;
    }

    private static JsonElement Proof(JsonElement document, string created, string verificationMethod, string? value)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            if (document.ValueKind == JsonValueKind.Object && document.TryGetProperty("@context", out var context))
            {
                writer.WritePropertyName("@context");
                context.WriteTo(writer);
            }
            writer.WriteString("type", ParsedProof.Type);
            writer.WriteString("cryptosuite", Cryptosuite);
            writer.WriteString("verificationMethod", verificationMethod);
            writer.WriteString("proofPurpose", ParsedProof.Purpose);
            writer.WriteString("created", created);
            if (value is not null) writer.WriteString("proofValue", value);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }

    /// <summary>The object with another context, or with one.</summary>
    private static JsonElement WithContext(JsonElement json, JsonElement context)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var member in json.EnumerateObject())
                if (member.Name != "@context") member.WriteTo(writer);
            writer.WritePropertyName("@context");
            context.WriteTo(writer);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }
}
