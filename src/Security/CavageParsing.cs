namespace Calf.Security;

/// <summary>Reads <c>keyId="…",algorithm="…",headers="…",signature="…"</c> from the Signature header, or from
/// <c>Authorization: Signature …</c> (draft-cavage-http-signatures-12, sections 2.1, 3.1 and 4.1).</summary>
internal static class CavageParsing
{
    private const string Scheme = "Signature ";

    public static SignatureVerdict Parse(SignedRequest request, out ParsedSignature? signature)
    {
        signature = null;
        if (request.Headers.TryGetValue("Signature", out var values) && values.Count > 0)
        {
            if (values.Count > 1) return SignatureVerdict.Malformed("The request has more than one Signature header.");
            return Parse(values[0], out signature);
        }

        var authorization = request.Headers.Authorization;
        if (authorization.Count == 1 && authorization[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Parse(authorization[0].AsSpan(Scheme.Length), out signature);
        return SignatureVerdict.Missing;
    }

    public static SignatureVerdict Parse(ReadOnlySpan<char> header, out ParsedSignature? signature)
    {
        signature = null;
        string? keyId = null, algorithm = null, headers = null, created = null, expires = null;
        byte[]? bytes = null;
        for (var rest = header.Trim(" \t,"); rest.Length > 0; rest = rest.TrimStart(" \t,"))
        {
            if (!TryTake(ref rest, out var name, out var value))
                return SignatureVerdict.Malformed("The Signature header is not a list of name=\"value\" pairs.");

            var fresh = name switch
            {
                "keyId" => TryKeep(ref keyId, value),
                "algorithm" => TryKeep(ref algorithm, value),
                "headers" => TryKeep(ref headers, value),
                "created" => TryKeep(ref created, value),
                "expires" => TryKeep(ref expires, value),
                "signature" => bytes is null && TryDecode(value, out bytes),
                _ => true,
            };
            if (!fresh) return SignatureVerdict.Malformed($"The Signature header has {name} twice, or its value cannot be read.");
        }

        if (string.IsNullOrEmpty(keyId) || keyId.Length > SignatureLimits.MaxKeyIdLength)
            return SignatureVerdict.Malformed("The Signature header has no usable keyId.");
        if (bytes is null) return SignatureVerdict.Malformed("The Signature header has no signature.");

        // hs2019 is the default of the draft, and Mastodon's; a list that is not there means one header (wire 18).
        var newer = algorithm is null || algorithm.Equals("hs2019", StringComparison.OrdinalIgnoreCase);
        if (Components(headers ?? (newer ? "(created)" : "date")) is not { } components)
            return SignatureVerdict.Malformed("The Signature header has an empty or too long list of headers.");
        if (!TrySeconds(created, out var createdAt) || !TrySeconds(expires, out var expiresAt))
            return SignatureVerdict.Malformed("created and expires of the Signature header must be whole numbers of seconds.");

        signature = new ParsedSignature
        {
            Kind = SignatureKind.Cavage,
            KeyId = keyId,
            Algorithm = algorithm,
            Components = components,
            Bytes = bytes,
            Created = createdAt,
            Expires = expiresAt,
        };
        return SignatureVerdict.Valid;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        value = default;
        var equals = rest.IndexOf('=');
        name = equals < 0 ? default : rest[..equals].Trim(" \t");
        if (name.IsEmpty || name.ContainsAny(" \t\",")) return false;

        rest = rest[(equals + 1)..].TrimStart(" \t");
        var quoted = rest is ['"', ..];
        if (quoted) rest = rest[1..];
        var end = rest.IndexOfAny(quoted ? "\"" : ", \t");
        if (end < 0 && quoted) return false;
        value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(quoted ? end + 1 : end)..].TrimStart(" \t");

        // Nothing that belongs here needs a backslash or a control character, and both could make two readers disagree.
        return rest is [] or [',', ..] && value.IndexOfAnyInRange('\0', '\x1f') < 0 && !value.Contains('\\');
    }

    private static bool TryKeep(ref string? place, ReadOnlySpan<char> value)
    {
        if (place is not null) return false;
        place = value.ToString();
        return true;
    }

    internal static bool TryDecode(ReadOnlySpan<char> base64, out byte[]? bytes)
    {
        bytes = null;
        if (base64.Length is 0 or > SignatureLimits.MaxSignatureLength) return false;
        Span<byte> buffer = stackalloc byte[SignatureLimits.MaxSignatureLength];
        if (!Convert.TryFromBase64Chars(base64, buffer, out var length) || length == 0) return false;
        bytes = buffer[..length].ToArray();
        return true;
    }

    private static SignatureComponent[]? Components(string headers)
    {
        Span<Range> ranges = stackalloc Range[SignatureLimits.MaxComponents + 1];
        var count = headers.AsSpan().Split(ranges, ' ', StringSplitOptions.RemoveEmptyEntries);
        if (count is 0 or > SignatureLimits.MaxComponents) return null;

        var components = new SignatureComponent[count];
        for (var i = 0; i < count; i++) components[i] = new(SignatureComponent.Intern(headers.AsSpan()[ranges[i]]));
        return components;
    }

    private static bool TrySeconds(string? text, out long? seconds)
    {
        seconds = null;
        if (text is null) return true;
        if (text.Length is 0 or > 12 || text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        seconds = long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }
}
