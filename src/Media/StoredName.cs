using System.Buffers;
using System.Security.Cryptography;

namespace Calf.Media;

/// <summary>
/// Stored files are named after their content, the SHA-256 in hex and an extension: the same file is stored once, what is there under a
/// name never changes, and anybody can tell whether it is whole.
/// </summary>
public static class StoredName
{
    private const int HashLength = SHA256.HashSizeInBytes * 2;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string Of(string path, MediaType type)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return $"{Convert.ToHexStringLower(SHA256.HashData(stream))}.{type.Extension}";
    }

    public static bool Is(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) == HashLength && name.AsSpan(0, HashLength).IndexOfAnyExcept(Digits) < 0 && Type(name) is not null;

    /// <summary>The SHA-256 that a file of this name has, in hex.</summary>
    public static string HashIn(string name) => name[..HashLength];

    /// <summary>What a file of this name is.</summary>
    public static MediaType TypeIn(string name) => Type(name) ?? throw new ArgumentException("It is not the name of a stored file.", nameof(name));

    /// <summary>Reads all of it and tells whether it is what its name says.</summary>
    public static async Task<bool> Fits(string name, Stream content, CancellationToken cancel) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) == HashIn(name);

    private static MediaType? Type(string name) => MediaType.OfExtension(name[(HashLength + 1)..]);
}
