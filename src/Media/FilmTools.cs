namespace Calf.Media;

/// <summary>Where ffmpeg and ffprobe are on this machine, looked for once, at the start.</summary>
public sealed class FilmTools
{
    private const string Ending = "ffmpeg", Prober = "ffprobe";

    /// <param name="settings">Has a name that is looked for on the PATH, or where the program is; ffprobe lies beside it.</param>
    public FilmTools(Settings settings)
    {
        if (Find(settings.Media.FFmpeg) is not { } ffmpeg) return;
        var name = Path.GetFileName(ffmpeg);
        var probe = Path.Combine(Path.GetDirectoryName(ffmpeg)!, name.Replace(Ending, Prober, StringComparison.OrdinalIgnoreCase));
        if (probe == ffmpeg || !File.Exists(probe)) return;
        (FFmpeg, FFprobe) = (ffmpeg, probe);
    }

    /// <summary>Null when one of the two is missing, which then is so of both.</summary>
    public string? FFmpeg { get; }

    /// <inheritdoc cref="FFmpeg"/>
    public string? FFprobe { get; }

    /// <summary>What the owner should do, and why; null when all is there.</summary>
    public string? Missing => FFmpeg is not null ? null
        : "ffmpeg is missing. Films, sound and moving GIFs are kept as they are, with the place and time that a camera wrote into them, and without a preview. Install ffmpeg (on Debian: sudo apt install ffmpeg) and start Calf again.";

    private static string? Find(string program)
    {
        if (program.Length == 0) return null;
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)) return File.Exists(program) ? Path.GetFullPath(program) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".exe")])
            .FirstOrDefault(path => Path.IsPathRooted(path) && File.Exists(path));
    }
}
