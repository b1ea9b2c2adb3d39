using System.Text.Json;

namespace Calf.Media;

/// <summary>A film or a piece of sound made ready. Its file goes away when it is disposed, unless it was kept.</summary>
/// <param name="Preview">Of sound its cover; null when it has none.</param>
public sealed record ReadyFilm(TemporaryFile File, MediaType Type, FilmFacts Facts, ReadyPicture? Preview) : IDisposable
{
    public long Bytes { get; } = new FileInfo(File.Path).Length;

    public void Dispose() => File.Dispose();
}

/// <summary>
/// Makes of what a stranger's camera wrote something that every browser plays, with nothing in it but pictures and sound. Streams that
/// can stay as they are are only wrapped anew.
/// </summary>
public sealed class FilmMaking(FilmTools tools, Staging staging, TimeProvider time)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(30), PreviewLimit = TimeSpan.FromMinutes(2), MakeLimit = TimeSpan.FromHours(1);

    /// <summary>The file says how long it should be, and so much of it, and a second more, may be missing.</summary>
    private const double Missing = 0.1;

    /// <exception cref="MediaException">It is nothing that can be posted.</exception>
    /// <exception cref="ToolException">It could not be made, for a reason that the log has.</exception>
    public async Task<ReadyFilm> Make(string path, CancellationToken cancel)
    {
        var source = new FilmSource(path, MediaType.OfFile(path) ?? throw Unreadable());
        var facts = await Probe(source, cancel);
        FilmLimits.Demand(facts);
        var (file, type) = await Make(source, facts, cancel);
        try
        {
            var made = new FilmSource(file.Path, type);
            var seen = await Probe(made, cancel);
            if (facts.Film is not null && seen.Duration < facts.Duration * (1 - Missing) - 1) throw new MediaException(Words.T("The film breaks off before its end. Send it again."));
            return new ReadyFilm(file, type, seen, await Preview(facts, source, made, cancel));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private async Task<FilmFacts> Probe(FilmSource source, CancellationToken cancel)
    {
        try
        {
            return FilmFacts.Read(await ToolRun.Run(tools.FFprobe!, ["-v", "error", .. source.Opened, "-show_entries", FilmFacts.Entries, "-of", "json", source.Url], ProbeLimit, time, cancel));
        }
        catch (Exception e) when (e is ToolException or JsonException)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>By the first plan that works.</summary>
    private async Task<(TemporaryFile File, MediaType Type)> Make(FilmSource source, FilmFacts facts, CancellationToken cancel)
    {
        Exception failure = Unreadable();
        foreach (var plan in FilmPlan.Of(facts))
        {
            var file = staging.Receive();
            try
            {
                await Write(source, plan.Arguments, plan.Muxer, file, MakeLimit, cancel);
                // It stops there, at a film that cannot be made small enough.
                if (new FileInfo(file.Path).Length >= FilmLimits.MostMade) throw new MediaException(Words.T("The film is too long."));
                return (file, plan.Target);
            }
            catch (Exception e)
            {
                file.Dispose();
                // Another way would not be faster, and others wait.
                if (e is not ToolException { TookTooLong: false }) throw;
                failure = e;
            }
        }
        throw failure;
    }

    /// <summary>Of the first thirty pictures the one that is most like the others, since films begin in the dark.</summary>
    private async Task<ReadyPicture?> Preview(FilmFacts facts, FilmSource source, FilmSource made, CancellationToken cancel)
    {
        if (facts.Film is null && facts.Cover is null) return null;
        var (from, stream, choice) = facts.Film is null ? (source, $"0:{facts.Cover}", "") : (made, "0:v:0", ",thumbnail=30");
        using var still = staging.Receive();
        try
        {
            string[] arguments = ["-map", stream, "-frames:v", "1", "-vf", $"scale=w='min(1280,iw)':h='min(1280,ih)':force_original_aspect_ratio=decrease{choice}", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "2"];
            await Write(from, arguments, "mjpeg", still, PreviewLimit, cancel);
            return Pictures.Prepare(still.Path, MediaType.Jpeg);
        }
        catch (Exception e) when (e is ToolException or MediaException)
        {
            // Music is worth posting without its cover; of a film it means that nobody would see it.
            return facts.Film is null ? null : throw Unreadable(e);
        }
    }

    private Task<string> Write(FilmSource source, IReadOnlyList<string> arguments, string muxer, TemporaryFile target, TimeSpan limit, CancellationToken cancel) => ToolRun.Run(
        tools.FFmpeg!,
        [
            "-nostdin", "-v", "error", "-y", .. source.Opened, "-i", source.Url,
            .. arguments, "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            "-threads", "1", "-fs", $"{FilmLimits.MostMade}", "-f", muxer, FilmSource.UrlOf(target.Path),
        ], limit, time, cancel);

    private static MediaException Unreadable(Exception? cause = null) => new("The file cannot be read. It may be damaged, or of a kind that this server does not know.", cause);
}
