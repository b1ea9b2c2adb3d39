using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Calf.Security;

/// <summary>Verifies draft-cavage signatures as Mastodon does (wire 16 to 22), stricter where it costs no real sender anything:
/// a time counts only when it is signed.</summary>
internal static class CavageSignature
{
    public static SignatureVerdict Check(ParsedSignature signature, SignedRequest request, DateTimeOffset now)
    {
        if (signature.Algorithm is not null && Scheme(signature.Algorithm) is null && !IsHs2019(signature))
            return SignatureVerdict.Refused($"The signature algorithm {signature.Algorithm} is not supported: use rsa-sha256 or hs2019.");
        if ((TimesProblem(signature, request, now) ?? StrengthProblem(signature, request)) is { } problem)
            return SignatureVerdict.Refused(problem);
        return signature.Covers("digest") ? BodyDigest.CheckDigest(request) : SignatureVerdict.Valid;
    }

    public static SignatureVerdict Verify(ParsedSignature signature, SignedRequest request, PublicKey key)
    {
        var scheme = (signature.Algorithm is null ? null : Scheme(signature.Algorithm)) ?? key.UsualScheme;
        if (!key.Supports(scheme)) return SignatureVerdict.Refused("The signature's algorithm does not fit the kind of its key.");

        var text = new SignatureBase(stackalloc byte[SignatureBase.UsualLength]);
        try
        {
            if (Build(ref text, signature, request, request.PathAndQuery) is { } problem) return SignatureVerdict.Refused(problem);
            if (key.Verify(scheme, text.Written, signature.Bytes)) return SignatureVerdict.Valid;

            // Older Mastodon, Misskey, Friendica and PieFed sign the path alone (wire 7, 20).
            if (request.Query.Length > 0 && signature.Covers("(request-target)"))
            {
                text.Clear();
                Build(ref text, signature, request, request.Path);
                if (key.Verify(scheme, text.Written, signature.Bytes)) return SignatureVerdict.Valid;
            }

            return SignatureVerdict.Refused("The signature does not match the request and the key.");
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>Writes the signing string of section 2.3.</summary>
    /// <returns>What is wrong, or null.</returns>
    internal static string? Build(ref SignatureBase text, ParsedSignature signature, SignedRequest request, ReadOnlySpan<char> target)
    {
        for (var i = 0; i < signature.Components.Length; i++)
        {
            var name = signature.Components[i].Name;
            if (i > 0) text.Append("\n");
            text.Append(name);
            text.Append(": ");
            switch (name)
            {
                case "(request-target)":
                    text.AppendLower(request.Method);
                    text.Append(" ");
                    text.Append(target);
                    break;
                case "(created)" when signature.Created is { } created:
                    text.Append(created.ToString(CultureInfo.InvariantCulture));
                    break;
                case "(expires)" when signature.Expires is { } expires:
                    text.Append(expires.ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    if (!text.TryAppendField(request, name)) return $"The signature covers {name}, which the request does not have.";
                    break;
            }
        }

        return null;
    }

    private static bool IsHs2019(ParsedSignature signature) =>
        signature.Algorithm is null || signature.Algorithm.Equals("hs2019", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for hs2019: the key decides, and for an RSA key that is RSA-SHA256 in practice (wire 19).</summary>
    private static SignatureScheme? Scheme(string algorithm) => algorithm.ToLowerInvariant() switch
    {
        "rsa-sha256" => SignatureScheme.RsaSha256,
        "ed25519" => SignatureScheme.Ed25519,
        _ => null,
    };

    private static string? TimesProblem(ParsedSignature signature, SignedRequest request, DateTimeOffset now)
    {
        var signsCreated = signature.Covers("(created)");
        var signsExpires = signature.Covers("(expires)");
        if ((signsCreated || signsExpires) && !IsHs2019(signature))
            return "(created) and (expires) belong to hs2019 and are not allowed with this algorithm.";
        if (signsCreated && signature.Created is null) return "The signature covers (created) but does not say it.";
        if (signsExpires && signature.Expires is null) return "The signature covers (expires) but does not say it.";

        if (signsCreated && SignatureWindow.Problem(signature.Created!.Value, signature.Expires, signsExpires, now) is { } problem)
            return problem;
        if (!signature.Covers("date"))
            return signsCreated ? null : "The signature must cover the Date header or (created).";
        if (!HeaderUtilities.TryParseDate(request.Headers.Date.ToString(), out var date))
            return "The Date header is missing or is not a date.";
        return SignatureWindow.Problem(date.ToUnixTimeSeconds(), signature.Expires, signsExpires, now);
    }

    private static string? StrengthProblem(ParsedSignature signature, SignedRequest request)
    {
        if (request.HasBodyByMethod)
            return signature.Covers("digest") ? null : $"The signature of a {request.Method} must cover the Digest header.";
        if (!signature.Covers("digest") && !signature.Covers("(request-target)"))
            return "The signature must cover (request-target) or the Digest header.";
        return signature.Covers("host") ? null : $"The signature of a {request.Method} must cover the Host header.";
    }
}
