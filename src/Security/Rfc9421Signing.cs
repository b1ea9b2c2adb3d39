using System.Globalization;

namespace Calf.Security;

/// <summary>Signs as Mastodon's documentation asks (wire 15): @method, @target-uri and content-digest, with created and keyid.</summary>
internal static class Rfc9421Signing
{
    public static void Sign(HttpRequestMessage request, SigningKey key, byte[]? bodySha256, DateTimeOffset now)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("A request needs its address before it can be signed.");
        request.Headers.TryAddWithoutValidation("Date", now.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture));

        var text = new SignatureBase(stackalloc byte[SignatureBase.UsualLength]);
        try
        {
            text.Append("\"@method\": ");
            text.Append(request.Method.Method);
            text.Append("\n\"@target-uri\": ");
            text.Append(uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped));

            var components = "\"@method\" \"@target-uri\"";
            if (bodySha256 is not null)
            {
                var digest = $"sha-256=:{Convert.ToBase64String(bodySha256)}:";
                request.Headers.TryAddWithoutValidation("Content-Digest", digest);
                text.Append("\n\"content-digest\": ");
                text.Append(digest);
                components += " \"content-digest\"";
            }

            if (request.Headers.NonValidated.TryGetValues(HttpSignature.FurtherHeader, out var further))
            {
                text.Append("\n\"collection-synchronization\": ");
                text.Append(further.ToString());
                components += " \"collection-synchronization\"";
            }

            var input = string.Create(CultureInfo.InvariantCulture,
                $"({components});created={now.ToUnixTimeSeconds()};keyid=\"{key.KeyId}\";alg=\"rsa-v1_5-sha256\"");
            text.Append("\n\"@signature-params\": ");
            text.Append(input);

            request.Headers.TryAddWithoutValidation("Signature-Input", "sig1=" + input);
            request.Headers.TryAddWithoutValidation("Signature", $"sig1=:{Convert.ToBase64String(key.Sign(text.Written))}:");
        }
        finally
        {
            text.Dispose();
        }
    }
}
