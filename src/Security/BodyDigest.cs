using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace Calf.Security;

/// <summary>Compares the Digest (RFC 3230) and Content-Digest (RFC 9530) headers with the body. Only SHA-256 is known, as at Mastodon.</summary>
internal static class BodyDigest
{
    private const string NotADictionary = "The Content-Digest header is not of the form sha-256=:base64:.";

    private static readonly byte[] EmptySha256 = SHA256.HashData([]);

    /// <summary>One or several <c>SHA-256=base64</c>, in any letter case (wire 21); a digest of nothing on a GET is fine (wire 22).</summary>
    public static SignatureVerdict CheckDigest(SignedRequest request)
    {
        var found = false;
        foreach (var line in request.Headers["Digest"])
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var part = line.AsSpan()[range].Trim();
                var equals = part.IndexOf('=');
                if (equals <= 0) return SignatureVerdict.Malformed("The Digest header is not of the form SHA-256=base64.");
                if (!part[..equals].TrimEnd().Equals("sha-256", StringComparison.OrdinalIgnoreCase)) continue;

                found = true;
                var verdict = Compare(part[(equals + 1)..], request, "Digest");
                if (!verdict.IsValid) return verdict;
            }
        }

        return found ? SignatureVerdict.Valid : SignatureVerdict.Refused("The Digest header is missing or has no SHA-256 digest.");
    }

    /// <summary>A dictionary of byte sequences, <c>sha-256=:base64:</c>; what cannot be read as one is malformed (wire 23).</summary>
    public static SignatureVerdict CheckContentDigest(SignedRequest request)
    {
        if (request.Headers["Content-Digest"].Count == 0) return SignatureVerdict.Refused("The Content-Digest header is missing.");

        var found = false;
        var reader = new StructuredReader(Joined(request.Headers["Content-Digest"]));
        while (reader.TryMember(out var name))
        {
            if (!reader.TryBytes(out var base64) || !reader.TryParameters(out _)) return SignatureVerdict.Malformed(NotADictionary);
            if (name is not "sha-256") continue;

            found = true;
            var verdict = Compare(base64, request, "Content-Digest");
            if (!verdict.IsValid) return verdict;
        }

        if (!reader.IsDone) return SignatureVerdict.Malformed(NotADictionary);
        return found ? SignatureVerdict.Valid : SignatureVerdict.Refused("The Content-Digest header has no sha-256 digest.");
    }

    internal static string Joined(StringValues values) => values.Count == 1 ? values[0] ?? "" : string.Join(", ", values.ToArray());

    private static SignatureVerdict Compare(ReadOnlySpan<char> base64, SignedRequest request, string header)
    {
        Span<byte> said = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64Chars(base64, said, out var length) || length != said.Length)
            return SignatureVerdict.Malformed($"The {header} header holds no SHA-256 digest in base64.");
        return said.SequenceEqual(request.BodySha256 ?? EmptySha256)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Refused($"The {header} header does not match the body.");
    }
}
