namespace Calf.Security;

/// <summary>Verifies RFC 9421 signatures (wire 23). Mastodon demands <c>@method</c>, <c>@target-uri</c>, <c>created</c> and, on POST,
/// <c>content-digest</c>; whatever else is signed is fine.</summary>
internal static class Rfc9421Signature
{
    public static SignatureVerdict Check(ParsedSignature signature, SignedRequest request, DateTimeOffset now)
    {
        if (signature.Algorithm is not null && Scheme(signature) is null)
            return SignatureVerdict.Refused($"The signature algorithm {signature.Algorithm} is not supported: use rsa-v1_5-sha256 or ed25519.");
        if (signature.Created is not { } created)
            return SignatureVerdict.Refused("The signature must say when it was created.");
        if (SignatureWindow.Problem(created, signature.Expires, expiresIsSigned: true, now) is { } problem)
            return SignatureVerdict.Refused(problem);
        if (!signature.Covers("@method") || !signature.Covers("@target-uri"))
            return SignatureVerdict.Refused("The signature must cover @method and @target-uri.");
        if (signature.Covers("content-digest")) return BodyDigest.CheckContentDigest(request);
        return request.HasBodyByMethod
            ? SignatureVerdict.Refused($"The signature of a {request.Method} must cover content-digest.")
            : SignatureVerdict.Valid;
    }

    public static SignatureVerdict Verify(ParsedSignature signature, SignedRequest request, PublicKey key)
    {
        var scheme = Scheme(signature) ?? key.UsualScheme;
        if (!key.Supports(scheme)) return SignatureVerdict.Refused("The signature's algorithm does not fit the kind of its key.");

        var text = new SignatureBase(stackalloc byte[SignatureBase.UsualLength]);
        try
        {
            if (Rfc9421Base.Build(ref text, signature, request) is { } problem) return SignatureVerdict.Refused(problem);
            if (key.Verify(scheme, text.Written, signature.Bytes)) return SignatureVerdict.Valid;

            // An RSA key without alg: PKCS #1 is what the fediverse uses, PSS what the RFC would like.
            var mayBePss = signature.Algorithm is null && scheme == SignatureScheme.RsaSha256;
            return mayBePss && key.Verify(SignatureScheme.RsaPssSha512, text.Written, signature.Bytes)
                ? SignatureVerdict.Valid
                : SignatureVerdict.Refused("The signature does not match the request and the key.");
        }
        finally
        {
            text.Dispose();
        }
    }

    private static SignatureScheme? Scheme(ParsedSignature signature) => signature.Algorithm switch
    {
        "rsa-v1_5-sha256" => SignatureScheme.RsaSha256,
        "rsa-pss-sha512" => SignatureScheme.RsaPssSha512,
        "ed25519" => SignatureScheme.Ed25519,
        _ => null,
    };
}
