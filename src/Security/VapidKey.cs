using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Calf.Security;

/// <summary>The key by which push services know this server (RFC 8292).</summary>
public sealed class VapidKey : IDisposable
{
    /// <summary>Push services take at most a day.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromHours(12);

    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);

    private readonly ECDsa key;

    private VapidKey(ECDsa key)
    {
        this.key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]);
    }

    /// <summary>The uncompressed point, base64url without padding.</summary>
    public string PublicKey { get; }

    public static VapidKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="text">As <see cref="Export"/> gave it.</param>
    public static VapidKey Import(string text)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
        return new VapidKey(key);
    }

    /// <summary>The private key: PKCS #8 in base64.</summary>
    public string Export() => Convert.ToBase64String(key.ExportPkcs8PrivateKey());

    /// <summary>A signed token for one push service.</summary>
    /// <param name="subject">Where whoever runs the service can turn to: a URL or a mailto.</param>
    public string Token(Uri endpoint, string subject, DateTimeOffset now)
    {
        using var claims = new MemoryStream();
        using (var json = new Utf8JsonWriter(claims))
        {
            json.WriteStartObject();
            json.WriteString("aud", endpoint.GetLeftPart(UriPartial.Authority));
            json.WriteNumber("exp", (now + Valid).ToUnixTimeSeconds());
            json.WriteString("sub", subject);
            json.WriteEndObject();
        }
        var signed = $"{Header}.{Base64Url.EncodeToString(claims.ToArray())}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => key.Dispose();
}
