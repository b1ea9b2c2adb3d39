using System.Text;
using Calf.Media;
using Calf.Tests.Support;

namespace Calf.Tests.Media;

/// <summary>Whatever a camera or a recorder writes comes out as something that browsers play, without what else was written into it.</summary>
public sealed class FilmMakingTests : IDisposable
{
    private const string Place = "-metadata location=+47.3769+008.5417/ -metadata title=Secret -metadata comment=Secret -metadata:s:v handler_name=Secret";

    private readonly TempFolder folder = new();

    /// <summary>What is to be made; what comes out: type and codecs.</summary>
    public static TheoryData<string, string, string> Kinds() => new()
    {
        { Films.Usual, "video/mp4", "h264 aac" },
        { $"{Films.Picture} {Films.Tone} {Films.H264} -c:a aac -f mov", "video/mp4", "h264 aac" },
        { $"{Films.Picture} {Films.H264} -f mp4", "video/mp4", "h264" },
        { $"{Films.Picture} {Films.Tone} {Films.H264} -c:a pcm_s16le -f mov", "video/mp4", "h264 aac" },
        { $"{Films.Picture} -c:v libx264 -pix_fmt yuv444p -f mp4", "video/mp4", "h264" },
        { $"{Films.Picture} {Films.Tone} -c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac -f mp4", "video/mp4", "h264 aac" },
        { $"{Films.Picture} {Films.Tone} -c:v mpeg4 -c:a libmp3lame -f mp4", "video/mp4", "h264 aac" },
        { $"{Films.Picture} {Films.Tone} -c:v libvpx -pix_fmt yuv420p -deadline realtime -c:a libvorbis -f webm", "video/webm", "vp8 vorbis" },
        { $"{Films.Picture} {Films.Tone} -c:v libvpx-vp9 -pix_fmt yuv420p -deadline realtime -c:a libopus -f webm", "video/webm", "vp9 opus" },
        { Films.MovingGif, "video/mp4", "h264" },
        { $"{Films.Tone} -c:a libmp3lame -f mp3", "audio/mpeg", "mp3" },
        { $"{Films.Tone} -c:a libopus -f ogg", "audio/ogg", "opus" },
        { $"{Films.Tone} -c:a libvorbis -f ogg", "audio/ogg", "vorbis" },
        { $"{Films.Tone} -c:a libopus -f webm", "audio/ogg", "opus" },
        { $"{Films.Tone} -c:a flac -f flac", "audio/mpeg", "mp3" },
        { $"{Films.Tone} -c:a pcm_s16le -f wav", "audio/mpeg", "mp3" },
        { $"{Films.Tone} -c:a aac -f ipod", "audio/mp4", "aac" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_plays_everywhere_and_tells_nothing_of_where_it_was_made(string arguments, string mime, string codecs)
    {
        var format = arguments.LastIndexOf(" -f ", StringComparison.Ordinal);
        var place = arguments.Contains("testsrc", StringComparison.Ordinal) ? Place : Place[..Place.IndexOf(" -metadata:s:v", StringComparison.Ordinal)];
        var content = Films.Make($"{arguments[..format]} {place}{arguments[format..]}");

        using var made = await Make(content);

        Assert.Equal(mime, made.Type.Mime);
        var bytes = await File.ReadAllBytesAsync(made.File.Path, TestContext.Current.CancellationToken);
        Assert.Equal(made.Type.Mime, MediaType.Of(bytes)!.Mime);
        var seen = Films.Look(bytes);
        Assert.Equal(codecs, string.Join(' ', seen.GetProperty("streams").EnumerateArray().Select(s => s.GetProperty("codec_name").GetString())));
        Assert.DoesNotContain("Secret", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("47.37", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.InRange(made.Facts.Duration!.Value, 1.8, 2.2);
        Assert.True(made.Facts.Bitrate > 0);
        Assert.Equal(made.Facts.Film is not null, made.Preview is not null);
    }

    [Fact]
    public async Task A_film_is_as_large_as_it_is_seen()
    {
        var upright = Films.Make("-c copy -metadata:s:v rotate=90 -f mov", Films.Make(Films.Usual));
        var odd = Films.Make("-f lavfi -i testsrc=size=161x121:rate=10:duration=1 -c:v libx264 -pix_fmt yuv444p -f mp4");
        var turned = Films.Make("-c copy -metadata:s:v rotate=270 -f mov", Films.Make($"{Films.Picture} -c:v mpeg4 -f mov"));
        var large = Films.Make("-f lavfi -i testsrc=size=2000x1000:rate=2:duration=1 -c:v mpeg4 -f mp4");

        Assert.Equal((120, 160), await SizeOf(upright));
        Assert.Equal((120, 160), await SizeOf(turned));
        Assert.Equal((160, 120), await SizeOf(odd));
        Assert.Equal((1280, 640), await SizeOf(large));
    }

    [Fact]
    public async Task What_a_camera_records_besides_is_left_out()
    {
        var subtitles = folder.File("words.srt");
        await File.WriteAllTextAsync(subtitles, "1\n00:00:00,000 --> 00:00:01,000\nSecret Street\n", TestContext.Current.CancellationToken);
        var chapters = folder.File("chapters.txt");
        await File.WriteAllTextAsync(chapters, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=Secret Street\n", TestContext.Current.CancellationToken);
        var content = Films.Make($"{Films.Picture} -i {subtitles} -i {chapters} -map 0 -map 1 -map_metadata 2 -map_chapters 2 {Films.H264} -c:s mov_text -f mov");
        Assert.Contains("Secret Street", Encoding.Latin1.GetString(content), StringComparison.Ordinal);

        using var made = await Make(content);

        var bytes = await File.ReadAllBytesAsync(made.File.Path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Secret Street", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        // The encoder has written its settings into the stream itself.
        Assert.Contains("x264", Encoding.Latin1.GetString(content), StringComparison.Ordinal);
        Assert.DoesNotContain("x264", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(0, Films.Look(bytes).GetProperty("chapters").GetArrayLength());
    }

    [Fact]
    public async Task The_cover_of_music_becomes_its_preview()
    {
        var cover = folder.File("cover.jpg");
        await File.WriteAllBytesAsync(cover, Drawings.Of(300, 300), TestContext.Current.CancellationToken);

        using var made = await Make(Films.Make($"{Films.Tone} -i {cover} -map 0 -map 1 -c:a libmp3lame -c:v copy -disposition:v attached_pic -metadata title=Secret -f mp3"));

        Assert.Equal((300, 300), (made.Preview!.Width, made.Preview.Height));
        Assert.Null(made.Facts.Film);
        Assert.Null(made.Facts.Cover);
    }

    [Fact]
    public async Task A_film_that_is_too_much_is_refused()
    {
        var large = Films.Make("-f lavfi -i color=size=10000x10000:rate=1 -frames:v 1 -c:v mjpeg -f mov");
        var fast = Films.Make("-f lavfi -i testsrc=size=64x64:rate=240:duration=1 -c:v mpeg4 -f mp4");

        Assert.Contains("are not supported", await Refused(large), StringComparison.Ordinal);
        Assert.Equal("240fps videos are not supported", await Refused(fast));
    }

    [Fact]
    public async Task What_breaks_off_or_is_nothing_is_refused_and_leaves_no_file()
    {
        var whole = Films.Make($"{Films.Picture} {Films.Tone} {Films.H264} -g 5 -c:a aac -movflags +faststart -f mp4");

        Assert.Contains("breaks off", await Refused(whole[..(whole.Length / 3)]), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await Refused(Films.Make(Films.Usual)[..2000]), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await Refused([.. "\0\0\0\x14ftypisom"u8, .. new byte[500]]), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await Refused([.. "ID3"u8, .. new byte[500]]), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "media"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(Films.Usual)]
    [InlineData($"{Films.Picture} {Films.Tone} -c:v libvpx -pix_fmt yuv420p -deadline realtime -c:a libvorbis -f webm")]
    [InlineData($"{Films.Tone} -c:a libopus -f ogg")]
    [InlineData($"{Films.Tone} -c:a flac -f flac")]
    public async Task What_is_something_else_as_well_is_no_more(string arguments)
    {
        var whole = Films.Make(arguments);
        byte[] page = [.. "<html><script>alert(1)</script>"u8, .. "PK\u0003\u0004"u8];
        using var made = await Make([.. whole, .. page]);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(made.File.Path, TestContext.Current.CancellationToken)).AsSpan().IndexOf("<script>"u8));
    }

    [Theory]
    [InlineData(Films.Usual)]
    [InlineData($"{Films.Picture} {Films.Tone} -c:v libvpx -pix_fmt yuv420p -deadline realtime -c:a libvorbis -f webm")]
    [InlineData($"{Films.Tone} -c:a libmp3lame -f mp3")]
    [InlineData($"{Films.Tone} -c:a libopus -f ogg")]
    [InlineData($"{Films.Tone} -c:a flac -f flac")]
    public async Task Wrong_bytes_harm_nobody(string arguments)
    {
        var whole = Films.Make(arguments);
        var random = new Random(3);
        for (var n = 0; n < 3; n++)
        {
            var wrong = whole.ToArray();
            for (var i = 0; i < 200; i++) wrong[random.Next(MediaType.Looked, wrong.Length)] = (byte)random.Next(256);
            // It is made or refused; whatever else is thrown fails the test.
            if (await Record.ExceptionAsync(async () => (await Make(wrong)).Dispose()) is { } refused) Assert.True(refused is MediaException or ToolException, $"{refused}");
        }
    }

    /// <summary>ffmpeg left to itself takes such files for lists of others, and shows what is in them.</summary>
    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile '{0}'\n")]
    public async Task A_list_of_other_files_reads_none_of_them(string list)
    {
        var secret = folder.File("secret.mp4");
        await File.WriteAllBytesAsync(secret, Films.Make(Films.Usual), TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetBytes(string.Format(null, list, secret));

        Assert.Null(MediaType.Of(text));
        // With the first bytes of every kind of file before it, so that it is taken for one.
        foreach (byte[] head in new byte[][] { [.. "\0\0\0\x14ftypisom\0\0\0\0isom"u8], [.. "ID3"u8], [.. "OggS"u8], [.. "fLaC"u8], [.. "RIFF\0\0\0\0WAVE"u8], [0x1A, 0x45, 0xDF, 0xA3, .. "webm"u8], [.. "GIF89a"u8] })
            await Refused([.. head, (byte)'\n', .. text]);
    }

    private async Task<(int Width, int Height)> SizeOf(byte[] content)
    {
        using var made = await Make(content);
        var size = (made.Facts.Film!.Width, made.Facts.Film.Height);
        Assert.Equal((double)size.Item1 / size.Item2, (double)made.Preview!.Width / made.Preview.Height, 0.05);
        return size;
    }

    private async Task<string> Refused(byte[] content) => (await Assert.ThrowsAsync<MediaException>(() => Make(content))).Message;

    private async Task<ReadyFilm> Make(byte[] content)
    {
        var path = folder.File("received");
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        var making = new FilmMaking(Films.Demand(), new Staging(folder.File("media")), TimeProvider.System);
        return await making.Make(path, TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
