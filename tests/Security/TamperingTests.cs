using System.Security.Cryptography;
using Calf.Security;
using static Calf.Tests.Security.SignedRequests;

namespace Calf.Tests.Security;

/// <summary>Each part of a signed request is changed in turn; none may pass, and each has a sentence to show.</summary>
public class TamperingTests
{
    private static readonly PublicKey Stranger = PublicKey.FromPem(SigningKey.Generate(KeyId).PublicPem, out _)!;

    public static TheoryData<SignatureKind, string> Parts()
    {
        var data = new TheoryData<SignatureKind, string>();
        foreach (var part in (string[])["method", "path", "query", "host", "body", "key", "signature", "keyId"])
        {
            data.Add(SignatureKind.Cavage, part);
            data.Add(SignatureKind.Rfc9421, part);
        }

        foreach (var part in (string[])["date", "digest", "content-type", "headers", "algorithm"]) data.Add(SignatureKind.Cavage, part);
        foreach (var part in (string[])["content-digest", "created", "components", "scheme"]) data.Add(SignatureKind.Rfc9421, part);
        return data;
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_changed_part_breaks_the_signature(SignatureKind kind, string part)
    {
        var good = Post(Inbox + "?a=1").Signed(kind).Received();

        Assert.True(good.Verified().IsValid);
        var verdict = Changed(good, part).Verified(key: part == "key" ? Stranger : null);

        // The name of the key is not part of what cavage signs: the caller looks the key up by it.
        if (kind == SignatureKind.Cavage && part == "keyId") Assert.True(verdict.IsValid);
        else Assert.Equal(SignatureOutcome.Refused, verdict.Outcome);
        Assert.Equal(verdict.IsValid, verdict.Reason.Length == 0);
    }

    private static SignedRequest Changed(SignedRequest request, string part) => part switch
    {
        "key" => request,
        "method" => request with { Method = "PUT" },
        "path" => request with { PathAndQuery = "/users/me/inbox?a=1" },
        "query" => request with { PathAndQuery = "/inbox?a=2" },
        "host" => (request with { Origin = "https://other.example" }).With("Host", "other.example"),
        "scheme" => request with { Origin = "http://calf.example" },
        "body" => request with { BodySha256 = SHA256.HashData([1]) },
        "signature" => Edit(request, "Signature", text => text[..^40] + (text[^40] == 'A' ? 'B' : 'A') + text[^39..]),
        "keyId" => Edit(Edit(request, "Signature-Input", OtherName), "Signature", OtherName),
        "date" => request.With("Date", Now.AddSeconds(1).ToString("r")),
        "digest" => Edit(request, "Digest", text => "sha-256=" + text["SHA-256=".Length..]),
        "content-type" => request.With("Content-Type", "text/html"),
        "headers" => Edit(request, "Signature", text => text.Replace(" content-type\"", "\"")),
        "algorithm" => Edit(request, "Signature", text => text.Replace("rsa-sha256", "rsa-sha512")),
        "content-digest" => Edit(request, "Content-Digest", text => text + ";a"),
        "created" => Edit(request, "Signature-Input", text => text.Replace("created=", "created=1;created=")),
        "components" => Edit(request, "Signature-Input", text => text.Replace("(\"@method\" ", "(\"@method\" \"@scheme\" ")),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string OtherName(string text) => text.Replace("/users/ann", "/users/bob");

    private static SignedRequest Edit(SignedRequest request, string header, Func<string, string> edit) =>
        request.Headers.TryGetValue(header, out var value) ? request.With(header, edit(value!)) : request;
}
