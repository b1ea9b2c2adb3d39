using SkiaSharp;

namespace Calf.Media;

/// <summary>A picture made ready: turned upright, in sRGB, no larger than needed and without anything that was written into the file.</summary>
/// <param name="Encoded">In the format of <paramref name="Type"/>.</param>
public sealed record ReadyPicture(byte[] Encoded, MediaType Type, int Width, int Height, byte[] Preview, MediaType PreviewType, int PreviewWidth, int PreviewHeight, string Blurhash);

/// <summary>Reads pictures of strangers and writes them anew. One at a time: a picture in memory is some fifty times its file.</summary>
public static class Pictures
{
    /// <summary>As Mastodon's: 8K. Looked at before anything is decoded.</summary>
    public const int MaxPixels = 7680 * 4320;

    /// <summary>Stored pictures have at most so many pixels, as Mastodon's.</summary>
    public const int StoredPixels = 3840 * 2160;

    /// <summary>A picture of the right size that takes no more is not worth writing anew.</summary>
    private const int SmallBytes = 200 * 1024;

    private const int MovingPngLooked = 64 * 1024;
    private const int PreviewPixels = 640 * 360;
    private const int BlurhashSide = 32;
    private const int Quality = 88;

    private static readonly Lock OneAtATime = new();

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>As good down to half the size, and makes no smaller copies to draw from.</summary>
    private static readonly SKSamplingOptions Near = new(SKFilterMode.Linear, SKMipmapMode.None);

