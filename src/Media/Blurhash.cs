using System.Text;

namespace Calf.Media;

/// <summary>A picture in some thirty characters, to show while it loads. https://github.com/woltapp/blurhash/blob/master/Algorithm.md</summary>
public static class Blurhash
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    /// <summary>As Mastodon's.</summary>
    private const int ComponentsX = 4, ComponentsY = 4;

    /// <param name="rgba">Four bytes a pixel, row by row; the fourth is not looked at.</param>
    public static string Encode(ReadOnlySpan<byte> rgba, int width, int height)
    {
        var factors = new (double R, double G, double B)[ComponentsX * ComponentsY];
        for (var j = 0; j < ComponentsY; j++)
            for (var i = 0; i < ComponentsX; i++)
                factors[j * ComponentsX + i] = Factor(rgba, width, height, i, j);

        var hash = new StringBuilder();
        Append(hash, ComponentsX - 1 + (ComponentsY - 1) * 9, 1);
        var largest = factors.Skip(1).Max(f => Math.Max(Math.Abs(f.R), Math.Max(Math.Abs(f.G), Math.Abs(f.B))));
        var quantised = (int)Math.Clamp(Math.Floor(largest * 166 - 0.5), 0, 82);
        Append(hash, quantised, 1);
        var first = factors[0];
        Append(hash, (ToSrgb(first.R) << 16) + (ToSrgb(first.G) << 8) + ToSrgb(first.B), 4);
        var most = (quantised + 1) / 166.0;
        foreach (var f in factors.Skip(1)) Append(hash, Step(f.R / most) * 19 * 19 + Step(f.G / most) * 19 + Step(f.B / most), 2);
        return hash.ToString();
    }

    private static (double R, double G, double B) Factor(ReadOnlySpan<byte> rgba, int width, int height, int i, int j)
    {
        double r = 0, g = 0, b = 0;
        for (var y = 0; y < height; y++)
        {
            var basisY = Math.Cos(Math.PI * j * y / height);
            for (var x = 0; x < width; x++)
            {
                var basis = Math.Cos(Math.PI * i * x / width) * basisY;
                var pixel = rgba.Slice((y * width + x) * 4, 3);
                r += basis * ToLinear(pixel[0]);
                g += basis * ToLinear(pixel[1]);
                b += basis * ToLinear(pixel[2]);
            }
        }
        var scale = (i == 0 && j == 0 ? 1.0 : 2.0) / (width * height);
        return (r * scale, g * scale, b * scale);
    }

    private static int Step(double value) => (int)Math.Clamp(Math.Floor(Math.Sign(value) * Math.Sqrt(Math.Abs(value)) * 9 + 9.5), 0, 18);

    private static double ToLinear(byte value)
    {
        var v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static int ToSrgb(double value)
    {
        var v = Math.Clamp(value, 0, 1);
        return (int)((v <= 0.0031308 ? v * 12.92 : 1.055 * Math.Pow(v, 1 / 2.4) - 0.055) * 255 + 0.5);
    }

    private static void Append(StringBuilder hash, int value, int length)
    {
        for (var divisor = (int)Math.Pow(Digits.Length, length - 1); length-- > 0; divisor /= Digits.Length)
            hash.Append(Digits[value / divisor % Digits.Length]);
    }
}
