using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calf.Security;
using Microsoft.AspNetCore.Http;

namespace Calf.Tests.Security;

/// <summary>Signatures that other software makes and ours does not: written by hand, signed with the shared key.</summary>
internal static class Handmade
{
    public static SignedRequest Request(string method, string target, byte[]? body = null)
    {
        var headers = new HeaderDictionary
        {
            ["Host"] = "calf.example",
            ["Date"] = SignedRequests.Now.ToString("r", CultureInfo.InvariantCulture),
            ["Content-Type"] = "application/activity+json",
        };
        if (method == "POST") headers["Digest"] = "SHA-256=" + Convert.ToBase64String(SHA256.HashData(body ?? []));
        return new SignedRequest(method, SignedRequests.Origin, target, headers, body is null ? null : SHA256.HashData(body));
    }

    /// <param name="lines">The signing string; the names before the colons become the list of headers.</param>
    /// <param name="parameters">Everything of the header except headers and signature.</param>
    public static SignedRequest Cavage(this SignedRequest request, string[] lines, string parameters, bool list = true)
    {
        var names = string.Join(' ', lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
        var signature = Convert.ToBase64String(SignedRequests.Key.Sign(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        var headers = list ? $",headers=\"{names}\"" : "";
        return request.With("Signature", $"keyId=\"{SignedRequests.KeyId}\"{parameters}{headers},signature=\"{signature}\"");
    }

    /// <summary>The lines for the given names, taken from the request itself.</summary>
    public static string[] Lines(this SignedRequest request, params string[] names) =>
        [.. names.Select(name => name == "(request-target)"
            ? $"(request-target): {request.Method.ToLowerInvariant()} {request.PathAndQuery}"
            : $"{name}: {request.Headers[name]}")];

    /// <param name="components">Name in quotes, with its parameters, and value.</param>
    public static SignedRequest Rfc9421(this SignedRequest request, (string Name, string Value)[] components, string parameters)
    {
        var input = $"({string.Join(' ', components.Select(component => component.Name))}){parameters}";
        var lines = string.Concat(components.Select(component => $"{component.Name}: {component.Value}\n"));
        var signature = SignedRequests.Key.Sign(Encoding.UTF8.GetBytes($"{lines}\"@signature-params\": {input}"));
        return request.With("Signature-Input", "a=" + input).With("Signature", $"a=:{Convert.ToBase64String(signature)}:");
    }
}
