using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Calf.Store;

namespace Calf.Media;

/// <summary>
/// The addresses under which people see files of other servers: on this server, so that nobody else learns who looks. Each is signed
/// with a key of this server, since otherwise anybody could let us fetch and serve anything. Making one asks no SQL but once.
/// </summary>
public sealed class RemoteMediaUrls(Site site, Database database, EmojiStills stills)
{
    public const string Path = "/media/remote/";

    private const int MacBytes = 18;
    private const int MaxUrl = 2048;

    /// <summary>Read once; a migration made it.</summary>
    private readonly Lazy<byte[]> key = new(() => Convert.FromHexString(database.Read(c => Meta.Get(c, Meta.MediaKey))!));

    /// <summary>The one place where such an address is made. Files of this server keep theirs; what cannot be fetched has none.</summary>
    public string? Of(string? url, RemoteShape shape)
    {
        if (url is null) return url;
        if (site.IsOwn(url)) return shape == RemoteShape.EmojiStill ? stills.Of(url) : url;
        if (url.Length > MaxUrl || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("https" or "http")) return null;
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(url));
        return $"{site.Base}{Path}{shape.Word()}/{Base64Url.EncodeToString(Mac(shape, url))}/{encoded}";
    }

    /// <summary>What one of our addresses stands for; null when we did not make it.</summary>
    public (string Url, RemoteShape Shape)? Read(string word, string mac, string encoded)
    {
        if (RemoteShapes.Of(word) is not { } shape || !Base64Url.IsValid(mac) || !Base64Url.IsValid(encoded)) return null;
        var url = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
        return CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(mac), Mac(shape, url)) ? (url, shape) : null;
    }

    private byte[] Mac(RemoteShape shape, string url) => HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{shape.Word()}\n{url}"))[..MacBytes];
}
