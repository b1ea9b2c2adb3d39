using Calf.Media;
using Calf.Tests.Support;
using SkiaSharp;

namespace Calf.Tests.Media;

/// <summary>Pictures of strangers come out upright, small, in sRGB and without what cameras write into them.</summary>
public sealed class PicturesTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public void A_picture_keeps_its_kind_and_gets_a_preview_and_a_hash(SKEncodedImageFormat format, string mime)
    {
        var ready = Prepare(Drawings.Of(1200, 800, format));

        Assert.Equal((mime, 1200, 800), (ready.Type.Mime, ready.Width, ready.Height));
        Assert.InRange(ready.PreviewWidth * ready.PreviewHeight, 200_000, 640 * 360 + 1000);
        Assert.Equal(Pictures.PreviewOf(1200, 800), (ready.PreviewWidth, ready.PreviewHeight));
        Assert.Equal(MediaType.Of(ready.Preview), ready.PreviewType);
        Assert.Equal(36, ready.Blurhash.Length);
        using var again = SKBitmap.Decode(ready.Encoded);
        Assert.Equal((1200, 800), (again.Width, again.Height));
        AssertReddish(again.GetPixel(10, 10));
    }

    [Fact]
    public void A_picture_that_is_too_large_is_made_smaller()
    {
        var ready = Prepare(Drawings.Of(6000, 4000, SKEncodedImageFormat.Jpeg));

        Assert.InRange(ready.Width * ready.Height, 8_200_000, 3840 * 2160 + 5000);
        Assert.Equal(1.5, (double)ready.Width / ready.Height, 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_photograph_is_turned_upright_and_loses_where_it_was_taken(int orientation)
    {
        // As the camera stores it: the scene (red left top, blue elsewhere) is put into the file turned or mirrored.
        var jpeg = WithExif(Stored(orientation), orientation);
        Assert.Contains("Secret Street"u8.ToArray(), jpeg);

        var ready = Prepare(jpeg);

        Assert.Equal((400, 200), (ready.Width, ready.Height));
        using var seen = SKBitmap.Decode(ready.Encoded);
        AssertReddish(seen.GetPixel(20, 20));
        AssertBluish(seen.GetPixel(380, 20));
        AssertBluish(seen.GetPixel(20, 180));
        AssertBluish(seen.GetPixel(380, 180));
        Assert.Equal(-1, ready.Encoded.AsSpan().IndexOf("Secret Street"u8));
        Assert.Equal(-1, ready.Encoded.AsSpan().IndexOf("Exif"u8));
        Assert.Equal(-1, ready.Preview.AsSpan().IndexOf("Exif"u8));
    }

    [Fact]
    public void A_small_file_that_would_unfold_to_gigabytes_is_refused_before_it_is_decoded()
    {
        var bomb = Drawings.Of(1, 1, SKEncodedImageFormat.Png);
        // The size in the header of a PNG, and the checksum of the header with it.
        bomb.AsSpan(16, 8).Clear();
        (bomb[18], bomb[19], bomb[22], bomb[23]) = (0x4E, 0x20, 0x4E, 0x20); // 20,000 by 20,000
        var crc = Crc(bomb.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), crc);

        var refused = Assert.Throws<MediaException>(() => Prepare(bomb));

        Assert.Contains("20000 × 20000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_small_already_stays_as_it_is()
    {
        Assert.Null(Still(Drawings.Of(100, 50, SKEncodedImageFormat.Png), MediaType.Png, 128));
        Assert.NotNull(Still(Drawings.Of(129, 50, SKEncodedImageFormat.Png), MediaType.Png, 128));
    }

    [Fact]
    public void What_moves_may_go_on_moving_or_stands_still()
    {
        var still = Drawings.Of(100, 50, SKEncodedImageFormat.Png);
        // An acTL chunk of two frames after the header (8 bytes of signature, 25 of IHDR).
        byte[] chunk = [.. "acTL"u8, 0, 0, 0, 2, 0, 0, 0, 0];
        byte[] crc = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(chunk));
        byte[] moving = [.. still[..33], 0, 0, 0, 8, .. chunk, .. crc, .. still[33..]];

        Assert.Null(Still(moving, MediaType.Png, 50, mayMove: true));
        Assert.Equal((MediaType.WebP, 50), (Still(moving, MediaType.Png, 50)!.Value.Type, SKBitmap.Decode(Still(moving, MediaType.Png, 50)!.Value.Encoded).Width));
        Assert.NotNull(Still(moving, MediaType.Png, 128));
    }

    [Fact]
    public void What_breaks_off_or_is_no_picture_is_refused()
    {
        var whole = Drawings.Of(800, 600, SKEncodedImageFormat.Jpeg);

        Assert.Throws<MediaException>(() => Prepare(whole[..(whole.Length / 2)]));
        Assert.Throws<MediaException>(() => Prepare([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]));
        Assert.Throws<MediaException>(() => Prepare([]));
    }

    [Fact]
    public void Every_pixel_of_one_colour_gives_the_hash_of_that_colour()
    {
        var grey = Enumerable.Repeat((byte)0x80, 32 * 32 * 4).ToArray();

        var hash = Blurhash.Encode(grey, 32, 32);

        // Four by four components, no contrast, and the colour in base 83; a flat picture has no other components.
        Assert.StartsWith("U", hash, StringComparison.Ordinal);
        Assert.Equal(36, hash.Length);
        Assert.Equal(0x808080, Decode83(hash[2..6]));
    }

    /// <summary>That of PNG chunks (ISO 3309).</summary>
    private static (byte[] Encoded, MediaType Type)? Still(byte[] content, MediaType type, int side, bool mayMove = false)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("p"), content);
        return Pictures.Still(folder.File("p"), type, side, mayMove);
    }

    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static int Decode83(string text) =>
        text.Aggregate(0, (value, c) => value * 83 + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~".IndexOf(c, StringComparison.Ordinal));

    private ReadyPicture Prepare(byte[] file)
    {
        var path = Path.Combine(folder.Path, "picture");
        File.WriteAllBytes(path, file);
        return Pictures.Prepare(path, MediaType.Of(file) ?? MediaType.Jpeg);
    }

    /// <summary>What a camera held in that way writes: 400 × 200 upright.</summary>
    private static byte[] Stored(int orientation)
    {
        var sideways = orientation >= 5;
        using var bitmap = new SKBitmap(sideways ? 200 : 400, sideways ? 400 : 200);
        for (var y = 0; y < bitmap.Height; y++)
            for (var x = 0; x < bitmap.Width; x++)
            {
                var (w, h) = (bitmap.Width, bitmap.Height);
                // Where this pixel of the file is seen (EXIF 2.3, table of orientations).
                var (seenX, seenY) = orientation switch
                {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (h - 1 - y, x),
                    7 => (h - 1 - y, w - 1 - x),
                    8 => (y, w - 1 - x),
                    _ => (x, y),
                };
                bitmap.SetPixel(x, y, seenX < 200 && seenY < 100 ? SKColors.Red : SKColors.Blue);
            }
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    /// <summary>Puts an EXIF segment with the orientation and a place behind the first marker.</summary>
    private static byte[] WithExif(byte[] jpeg, int orientation)
    {
        byte[] place = [.. "Secret Street 1\0"u8];
        byte[] tiff = [
            .. "II"u8, 42, 0, 8, 0, 0, 0, 2, 0,
            0x0E, 0x01, 2, 0, (byte)place.Length, 0, 0, 0, 38, 0, 0, 0, // ImageDescription
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0, 0, 0, 0, .. place];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    private static void AssertReddish(SKColor colour) => Assert.True(colour.Red > 200 && colour.Blue < 60, $"{colour} is not red");

    private static void AssertBluish(SKColor colour) => Assert.True(colour.Blue > 200 && colour.Red < 60, $"{colour} is not blue");

    public void Dispose() => folder.Dispose();
}
