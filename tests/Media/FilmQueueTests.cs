using System.Runtime.Versioning;
using Calf.Media;
using Calf.Security;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Media;

/// <summary>A program that fails or is interrupted harms one upload, and leaves no file.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FilmQueueTests : IDisposable
{
    private const string Good = """
        echo '{"streams":[{"index":0,"codec_type":"video","codec_name":"h264","pix_fmt":"yuv420p","width":64,"height":64,"avg_frame_rate":"10/1"}],"format":{"duration":"1"}}'
        """;

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider clock = CalfServer.NewClock();
    private readonly Database database;
    private readonly Staging media;
    private readonly MediaTurn turn = new();

    public FilmQueueTests()
    {
        database = new Database(folder.File("data"), clock);
        media = new Staging(folder.File("media"));
    }

    [Theory]
    [InlineData(Good, "kill -SEGV $$")]
    [InlineData(Good, "last=${@: -1}; echo half > ${last#file:}; exit 1")]
    [InlineData(Good, "exit 0")]
    [InlineData("echo nonsense", "exit 0")]
    [InlineData("kill -SEGV $$", "exit 0")]
    public async Task A_program_that_crashes_harms_one_upload_only(string probe, string make)
    {
        var (broken, queue) = Uploading(Scripts(probe, make));
        var failed = await Add(broken, [.. "ID3"u8, 1, 2, 3]);
        var picture = await Add(broken, Drawings.Of(1200, 800));

        Assert.True(await queue.Step(Stop));

        Assert.Equal((UploadState.Failed, UploadState.Ready), (Find(failed.Id)!.State, Find(picture.Id)!.State));
        Assert.NotEmpty(Find(failed.Id)!.Failure!);
        Assert.Equal(2, Files().Count);
        Assert.False(await queue.Step(Stop));
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended()
    {
        var (broken, queue) = Uploading(Scripts(Good, "echo $$ > $0.pid; last=${@: -1}; echo half > ${last#file:}; sleep 1000"));
        var upload = await Add(broken, [.. "ID3"u8, 1, 2, 3]);

        var step = queue.Step(Stop);
        var process = await ProcessNumber();
        clock.Advance(TimeSpan.FromHours(2));
        await step;

        Assert.Equal(FilmQueue.Failed, Find(upload.Id)!.Failure);
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_was_interrupted_is_made_after_the_next_start()
    {
        var (before, queue) = Uploading(Scripts(Good, "echo $$ > $0.pid; last=${@: -1}; echo half > ${last#file:}; sleep 1000"));
        var upload = await Add(before, Films.Make(Films.Usual));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var step = queue.Step(stop.Token);
        var process = await ProcessNumber();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Equal(UploadState.Waiting, Find(upload.Id)!.State);
        Assert.Single(Files());
        // What has no row, since the machine went off between the two.
        await File.WriteAllTextAsync(media.WaitingPath(upload.Id + 1), "lost", Stop);

        var (_, again) = Uploading(Films.Demand());
        again.Sweep();
        Assert.True(await again.Step(Stop));

        Assert.Equal((UploadState.Ready, "video"), (Find(upload.Id)!.State, Find(upload.Id)!.Type));
        Assert.Equal(2, Files().Count);
        Assert.Equal(upload.Id, (await again.Finished(upload.Id, Stop))!.Id);
    }

    [Fact]
    public async Task What_brings_the_machine_down_again_and_again_is_given_up()
    {
        var (uploading, queue) = Uploading(Scripts(Good, "exit 0"));
        var upload = await Add(uploading, [.. "ID3"u8, 1, 2, 3]);
        for (var i = 0; i < FilmQueue.MaxTries; i++) await database.Write(FilmStore.Begin);

        await queue.Step(Stop);

        Assert.Equal(FilmQueue.Failed, Find(upload.Id)!.Failure);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_is_taken_back_while_it_is_made_is_gone()
    {
        var (uploading, queue) = Uploading(Films.Demand());
        var upload = await Add(uploading, Films.Make(Films.Usual));

        await Task.WhenAll(queue.Step(Stop), uploading.Remove(upload));

        Assert.Null(Find(upload.Id));
        Assert.Empty(Files());
        Assert.Null(await queue.Finished(upload.Id, Stop));
    }

    [Fact]
    public async Task What_is_taken_back_ends_the_program_that_makes_it()
    {
        var (uploading, queue) = Uploading(Scripts(Good, "echo $$ > $0.pid; last=${@: -1}; echo half > ${last#file:}; sleep 1000"));
        var upload = await Add(uploading, [.. "ID3"u8, 1, 2, 3]);
        var next = await Add(uploading, [.. "ID3"u8, 4, 5, 6]);
        var step = queue.Step(Stop);
        var process = await ProcessNumber();

        await uploading.Remove(upload);

        Assert.True(await step);
        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Null(Find(upload.Id));
        // Of the other one what was received is still there.
        Assert.Equal(UploadState.Waiting, Find(next.Id)!.State);
        Assert.Equal(media.WaitingPath(next.Id), Assert.Single(Files()));
    }

    [Fact]
    public async Task What_is_made_while_the_bucket_is_out_of_reach_is_stored_later_without_making_it_again()
    {
        await using var s3 = await S3StandIn.Start();
        var settings = new Settings();
        s3.Use(settings);
        using var bucket = new S3Files(settings.Media.S3, new SafeHttpOptions("test"), TimeProvider.System);
        const string Sound = """echo '{"streams":[{"index":0,"codec_type":"audio","codec_name":"mp3","sample_rate":"44100","channels":2}],"format":{"duration":"1"}}'""";
        var (uploading, queue) = UploadBench.Of(database, folder.File("media"), turn, Scripts(Sound, "echo run >> $0.runs; last=${@: -1}; echo made > ${last#file:}"), clock, bucket);
        using var _ = queue;
        var upload = await Add(uploading, [.. "ID3"u8, 1, 2, 3]);
        s3.Down = true;

        for (var i = 0; i < FilmQueue.MaxTries + 1; i++) await Assert.ThrowsAsync<MediaPlaceException>(() => queue.Step(Stop));
        Assert.Equal(UploadState.Waiting, Find(upload.Id)!.State);
        s3.Down = false;
        Assert.True(await queue.Step(Stop));

        Assert.Equal(UploadState.Ready, Find(upload.Id)!.State);
        Assert.Equal("made\n"u8.ToArray(), s3.Files[$"my/media/{Find(upload.Id)!.File}"]);
        Assert.Single(await File.ReadAllLinesAsync(folder.File("ffmpeg.runs"), Stop));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Only_so_many_wait()
    {
        var (uploading, _) = Uploading(Scripts(Good, "exit 0"));
        for (var i = 0; i < FilmQueue.MaxWaiting; i++) await Add(uploading, [.. "ID3"u8, (byte)i]);

        await Assert.ThrowsAsync<MediaException>(() => Add(uploading, [.. "ID3"u8, 99]));

        Assert.Equal(FilmQueue.MaxWaiting, Files().Count);
    }

    [Fact]
    public async Task Without_ffmpeg_a_file_is_kept_as_it_is()
    {
        var (uploading, queue) = Uploading(new FilmTools(new Settings { Media = { FFmpeg = "" } }));
        byte[] content = [.. "ID3"u8, 1, 2, 3];

        var upload = await Add(uploading, content);

        Assert.Equal((UploadState.Ready, "audio"), (upload.State, upload.Type));
        Assert.Equal(content, await File.ReadAllBytesAsync(Assert.Single(Files()), Stop));
        Assert.False(await queue.Step(Stop));
        Assert.Equal("image", (await Add(uploading, Drawings.Of(20, 20))).Type);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FilmTools Scripts(string probe, string make)
    {
        foreach (var (name, script) in new[] { ("ffprobe", probe), ("ffmpeg", make) })
        {
            File.WriteAllText(folder.File(name), $"#!/bin/bash\n{script}\n");
            File.SetUnixFileMode(folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return new FilmTools(new Settings { Media = { FFmpeg = folder.File("ffmpeg") } });
    }

    private (Uploading Uploading, FilmQueue Queue) Uploading(FilmTools tools) => UploadBench.Of(database, folder.File("media"), turn, tools, clock);

    private async Task<Upload> Add(Uploading uploading, byte[] content)
    {
        using var file = media.Receive();
        await using (var stream = file.Create()) await stream.WriteAsync(content, Stop);
        return await uploading.Add(file, new UploadDetails(null, null, null), Stop);
    }

    private Upload? Find(long id) => database.Read(c => UploadStore.FindUnused(c, id));

    /// <summary>Of the script that hangs, once it runs.</summary>
    private async Task<string> ProcessNumber()
    {
        string number;
        while (!File.Exists(folder.File("ffmpeg.pid")) || (number = (await File.ReadAllTextAsync(folder.File("ffmpeg.pid"), Stop)).Trim()).Length == 0) await Task.Yield();
        return number;
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(folder.File("media"), "*", SearchOption.AllDirectories)];

    public void Dispose()
    {
        database.Dispose();
        turn.Dispose();
        folder.Dispose();
    }
}
