using System.Diagnostics;
using System.Text.Json;
using Calf.Media;
using Calf.Tests.Support;

namespace Calf.Tests.Media;

/// <summary>
/// Films and sound for tests, made by ffmpeg. Where it is missing their tests are skipped, except in CI (environment CI=true), where they
/// fail.
/// </summary>
internal static class Films
{
    public const string Picture = "-f lavfi -i testsrc=size=160x120:rate=10:duration=2", Tone = "-f lavfi -i sine=duration=2";

    public const string H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

    /// <summary>Two seconds of 160 × 120, as every browser plays them.</summary>
    public const string Usual = $"{Picture} {Tone} {H264} -c:a aac -f mp4";

    public const string MovingGif = "-f lavfi -i testsrc=size=101x51:rate=5:duration=2 -f gif";

    /// <summary>What ffmpeg makes of the arguments, which stand between spaces.</summary>
    public static byte[] Make(string arguments, byte[]? input = null)
    {
        using var folder = new TempFolder();
        var target = folder.File("made");
        if (input is not null) File.WriteAllBytes(folder.File("input"), input);
        Run(Demand().FFmpeg!, ["-v", "error", .. input is null ? (string[])[] : ["-i", folder.File("input")], .. arguments.Split(' '), target]);
        return File.ReadAllBytes(target);
    }

    /// <summary>All that ffprobe knows of a file.</summary>
    public static JsonElement Look(byte[] content)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("file"), content);
        using var document = JsonDocument.Parse(Run(Demand().FFprobe!, ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", folder.File("file")]));
        return document.RootElement.Clone();
    }

    public static FilmTools Demand()
    {
        var tools = new FilmTools(new Settings());
        if (tools.Missing is null) return tools;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("ffmpeg is missing: install it with apt.");
        Assert.Skip("ffmpeg is not here.");
        return tools;
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output;
    }
}
