using System.Text;
using SkiaSharp;

namespace Calf.Bench;

/// <summary>Pictures that cost what photographs cost: broad shapes under the grain of a sensor.</summary>
internal static class Photographs
{
    /// <summary>A camera of 12 megapixels.</summary>
    public const int Width = 4000, Height = 3000;

    private const int Quality = 90, Grain = 12;

    /// <summary>A JPEG of a few megabytes; another number gives other content.</summary>
    public static byte[] Make(int number, int width = Width, int height = Height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        var grain = new byte[1 << 20];
        new Random(number).NextBytes(grain);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = (y * width + x) * 4;
                var dust = grain[(at / 4 * 7 + y * 31) & (grain.Length - 1)] % Grain;
                pixels[at] = Shade(x + number * 100, y, 0.004, dust);
                pixels[at + 1] = Shade(x, y + number * 50, 0.007, dust);
                pixels[at + 2] = Shade(y, x, 0.005, dust);
                pixels[at + 3] = byte.MaxValue;
            }
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality).ToArray();
    }

    /// <summary>The request of an app that sends a file.</summary>
    public static byte[] Upload(byte[] jpeg, int port, string token)
    {
        const string Border = "----bench";
        var before = Encoding.ASCII.GetBytes($"--{Border}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
        var after = Encoding.ASCII.GetBytes($"\r\n--{Border}--\r\n");
        var head = $"POST /api/v2/media HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary={Border}\r\nContent-Length: {before.Length + jpeg.Length + after.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. before, .. jpeg, .. after];
    }

    private static byte Shade(int x, int y, double step, int dust) => (byte)(120 + 60 * Math.Sin(x * step) + 40 * Math.Cos((x + y) * step * 1.7) + dust);
}
