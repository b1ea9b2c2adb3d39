using System.Globalization;

namespace Calf.Security;

/// <summary>Writes the one shape that every server reads (wire 3): all values quoted, the algorithm named, no (created).</summary>
internal static class CavageSigning
{
    public static void Sign(HttpRequestMessage request, SigningKey key, byte[]? bodySha256, DateTimeOffset now, bool omitQuery)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("A request needs its address before it can be signed.");
        var date = now.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("Date", date);

        var text = new SignatureBase(stackalloc byte[SignatureBase.UsualLength]);
        try
        {
            text.Append("(request-target): ");
            text.AppendLower(request.Method.Method);
            text.Append(" ");
            text.Append(omitQuery ? uri.AbsolutePath : uri.PathAndQuery);
            text.Append("\nhost: ");
            text.Append(request.Headers.Host ?? HostOf(uri));
            text.Append("\ndate: ");
            text.Append(date);

            var headers = "(request-target) host date";
            if (bodySha256 is not null)
            {
                var digest = "SHA-256=" + Convert.ToBase64String(bodySha256);
                request.Headers.TryAddWithoutValidation("Digest", digest);
                text.Append("\ndigest: ");
                text.Append(digest);
                headers += " digest";
            }

            if (bodySha256 is not null && request.Content?.Headers.ContentType is { } type)
            {
                text.Append("\ncontent-type: ");
                text.Append(type.ToString());
                headers += " content-type";
            }

            if (request.Headers.NonValidated.TryGetValues(HttpSignature.FurtherHeader, out var further))
            {
                text.Append("\ncollection-synchronization: ");
                text.Append(further.ToString());
                headers += " collection-synchronization";
            }

            var signature = Convert.ToBase64String(key.Sign(text.Written));
            request.Headers.TryAddWithoutValidation("Signature",
                $"keyId=\"{key.KeyId}\",algorithm=\"rsa-sha256\",headers=\"{headers}\",signature=\"{signature}\"");
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>The Host header that HttpClient sends of itself: no default port (wire 6).</summary>
    private static string HostOf(Uri uri)
    {
        var name = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        return uri.IsDefaultPort ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{uri.Port}");
    }
}
