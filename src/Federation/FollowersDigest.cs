using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Calf.Security;

namespace Calf.Federation;

/// <summary>The <c>Collection-Synchronization</c> header: which followers on the receiving server the sender knows (FEP-8fcf).</summary>
/// <param name="Collection">The sender's followers collection.</param>
/// <param name="Url">Where the part of it is that lives on the receiving server.</param>
/// <param name="Digest">Of that part, as <see cref="Of"/> makes it.</param>
public sealed record FollowersDigest(string Collection, string Url, string Digest)
{
    public const string Header = HttpSignature.FurtherHeader;

    private const int MaxHeader = 8192;

    /// <summary>XOR of the SHA-256 of each id, in lower-case hex; zeros for nobody.</summary>
    public static string Of(IEnumerable<string> ids)
    {
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> one = stackalloc byte[SHA256.HashSizeInBytes];
        sum.Clear();
        foreach (var id in ids)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(id), one);
            for (var i = 0; i < sum.Length; i++) sum[i] ^= one[i];
        }
        return Convert.ToHexStringLower(sum);
    }

    public override string ToString() => $"collectionId=\"{Collection}\", url=\"{Url}\", digest=\"{Digest}\"";

    public static bool TryParse(string? header, [NotNullWhen(true)] out FollowersDigest? parsed)
    {
        parsed = null;
        if (header is null || header.Length > MaxHeader) return false;
        string? collection = null, url = null, digest = null;
        // No address holds a quote, so each pair ends with one.
        foreach (var pair in header.Split('"', StringSplitOptions.TrimEntries).Chunk(2))
        {
            if (pair is not [var name, var value]) continue;
            switch (name.TrimStart(',').Trim())
            {
                case "collectionId=": collection = value; break;
                case "url=": url = value; break;
                case "digest=": digest = value.ToLowerInvariant(); break;
            }
        }
        if (collection is null || url is null || digest is not { Length: 2 * SHA256.HashSizeInBytes } || !digest.All(char.IsAsciiHexDigitLower)) return false;
        parsed = new FollowersDigest(collection, url, digest);
        return true;
    }
}
