using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Calf.Security;

/// <summary>
/// AWS Signature Version 4 in the Authorization header, as every S3-compatible store takes it
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
/// </summary>
public sealed class AwsSignature(string accessKey, string secretKey, string region)
{
    /// <summary>The hash of no body.</summary>
    public const string NoBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>All headers to send: those given, and those that sign them together with the address.</summary>
    /// <param name="uri">Escaped as it will be sent.</param>
    /// <param name="bodyHash">SHA-256 in hex, which the store holds against what it gets.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(HttpMethod method, Uri uri, IEnumerable<KeyValuePair<string, string>> headers, string bodyHash, DateTimeOffset now)
    {
        var at = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> sent = [.. headers, new("x-amz-content-sha256", bodyHash), new("x-amz-date", at)];
        var signed = sent.Append(new("host", uri.Authority)).Select(h => (Name: h.Key.ToLowerInvariant(), Value: h.Value.Trim())).OrderBy(h => h.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', signed.Select(h => h.Name));
        var request = $"{method}\n{uri.AbsolutePath}\n{Query(uri)}\n{string.Concat(signed.Select(h => $"{h.Name}:{h.Value}\n"))}\n{names}\n{bodyHash}";
        var scope = $"{at[..8]}/{region}/s3/aws4_request";
        var text = $"{Algorithm}\n{at}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        sent.Add(new("Authorization", $"{Algorithm} Credential={accessKey}/{scope},SignedHeaders={names},Signature={Convert.ToHexStringLower(Mac(Key(at[..8]), text))}"));
        return sent;
    }

    private byte[] Key(string day) => Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + secretKey), day), region), "s3"), "aws4_request");

    /// <summary>The parameters in the order of their names, each with its equals sign.</summary>
    private static string Query(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + "=").Order(StringComparer.Ordinal));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
