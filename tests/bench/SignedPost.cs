using System.Security.Cryptography;
using System.Text;
using Calf.Security;
using Microsoft.AspNetCore.Http;

namespace Calf.Bench;

/// <summary>An activity on its way to the shared inbox.</summary>
internal static class SignedPost
{
    public const string Path = "/inbox";

    /// <summary>The bytes of a whole request.</summary>
    public static byte[] Bytes(string activity, int port, SigningKey key, SignatureKind kind, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(activity);
        using var message = Message(body, port, key, kind, now);
        var head = new StringBuilder($"POST {Path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/activity+json\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, values) in message.Headers.NonValidated) head.Append(name).Append(": ").Append(values.ToString()).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    /// <summary>The same as the inbox sees it when its headers are read.</summary>
    public static SignedRequest Received(string activity, int port, SigningKey key, SignatureKind kind, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(activity);
        using var message = Message(body, port, key, kind, now);
        var headers = new HeaderDictionary { ["Host"] = $"localhost:{port}", ["Content-Type"] = "application/activity+json" };
        foreach (var (name, values) in message.Headers.NonValidated) headers[name] = values.ToString();
        return new SignedRequest("POST", $"http://localhost:{port}", Path, headers, SHA256.HashData(body));
    }

    /// <summary>Signed by RFC 9421 with an Ed25519 key, which Calf verifies and does not send.</summary>
    public static SignedRequest Received(string activity, int port, Ed25519Key key, string keyId, DateTimeOffset now)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(activity));
        var digest = $"sha-256=:{Convert.ToBase64String(hash)}:";
        var parameters = $"(\"@method\" \"@target-uri\" \"content-digest\");created={now.ToUnixTimeSeconds()};keyid=\"{keyId}\";alg=\"ed25519\"";
        var origin = $"http://localhost:{port}";
        var signed = $"\"@method\": POST\n\"@target-uri\": {origin}{Path}\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}";
        var headers = new HeaderDictionary
        {
            ["Host"] = $"localhost:{port}",
            ["Content-Digest"] = digest,
            ["Signature-Input"] = "sig1=" + parameters,
            ["Signature"] = $"sig1=:{Convert.ToBase64String(key.Sign(Encoding.ASCII.GetBytes(signed)))}:",
        };
        return new SignedRequest("POST", origin, Path, headers, hash);
    }

    private static HttpRequestMessage Message(byte[] body, int port, SigningKey key, SignatureKind kind, DateTimeOffset now)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{port}{Path}");
        HttpSignature.Sign(message, key, kind, SHA256.HashData(body), now);
        return message;
    }
}
