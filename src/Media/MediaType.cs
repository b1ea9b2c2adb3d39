namespace Calf.Media;

/// <summary>What a file is by its first bytes. <paramref name="Extension"/> has no dot.</summary>
public sealed record MediaType(MediaKind Kind, string Mime, string Extension)
{
    public static readonly MediaType
        Jpeg = new(MediaKind.Image, "image/jpeg", "jpg"),
        Png = new(MediaKind.Image, "image/png", "png"),
        Gif = new(MediaKind.Image, "image/gif", "gif"),
        WebP = new(MediaKind.Image, "image/webp", "webp"),
        Avif = new(MediaKind.Image, "image/avif", "avif"),
        Heic = new(MediaKind.Image, "image/heic", "heic"),
        Mp4 = new(MediaKind.Video, "video/mp4", "mp4"),
        WebM = new(MediaKind.Video, "video/webm", "webm"),
        QuickTime = new(MediaKind.Video, "video/quicktime", "mov"),
        Mp3 = new(MediaKind.Audio, "audio/mpeg", "mp3"),
        Ogg = new(MediaKind.Audio, "audio/ogg", "ogg"),
        Flac = new(MediaKind.Audio, "audio/flac", "flac"),
        Wav = new(MediaKind.Audio, "audio/wav", "wav"),
        M4A = new(MediaKind.Audio, "audio/mp4", "m4a");

    /// <summary>How many bytes <see cref="Of"/> looks at.</summary>
    public const int Looked = 64;

    /// <summary>All that can be stored and served: nothing that a browser would run.</summary>
    public static readonly IReadOnlyList<MediaType> All = [Jpeg, Png, Gif, WebP, Avif, Heic, Mp4, WebM, QuickTime, Mp3, Ogg, Flac, Wav, M4A];

    public static MediaType? OfExtension(string extension) => All.FirstOrDefault(type => type.Extension == extension);

    /// <summary>Null when it is none of <see cref="All"/>. The name and the type that the sender gave are not asked.</summary>
    public static MediaType? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return Gif;
        if (head.StartsWith("RIFF"u8) && head.Length >= 12) return head[8..12].SequenceEqual("WEBP"u8) ? WebP : head[8..12].SequenceEqual("WAVE"u8) ? Wav : null;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return head.IndexOf("webm"u8) >= 0 ? WebM : null;
        if (head.StartsWith("OggS"u8)) return Ogg;
        if (head.StartsWith("fLaC"u8)) return Flac;
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8)) return OfBrand(head[8..12]);
        // An ID3 tag, or the eleven set bits of an MPEG frame with the layer that is called 3.
        return head.StartsWith("ID3"u8) || (head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2) ? Mp3 : null;
    }

    /// <inheritdoc cref="Of"/>
    public static MediaType? OfFile(string path)
    {
        var head = new byte[Looked];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Of(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    /// <summary>The major brand of an ISO base media file (ISO/IEC 14496-12, ftyp).</summary>
    private static MediaType OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.StartsWith("avi"u8)) return Avif;
        if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8)) return Heic;
        if (brand.SequenceEqual("qt  "u8)) return QuickTime;
        return brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) ? M4A : Mp4;
    }
}

/// <summary>How a file is shown.</summary>
public enum MediaKind
{
    Image,
    Video,
    Audio,
}
