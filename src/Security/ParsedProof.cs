using System.Globalization;
using System.Text.Json;

namespace Calf.Security;

/// <summary>An <c>eddsa-jcs-2022</c> proof as it was read from a document; nothing about it is proven yet.</summary>
/// <param name="VerificationMethod">The id of the key that is said to have made it.</param>
/// <param name="Value">64 bytes.</param>
public sealed record ParsedProof(JsonElement Json, string VerificationMethod, byte[] Value, DateTimeOffset Created, DateTimeOffset? Expires)
{
    internal const string Type = "DataIntegrityProof";
    internal const string Purpose = "assertionMethod";

    private const int SignatureBytes = 64;
    private const int MaxValueLength = 128;

    /// <summary>Of several proofs only so many are looked at.</summary>
    private const int MaxProofs = 8;

    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The first proof of the document that Calf can verify; null, with a sentence when there is one and it cannot be used.</summary>
    public static ParsedProof? Read(JsonElement document, out string reason)
    {
        reason = "It has no proof.";
        try
        {
            if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("proof", out var proofs)) return null;
            if (proofs.ValueKind != JsonValueKind.Array) return One(document, proofs, out reason);
            foreach (var proof in proofs.EnumerateArray().Take(MaxProofs))
                if (One(document, proof, out reason) is { } usable)
                    return usable;
        }
        catch (InvalidOperationException)
        {
            reason = "Its proof has text that is not Unicode."; // What JsonElement throws for it.
        }
        return null;
    }

    /// <summary>Whether the proof is of now: neither made in the future, nor older than what is remembered of applied activities, nor expired.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? TimeProblem(DateTimeOffset now) =>
        Created > now + SignatureLimits.ClockSkew ? "Its proof was made in the future: compare the clocks."
        : Created < now - SignatureLimits.LongestProofLife ? "Its proof is too old."
        : Expires < now ? "Its proof has expired."
        : null;

    private static ParsedProof? One(JsonElement document, JsonElement proof, out string reason)
    {
        reason = "Its proof is not of the kind eddsa-jcs-2022.";
        if (Text(proof, "type") != Type || Text(proof, "cryptosuite") != IntegrityProof.Cryptosuite) return null;
        reason = "Its proof is not made for assertionMethod.";
        if (Text(proof, "proofPurpose") != Purpose) return null;
        reason = "Its proof does not say which key made it.";
        if (Text(proof, "verificationMethod") is not { Length: > 0 and <= SignatureLimits.MaxKeyIdLength } method) return null;
        reason = "Its proof has no value of 64 bytes in base58btc.";
        if (Text(proof, "proofValue") is not { Length: <= MaxValueLength } text || text is not ['z', ..]) return null;
        if (Base58.Decode(text.AsSpan(1)) is not { Length: SignatureBytes } value) return null;
        reason = "Its proof does not say when it was made, or its times cannot be read.";
        if (Time(proof, "created") is not { } created) return null;
        var expires = Time(proof, "expires");
        if (expires is null && proof.TryGetProperty("expires", out _)) return null;
        reason = "The @context of its proof is not where the document's begins.";
        if (!ContextFits(document, proof)) return null;
        reason = "";
        return new ParsedProof(proof, method, value, created, expires);
    }

    /// <summary>vc-di-eddsa: the document's context begins with all of the proof's, in the same order.</summary>
    private static bool ContextFits(JsonElement document, JsonElement proof)
    {
        if (!proof.TryGetProperty("@context", out var inner)) return true;
        if (!document.TryGetProperty("@context", out var outer)) return false;
        if (JsonElement.DeepEquals(inner, outer)) return true;
        JsonElement[] some = inner.ValueKind == JsonValueKind.Array ? [.. inner.EnumerateArray()] : [inner];
        return outer.ValueKind == JsonValueKind.Array && outer.GetArrayLength() >= some.Length
            && outer.EnumerateArray().Zip(some).All(pair => JsonElement.DeepEquals(pair.First, pair.Second));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        DateTimeOffset.TryParseExact(Shortened(Text(element, name)), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Fedify writes nanoseconds, which a date here cannot hold; what is signed is the text.</summary>
    private static string? Shortened(string? time)
    {
        const int MaxDigits = 7;
        var point = time?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (time is null || point < 0) return time;
        var end = time.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is >= 0 and var length ? point + 1 + length : time.Length;
        return end - point - 1 <= MaxDigits ? time : time.Remove(point + 1 + MaxDigits, end - point - 1 - MaxDigits);
    }
}
