using System.Globalization;

namespace Calf.Media;

/// <summary>One way to make a film or a piece of sound that every browser plays.</summary>
/// <param name="Muxer">ffmpeg's name of the format that is written.</param>
/// <param name="Arguments">Which streams, and what becomes of them.</param>
public sealed record FilmPlan(MediaType Target, string Muxer, IReadOnlyList<string> Arguments)
{
    /// <summary>The longest side of what is made anew: more takes a Pi too long, and a server with 512 MB too much memory. What need not be made anew keeps its size.</summary>
    public const int MadeSide = 1280;

    /// <summary>Pictures a second of what is made anew.</summary>
    private const int MadeRate = 60;

    private const int MostBitrate = 4_000_000, LeastBitrate = 100_000, SoundBitrate = 128_000;

    private static readonly string[] PlainPixels = ["yuv420p", "yuvj420p"];

    /// <summary>The best first; the next is for when that fails.</summary>
    public static IEnumerable<FilmPlan> Of(FilmFacts facts) => facts switch
    {
        { Film: { } film } => Films(facts, film, facts.Sound),
        { Sound: { } sound } => Sounds(sound),
        _ => [],
    };

    private static IEnumerable<FilmPlan> Films(FilmFacts facts, FilmStream film, SoundStream? sound)
    {
        string[] streams = sound is null ? Map(film.Index) : [.. Map(film.Index), .. Map(sound.Index)];
        var plain = PlainPixels.Contains(film.PixelFormat);
        // In its SEI units an encoder or a camera writes whatever it likes.
        if (plain && film.Codec == "h264")
            yield return Mp4([.. streams, "-c:v", "copy", "-bsf:v", "filter_units=remove_types=6", .. Aac(sound)]);
        if (plain && film.Codec is "vp8" or "vp9" or "av1" && sound?.Codec is null or "opus" or "vorbis")
            yield return new FilmPlan(MediaType.WebM, "webm", [.. streams, "-c", "copy"]);
        yield return Mp4([.. streams, .. Made(facts, film), .. Aac(sound)]);
    }

    private static IEnumerable<string> Made(FilmFacts facts, FilmStream film)
    {
        var bitrate = Math.Clamp((long)(Uploading.MaxFileBytes * 8 * 0.9 / (facts.Duration ?? 1)) - SoundBitrate, LeastBitrate, MostBitrate);
        var (width, height) = Fitting(film);
        return
        [
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", Text(bitrate), "-bufsize", Text(2 * bitrate),
            // H.264 wants even sides in the colours that every player knows.
            "-vf", $"scale={Text(width)}:{Text(height)}", "-pix_fmt", "yuv420p", .. film.Rate > MadeRate ? ["-r", Text(MadeRate)] : (string[])[],
        ];
    }

    private static (int Width, int Height) Fitting(FilmStream film)
    {
        var scale = Math.Min(1, (double)MadeSide / Math.Max(film.Width, film.Height));
        int Even(int side) => Math.Max(2, (int)(side * scale) / 2 * 2);
        return (Even(film.Width), Even(film.Height));
    }

    private static IEnumerable<string> Aac(SoundStream? sound) => sound switch
    {
        null => [],
        { Codec: "aac" } => ["-c:a", "copy"],
        _ => ["-c:a", "aac", "-ac", "2", "-b:a", Text(SoundBitrate)],
    };

    private static IEnumerable<FilmPlan> Sounds(SoundStream sound)
    {
        string[] copied = [.. Map(sound.Index), "-c:a", "copy"];
        if (sound.Codec == "mp3") yield return Mp3(copied);
        if (sound.Codec == "aac") yield return new FilmPlan(MediaType.M4A, "ipod", [.. copied, "-movflags", "+faststart"]);
        if (sound.Codec is "opus" or "vorbis") yield return new FilmPlan(MediaType.Ogg, "ogg", copied);
        yield return Mp3([.. Map(sound.Index), "-c:a", "libmp3lame", "-q:a", "2", "-ac", "2"]);
    }

    private static FilmPlan Mp4(IReadOnlyList<string> arguments) => new(MediaType.Mp4, "mp4", [.. arguments, "-movflags", "+faststart"]);

    private static FilmPlan Mp3(IReadOnlyList<string> arguments) => new(MediaType.Mp3, "mp3", [.. arguments, "-id3v2_version", "0"]);

    private static string[] Map(int stream) => ["-map", $"0:{Text(stream)}"];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
