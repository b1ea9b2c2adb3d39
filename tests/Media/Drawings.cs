using SkiaSharp;

namespace Calf.Tests.Media;

/// <summary>Pictures for tests: the left half red, the right one green.</summary>
internal static class Drawings
{
    public static byte[] Of(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Red);
            using var paint = new SKPaint { Color = SKColors.Green };
            canvas.DrawRect(width / 2, 0, width / 2, height, paint);
        }
        return bitmap.Encode(format, 95).ToArray();
    }

    /// <summary>A PNG that cannot be made small: the same noise in every run.</summary>
    public static byte[] Noise(int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }
}
