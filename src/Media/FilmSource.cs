namespace Calf.Media;

/// <summary>
/// A file as ffmpeg is to open it: in the format that its first bytes say. Left to itself ffmpeg would look for one, and find playlists
/// that read other files of this machine.
/// </summary>
internal sealed record FilmSource(string Path, MediaType Type)
{
    public string Url => UrlOf(Path);

    /// <summary>Options before the file, for ffprobe too.</summary>
    public IReadOnlyList<string> Opened =>
        ["-protocol_whitelist", "file", "-f", Demuxer, "-max_pixels", $"{FilmLimits.MostPixels}", "-max_alloc", $"{FilmLimits.MostAlloc}", "-threads", "1"];

    private string Demuxer => Type.Extension switch
    {
        "mp4" or "mov" or "m4a" => "mov",
        "webm" => "matroska",
        _ => Type.Extension,
    };

    /// <summary>Else a name could be taken for an option or a protocol.</summary>
    public static string UrlOf(string path) => "file:" + System.IO.Path.GetFullPath(path);
}
