using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calf.Security;

namespace Calf.Bench;

/// <summary>A Create as a usual server sends it, signed, as the bytes of a whole request.</summary>
internal static class SignedCreate
{
    public static byte[] Request(int n, string host, int port, SigningKey key, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(Activity(n, host, now));
        using var message = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{port}/inbox") { Content = new ByteArrayContent(body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/activity+json");
        HttpSignature.Sign(message, key, SignatureKind.Cavage, SHA256.HashData(body), now);
        var head = new StringBuilder($"POST /inbox HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/activity+json\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, values) in message.Headers.NonValidated) head.Append(name).Append(": ").Append(values.ToString()).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static string Activity(int n, string host, DateTimeOffset now)
    {
        var actor = $"{host}/users/sender";
        var note = string.Create(CultureInfo.InvariantCulture, $"{actor}/statuses/{n}");
        var published = now.AddSeconds(-n).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $$$"""
            {"@context":["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive","Hashtag":"as:Hashtag"}],"id":"{{{note}}}/activity","type":"Create","actor":"{{{actor}}}","published":"{{{published}}}","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["{{{actor}}}/followers"],"object":{"id":"{{{note}}}","type":"Note","summary":null,"inReplyTo":null,"published":"{{{published}}}","url":"{{{host}}}/@sender/{{{n}}}","attributedTo":"{{{actor}}}","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["{{{actor}}}/followers"],"sensitive":false,"conversation":"{{{note}}}/context","content":"<p>Post number {{{n}}}: calves stand in the meadow and look. It rained in the morning, then the sun came out, and now the grass is dry enough to lie in. <a href=\"{{{host}}}/tags/calves\" class=\"mention hashtag\" rel=\"tag\">#<span>calves</span></a></p>","contentMap":{"en":"<p>…</p>"},"attachment":[],"tag":[{"type":"Hashtag","href":"{{{host}}}/tags/calves","name":"#calves"}]}}
            """;
    }
}
