using System.Security.Cryptography;
using System.Text;
using Calf.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Security;

/// <summary>What the tests of signatures share: one key, one moment, and the way from a sent request to a received one.</summary>
internal static class SignedRequests
{
    public const string Origin = "https://calf.example";
    public const string KeyId = "https://peer.example/users/ann#main-key";
    public const string Inbox = Origin + "/inbox";

    public static readonly SigningKey Key = SigningKey.Generate(KeyId);
    public static readonly PublicKey Public = PublicKey.FromPem(Key.PublicPem, out _)!;
    public static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    public static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"Follow"}""");

    public static DateTimeOffset Now => Clock.GetUtcNow();

    public static HttpRequestMessage Post(string url = Inbox)
    {
        var content = new ByteArrayContent(Body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/activity+json");
        return new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
    }

    public static HttpRequestMessage Signed(this HttpRequestMessage request, SignatureKind kind, bool omitQuery = false)
    {
        HttpSignature.Sign(request, Key, kind, request.Content is null ? null : SHA256.HashData(Body), Now, omitQuery);
        return request;
    }

    /// <summary>As the server behind <see cref="Origin"/> sees it.</summary>
    public static SignedRequest Received(this HttpRequestMessage request)
    {
        var headers = new HeaderDictionary { ["Host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.NonValidated) headers[name] = values.ToArray();
        if (request.Content is not null)
            foreach (var (name, values) in request.Content.Headers.NonValidated) headers[name] = values.ToArray();
        return new SignedRequest(request.Method.Method, Origin, request.RequestUri.PathAndQuery, headers,
            request.Content is null ? null : SHA256.HashData(Body));
    }

    public static SignatureVerdict Verified(this SignedRequest request, DateTimeOffset? now = null, PublicKey? key = null) =>
        HttpSignature.TryParse(request, out var signature, out var verdict)
            ? HttpSignature.Verify(signature, request, key ?? Public, now ?? Now)
            : verdict;

    /// <summary>The same request with one header changed; null takes it away.</summary>
    public static SignedRequest With(this SignedRequest request, string name, string? value)
    {
        var headers = new HeaderDictionary();
        foreach (var header in request.Headers) headers[header.Key] = header.Value;
        if (value is null) headers.Remove(name);
        else headers[name] = value;
        return request with { Headers = headers };
    }
}
