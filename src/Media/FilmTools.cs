namespace Calf.Media;

/// <summary>Where ffmpeg and ffprobe are on this machine, looked for once, at the start.</summary>
public sealed class FilmTools
{
    private const string Ending = "ffmpeg", Prober = "ffprobe";

    /// <summary>What <see cref="FilmPlan"/> has ffmpeg write with, and what cannot be made without it.</summary>
    private static readonly (string Encoder, string Makes)[] Encoders =
        [("libx264", "films"), ("aac", "the sound of films"), ("libmp3lame", "sound"), ("mjpeg", "previews")];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lazy<Task<string?>> incomplete;

    /// <param name="settings">Has a name that is looked for on the PATH, or where the program is; ffprobe lies beside it.</param>
    public FilmTools(Settings settings)
    {
        incomplete = new(LookAtEncoders);
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

    /// <summary>All that is <see cref="Missing"/>, in words: that there is no ffmpeg, or what this one was built without. Looked at once.</summary>
    public async Task<IReadOnlyList<string>> Lacking() => (Missing ?? await incomplete.Value) is { } words ? [words] : [];

    private async Task<string?> LookAtEncoders()
    {
        try
        {
            var known = (await ToolRun.Run(FFmpeg!, ["-hide_banner", "-encoders"], Patience, TimeProvider.System, CancellationToken.None))
                .Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1).Select(words => words[1]).ToHashSet();
            var without = Encoders.Where(e => !known.Contains(e.Encoder)).ToList();
            return without.Count == 0 ? null
                : $"{FFmpeg} was built without {string.Join(", ", without.Select(e => $"{e.Encoder} (for {e.Makes})"))}: what has to be made with that is refused. Install a complete ffmpeg (on Debian: sudo apt install ffmpeg) and start Calf again.";
        }
        catch (ToolException e)
        {
            return $"{FFmpeg} does not work, so that films and sound are refused. {e.Message}";
        }
    }

    private static string? Find(string program)
    {
        if (program.Length == 0) return null;
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)) return File.Exists(program) ? Path.GetFullPath(program) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".exe")])
            .FirstOrDefault(path => Path.IsPathRooted(path) && File.Exists(path));
    }
}
