using System.Diagnostics.CodeAnalysis;

namespace Calf.Security;

/// <summary>
/// Signs requests and verifies them, in both kinds. Receiving goes in three steps: <see cref="TryParse"/> names the key,
/// <see cref="Check"/> refuses what needs no key to refuse (so that no key is fetched for it), <see cref="Verify"/> decides.
/// Nothing here throws on bad input.
/// </summary>
public static class HttpSignature
{
    /// <summary>Signed where it is there, since the other side acts on it (FEP-8fcf).</summary>
    public const string FurtherHeader = "Collection-Synchronization";

    /// <summary>Adds the headers of a fresh signature and takes away those of an earlier one, so that each attempt and each hop can sign anew.</summary>
    /// <param name="bodySha256">32 bytes, or null to sign a request without a body.</param>
    /// <param name="omitQuery">Signs the path alone: what GoToSocial wants of a paged URL as its second knock (wire 8). Cavage only.</param>
    public static void Sign(HttpRequestMessage request, SigningKey key, SignatureKind kind, byte[]? bodySha256, DateTimeOffset now,
        bool omitQuery = false)
    {
        foreach (var name in (ReadOnlySpan<string>)["Signature", "Signature-Input", "Digest", "Content-Digest", "Date"])
            request.Headers.Remove(name);

        if (kind == SignatureKind.Cavage) CavageSigning.Sign(request, key, bodySha256, now, omitQuery);
        else Rfc9421Signing.Sign(request, key, bodySha256, now);
    }

    /// <summary><c>Signature-Input</c> selects RFC 9421 (wire 23).</summary>
    /// <param name="verdict">Missing or malformed when this returns false.</param>
    public static bool TryParse(SignedRequest request, [NotNullWhen(true)] out ParsedSignature? signature, out SignatureVerdict verdict)
    {
        var kind9421 = request.Headers.ContainsKey("Signature-Input");
        verdict = kind9421 ? Rfc9421Parsing.Parse(request, out signature) : CavageParsing.Parse(request, out signature);
        return verdict.IsValid && signature is not null;
    }

    /// <summary>What must be signed, the times and the digest of the body.</summary>
    public static SignatureVerdict Check(ParsedSignature signature, SignedRequest request, DateTimeOffset now) =>
        signature.Kind == SignatureKind.Cavage
            ? CavageSignature.Check(signature, request, now)
            : Rfc9421Signature.Check(signature, request, now);

    /// <summary>Everything that <see cref="Check"/> does, and the signature itself. When it is refused, the key may have changed: refresh it once
    /// and ask again (wire 27).</summary>
    public static SignatureVerdict Verify(ParsedSignature signature, SignedRequest request, PublicKey key, DateTimeOffset now)
    {
        var verdict = Check(signature, request, now);
        if (!verdict.IsValid) return verdict;
        return signature.Kind == SignatureKind.Cavage
            ? CavageSignature.Verify(signature, request, key)
            : Rfc9421Signature.Verify(signature, request, key);
    }
}
