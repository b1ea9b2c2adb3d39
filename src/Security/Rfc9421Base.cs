namespace Calf.Security;

/// <summary>The signature base of RFC 9421, section 2.5, of a received request.</summary>
internal static class Rfc9421Base
{
    /// <returns>What is wrong, or null.</returns>
    public static string? Build(ref SignatureBase text, ParsedSignature signature, SignedRequest request)
    {
        foreach (var component in signature.Components)
        {
            AppendName(ref text, component);
            text.Append(": ");
            if (!TryAppendValue(ref text, component, request))
                return $"The signature covers \"{component.Name}\"{component.Parameters}, which the request does not have or Calf does not know.";
            text.Append("\n");
        }

        text.Append("\"@signature-params\": (");
        for (var i = 0; i < signature.Components.Length; i++)
        {
            if (i > 0) text.Append(" ");
            AppendName(ref text, signature.Components[i]);
        }

        text.Append(")");
        text.Append(signature.Parameters);
        return null;
    }

    private static void AppendName(ref SignatureBase text, SignatureComponent component)
    {
        text.Append("\"");
        text.Append(component.Name);
        text.Append("\"");
        text.Append(component.Parameters);
    }

    private static bool TryAppendValue(ref SignatureBase text, SignatureComponent component, SignedRequest request)
    {
        if (component.Name == "@query-param") return TryAppendQueryParameter(ref text, component.Parameters, request.Query);

        // sf, bs, key, req and tr: nobody in the fediverse uses them.
        if (component.Parameters.Length > 0) return false;
        switch (component.Name)
        {
            case "@method":
                text.Append(request.Method);
                return true;
            case "@target-uri":
                text.Append(request.Origin);
                text.Append(request.PathAndQuery);
                return true;
            case "@authority":
                text.AppendLower(request.Authority);
                return true;
            case "@scheme":
                text.AppendLower(request.Scheme);
                return true;
            case "@request-target":
                text.Append(request.PathAndQuery);
                return true;
            case "@path":
                text.Append(request.Path);
                return true;
            case "@query":
                text.Append(request.Query.IsEmpty ? "?" : request.Query);
                return true;
            default:
                return !component.Name.StartsWith('@') && text.TryAppendField(request, component.Name);
        }
    }

    /// <summary>Section 2.2.8. A name that stands twice in the query would be ambiguous, so it counts as unknown.</summary>
    private static bool TryAppendQueryParameter(ref SignatureBase text, string parameters, ReadOnlySpan<char> query)
    {
        if (!parameters.StartsWith(";name=\"", StringComparison.Ordinal) || !parameters.EndsWith('"')) return false;
        var wanted = parameters.AsSpan()[";name=\"".Length..^1];
        string? value = null;
        foreach (var range in query.TrimStart('?').Split('&'))
        {
            var pair = query.TrimStart('?')[range];
            var equals = pair.IndexOf('=');
            if (!Reencode(equals < 0 ? pair : pair[..equals]).AsSpan().SequenceEqual(wanted)) continue;
            if (value is not null) return false;
            value = equals < 0 ? "" : Reencode(pair[(equals + 1)..]);
        }

        text.Append(value);
        return value is not null;
    }

    private static string Reencode(ReadOnlySpan<char> part) => Uri.EscapeDataString(Uri.UnescapeDataString(part.ToString().Replace('+', ' ')));
}
