using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Calf.Security;

/// <summary>Reads Signature-Input and Signature (RFC 9421, section 4). Of several signatures the first with a keyid counts:
/// a proxy's own, without one, does not get in the way.</summary>
internal static class Rfc9421Parsing
{
    public static SignatureVerdict Parse(SignedRequest request, out ParsedSignature? signature)
    {
        signature = null;
        var signatures = BodyDigest.Joined(request.Headers["Signature"]);
        if (signatures.Length == 0) return SignatureVerdict.Malformed("The request has Signature-Input but no Signature header.");

        var reader = new StructuredReader(BodyDigest.Joined(request.Headers["Signature-Input"]));
        while (reader.TryMember(out var label))
        {
            if (!TryMember(ref reader, out var components, out var parameters, out var values))
                return SignatureVerdict.Malformed("The Signature-Input header is not of the form label=(\"component\" …);parameter=….");
            if (signature is not null || values.KeyId is null) continue;

            if (values.KeyId.Length is 0 or > SignatureLimits.MaxKeyIdLength)
                return SignatureVerdict.Malformed("The keyid in Signature-Input is empty or too long.");
            if (!TryFind(signatures, label, out var bytes))
                return SignatureVerdict.Malformed("The Signature header has no readable signature for the label in Signature-Input.");
            signature = new ParsedSignature
            {
                Kind = SignatureKind.Rfc9421,
                KeyId = values.KeyId,
                Algorithm = values.Algorithm,
                Components = components,
                Bytes = bytes,
                Created = values.Created,
                Expires = values.Expires,
                Parameters = parameters,
            };
        }

        if (!reader.IsDone) return SignatureVerdict.Malformed("The Signature-Input header is not a dictionary of signatures.");
        return signature is null ? SignatureVerdict.Malformed("No signature in Signature-Input has a keyid.") : SignatureVerdict.Valid;
    }

    private static bool TryMember(ref StructuredReader reader, [NotNullWhen(true)] out SignatureComponent[]? components, out string parameters,
        out Values values)
    {
        parameters = "";
        values = default;
        if (!TryComponents(ref reader, out components)) return false;

        var ahead = reader;
        if (!reader.TryParameters(out var canonical)) return false;
        parameters = canonical.ToString();
        return values.TryRead(ref ahead);
    }

    private static bool TryComponents(ref StructuredReader reader, [NotNullWhen(true)] out SignatureComponent[]? components)
    {
        components = null;
        if (!reader.Take('(')) return false;
        var list = new List<SignatureComponent>(4);
        var spaced = true;
        for (reader.SkipSpaces(); !reader.Take(')'); spaced = reader.SkipSpaces() > 0)
        {
            if (!spaced || list.Count == SignatureLimits.MaxComponents) return false;
            if (!reader.TryString(out var name) || !reader.TryParameters(out var parameters)) return false;
            // Names are written in lower case, and none twice (RFC 9421, 2.5).
            if (name.IndexOfAnyInRange('A', 'Z') >= 0) return false;
            var component = new SignatureComponent(SignatureComponent.Intern(name), parameters.ToString());
            if (list.Contains(component)) return false;
            list.Add(component);
        }

        components = [.. list];
        return true;
    }

    private static bool TryFind(string signatures, ReadOnlySpan<char> label, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var reader = new StructuredReader(signatures);
        while (reader.TryMember(out var name))
        {
            if (!reader.TryBytes(out var base64) || !reader.TryParameters(out _)) return false;
            if (name.SequenceEqual(label)) return CavageParsing.TryDecode(base64, out bytes);
        }

        return false;
    }

    private struct Values
    {
        public string? KeyId;
        public string? Algorithm;
        public long? Created;
        public long? Expires;

        public bool TryRead(ref StructuredReader reader)
        {
            while (reader.Take(';'))
            {
                reader.SkipSpaces();
                if (!reader.TryParameter(out var key, out var value)) return false;
                switch (key)
                {
                    case "keyid":
                        if (KeyId is not null) return false;
                        KeyId = value.ToString();
                        break;
                    case "alg":
                        Algorithm = value.ToString();
                        break;
                    case "created":
                        if (!TrySeconds(value, out Created)) return false;
                        break;
                    case "expires":
                        if (!TrySeconds(value, out Expires)) return false;
                        break;
                }
            }

            return true;
        }

        private static bool TrySeconds(ReadOnlySpan<char> text, out long? seconds)
        {
            var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text.Length <= 12;
            seconds = read ? number : null;
            return read;
        }
    }
}
