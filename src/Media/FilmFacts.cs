using System.Globalization;
using System.Text.Json;

namespace Calf.Media;

/// <summary>The pictures of a film.</summary>
/// <param name="Width">As seen, after the turn that the file asks for; 0 when its pictures are too large to be looked at.</param>
/// <param name="FrameRate">A fraction, such as 30000/1001.</param>
public sealed record FilmStream(int Index, string Codec, string PixelFormat, int Width, int Height, string FrameRate)
{
    /// <summary>Pictures a second; 0 when that is not known.</summary>
    public double Rate => FrameRate.Split('/') is [var above, var below] && FilmFacts.Number(above) is { } a && FilmFacts.Number(below) is > 0 and var b ? a / b : 0;
}

public sealed record SoundStream(int Index, string Codec);

/// <summary>What ffprobe says of a file. Data and subtitles are not looked at, since they are left out.</summary>
/// <param name="Cover">The stream of the picture on a piece of music.</param>
/// <param name="Duration">In seconds.</param>
/// <param name="Bitrate">Bits a second.</param>
public sealed record FilmFacts(FilmStream? Film, SoundStream? Sound, int? Cover, double? Duration, long? Bitrate)
{
    /// <summary>What is asked of ffprobe.</summary>
    public const string Entries =
        "format=duration,bit_rate:stream=index,codec_type,codec_name,width,height,pix_fmt,avg_frame_rate:stream_disposition=attached_pic:stream_side_data=rotation";

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static FilmFacts Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var streams = document.RootElement.TryGetProperty("streams", out var all) ? all.EnumerateArray().ToList() : [];
        var pictures = streams.Where(s => Text(s, "codec_type") == "video").ToLookup(IsCover);
        var format = document.RootElement.TryGetProperty("format", out var found) ? found : default;
        return new FilmFacts(
            pictures[false].Select(FilmOf).FirstOrDefault(),
            streams.Where(s => Text(s, "codec_type") == "audio").Select(s => new SoundStream(Whole(s, "index"), Text(s, "codec_name"))).FirstOrDefault(),
            pictures[true].Select(s => (int?)Whole(s, "index")).FirstOrDefault(),
            Number(Text(format, "duration")) is > 0 and var seconds ? Math.Round(seconds, 3) : null,
            (long?)Number(Text(format, "bit_rate")));
    }

    private static FilmStream FilmOf(JsonElement s)
    {
        var turned = s.TryGetProperty("side_data_list", out var list) && list.EnumerateArray().Any(data => Math.Abs(Whole(data, "rotation")) % 180 == 90);
        var (width, height) = (Whole(s, "width"), Whole(s, "height"));
        return new FilmStream(Whole(s, "index"), Text(s, "codec_name"), Text(s, "pix_fmt"), turned ? height : width, turned ? width : height, Text(s, "avg_frame_rate"));
    }

    private static bool IsCover(JsonElement s) => s.TryGetProperty("disposition", out var disposition) && Whole(disposition, "attached_pic") == 1;

    internal static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Text(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Whole(JsonElement e, string name) => e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
