using System.Security.Cryptography;
using System.Text;
using Calf.Security;
using Calf.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Calf.Tests.Security;

/// <summary>Reads the recorded HTTP messages of the corpus.</summary>
internal static class CorpusMessages
{
    public static SignedRequest Read(string path)
    {
        var message = Corpus.Text(path).ReplaceLineEndings("\n");
        var blank = message.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (blank < 0 ? message : message[..blank]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var body = blank < 0 ? null : SHA256.HashData(Encoding.UTF8.GetBytes(message[(blank + 2)..].TrimEnd('\n')));

        var headers = new HeaderDictionary();
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = line[..colon];
            headers[name] = StringValues.Concat(headers[name], line[(colon + 1)..].Trim());
        }

        var start = lines[0].Split(' ');
        return new SignedRequest(start[0], "https://example.com", start[1], headers, body);
    }

    public static PublicKey Key(string path)
    {
        var key = PublicKey.FromPem(Corpus.Text(path), out var reason);
        Assert.True(key is not null, reason);
        return key;
    }

    public static ParsedSignature Signature(SignedRequest request)
    {
        Assert.True(HttpSignature.TryParse(request, out var signature, out var verdict), verdict.Reason);
        return signature;
    }
}