    /// <summary>Blocks for as long as it takes, which is a second for a large photograph on a small machine.</summary>
    /// <exception cref="MediaException">It is no picture that can be read, or has too many pixels.</exception>
    public static ReadyPicture Prepare(string path, MediaType type, int mostPixels = StoredPixels)
    {
        using var codec = SKCodec.Create(path) ?? throw new MediaException(Words.T("The picture cannot be read. It may be damaged, or of a kind that this server does not know."));
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels)
            throw new MediaException(Words.T("The picture has {width} × {height} pixels. The most are {most} million.", ("width", Words.Digits(codec.Info.Width)), ("height", Words.Digits(codec.Info.Height)), ("most", Words.Digits(MaxPixels / 1_000_000))));
        lock (OneAtATime) return Drawn(codec, type, mostPixels);
    }

    private static ReadyPicture Drawn(SKCodec codec, MediaType type, int mostPixels)
    {
        using var upright = Upright(codec, mostPixels);
        var stored = type.Mime switch { "image/png" => MediaType.Png, "image/webp" => MediaType.WebP, "image/gif" => MediaType.Png, _ => MediaType.Jpeg };
        using var preview = Scaled(upright, PreviewPixels);
        using var tiny = preview.Resize(new SKSizeI(Math.Min(BlurhashSide, preview.Width), Math.Min(BlurhashSide, preview.Height)), Smooth);
        var previewType = stored == MediaType.Jpeg ? MediaType.Jpeg : MediaType.WebP;
        return new ReadyPicture(
            Encode(upright, stored), stored, upright.Width, upright.Height,
            Encode(preview, previewType), previewType, preview.Width, preview.Height,
            Blurhash.Encode(tiny.GetPixelSpan(), tiny.Width, tiny.Height));
    }

    /// <summary>A small still picture of one, in JPEG, or in WebP where something shows through; null where it stays as it is, being small already.</summary>
    /// <param name="mayMove">An animation stays as it is too.</param>
    /// <exception cref="MediaException">It cannot be read, or has too many pixels.</exception>
    public static (byte[] Encoded, MediaType Type)? Still(string path, MediaType type, int longestSide, bool mayMove)
    {
        using var codec = Look(path, type);
        if (codec is null) return null;
        var (width, height) = ((double)codec.Info.Width, (double)codec.Info.Height);
        if (Moves(codec, path, type) ? mayMove : Math.Max(width, height) <= longestSide && new FileInfo(path).Length <= SmallBytes) return null;
        var scale = Math.Min(1, longestSide / Math.Max(width, height));
        var made = codec.Info.AlphaType == SKAlphaType.Opaque ? MediaType.Jpeg : MediaType.WebP;
        lock (OneAtATime)
        {
            using var upright = Upright(codec, Math.Max(1, (int)(width * height * scale * scale)));
            return (Encode(upright, made), made);
        }
    }

    /// <summary>Whether it is an animation.</summary>
    /// <exception cref="MediaException">It cannot be read, or has too many pixels.</exception>
    public static bool Moves(string path, MediaType type)
    {
        using var codec = Look(path, type);
        return codec is not null && Moves(codec, path, type);
    }

    private static bool Moves(SKCodec codec, string path, MediaType type) => codec.FrameCount > 1 || (type == MediaType.Png && IsMovingPng(path));

    /// <summary>Skia sees one picture in an APNG. Its chunk acTL stands before the first of them (https://www.w3.org/TR/png-3/#acTL-chunk).</summary>
    private static bool IsMovingPng(string path)
    {
        var head = new byte[MovingPngLooked];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        var picture = read.IndexOf("IDAT"u8);
        return (picture < 0 ? read : read[..picture]).IndexOf("acTL"u8) >= 0;
    }

    /// <summary>Looks at its head, decoding nothing.</summary>
    /// <exception cref="MediaException">It cannot be read, or has too many pixels.</exception>
    public static void Demand(string path, MediaType type) => Look(path, type)?.Dispose();

    /// <summary>Null for AVIF and HEIC, which browsers may read and Skia here does not.</summary>
    private static SKCodec? Look(string path, MediaType type)
    {
        var codec = SKCodec.Create(path);
        if (codec is null) return type == MediaType.Avif || type == MediaType.Heic ? null : throw new MediaException(Words.T("The picture cannot be read. It may be damaged."));
        if ((long)codec.Info.Width * codec.Info.Height <= MaxPixels) return codec;
        codec.Dispose();
        throw new MediaException(Words.T("The picture has more than {most} million pixels.", ("most", Words.Digits(MaxPixels / 1_000_000))));
    }

    /// <summary>Decoded into sRGB, smaller where the format can while it decodes, and turned as the camera was held.</summary>
    private static SKBitmap Upright(SKCodec codec, int mostPixels)
    {
        var size = new SKSizeI(codec.Info.Width, codec.Info.Height);
        var shrink = Shrink(size, mostPixels);
        // JPEG decodes at eighths for free; never below what is wanted.
        if (shrink < 1)
        {
            var scaled = codec.GetScaledDimensions((float)shrink);
            if (scaled.Width >= size.Width * shrink && scaled.Height >= size.Height * shrink) size = scaled;
        }
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using var decoded = new SKBitmap(info);
        var result = codec.GetPixels(info, decoded.GetPixels());
        if (result is not SKCodecResult.Success and not SKCodecResult.IncompleteInput)
            throw new MediaException(Words.T("The picture cannot be read to its end. It may be damaged."));
        if (result == SKCodecResult.IncompleteInput) throw new MediaException(Words.T("The picture breaks off before its end. Send it again."));
        return Turned(decoded, codec.EncodedOrigin, Shrink(size, mostPixels));
    }

    /// <summary>Drawn once, turned and scaled at the same time.</summary>
    private static SKBitmap Turned(SKBitmap source, SKEncodedOrigin origin, double scale)
    {
        var sideways = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = (Side(source.Width, scale), Side(source.Height, scale));
        var info = source.Info.WithSize(sideways ? height : width, sideways ? width : height);
        var target = new SKBitmap(info);
        using var canvas = new SKCanvas(target);
        canvas.SetMatrix(Matrix(origin, width, height));
        // Else the image is a copy.
        source.SetImmutable();
        using var image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), scale > 0.5 ? Near : Smooth);
        return target;
    }

    /// <summary>From the stored picture to the upright one; the eight orientations of EXIF (TIFF tag 274).</summary>
    private static SKMatrix Matrix(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static SKBitmap Scaled(SKBitmap source, int pixels)
    {
        var scale = Shrink(new SKSizeI(source.Width, source.Height), pixels);
        return source.Resize(new SKSizeI(Side(source.Width, scale), Side(source.Height, scale)), Smooth);
    }

    /// <summary>The size of the preview that <see cref="Prepare"/> makes of a picture of this size.</summary>
    public static (int Width, int Height) PreviewOf(int width, int height)
    {
        var scale = Shrink(new SKSizeI(width, height), PreviewPixels);
        return (Side(width, scale), Side(height, scale));
    }

    private static double Shrink(SKSizeI size, int pixels) => Math.Min(1, Math.Sqrt(pixels / ((double)size.Width * size.Height)));

    private static int Side(int length, double scale) => Math.Max(1, (int)Math.Round(length * scale));

    private static byte[] Encode(SKBitmap bitmap, MediaType type)
    {
        var format = type == MediaType.Png ? SKEncodedImageFormat.Png : type == MediaType.WebP ? SKEncodedImageFormat.Webp : SKEncodedImageFormat.Jpeg;
        using var data = bitmap.Encode(format, Quality) ?? throw new MediaException(Words.T("The picture could not be written."));
        return data.ToArray();
    }
}

/// <summary>A file cannot be taken; the message is for the person who sent it.</summary>
public sealed class MediaException(string message, Exception? cause = null) : Exception(message, cause);
