using System.Text.Json;
using Calf.Federation.Documents;
using Calf.Media;
using Calf.Statuses;
using Calf.Tests.Media;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>Films and sound by the API: sent, waited for, posted.</summary>
public sealed class FilmApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        Films.Demand();
        api = await ApiFixture.Start(adjust: settings => settings.Media.FFmpeg = "ffmpeg");
    }

    public ValueTask DisposeAsync() => api?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_film_has_no_address_and_cannot_be_posted_until_it_is_ready()
    {
        var sent = await Send("/api/v2/media", Films.Make(Films.Usual), 202);
        var id = sent.GetProperty("id").GetString()!;
        Assert.Equal("video", sent.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, sent.GetProperty("url").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await api.Get($"/api/v1/media/{id}", status: 206)).GetProperty("url").ValueKind);
        await api.Send(HttpMethod.Put, $"/api/v1/media/{id}", ApiFixture.Content("""{"description":"Colours"}"""), status: 206);
        var refused = await api.Post("/api/v1/statuses", $$"""{"status":"x","media_ids":["{{id}}"]}""", status: 422);
        Assert.Equal("Cannot attach files that have not finished processing. Try again in a moment!", refused.GetProperty("error").GetString());
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));

        await Step();

        var ready = await api.Get($"/api/v1/media/{id}");
        Assert.StartsWith("https://calf.test/media/", ready.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("Colours", ready.GetProperty("description").GetString());
        Assert.NotNull(ready.GetProperty("blurhash").GetString());
        var original = ready.GetProperty("meta").GetProperty("original");
        Assert.Equal((160, 120, "10/1"), (original.GetProperty("width").GetInt32(), original.GetProperty("height").GetInt32(), original.GetProperty("frame_rate").GetString()));
        Assert.InRange(original.GetProperty("duration").GetDouble(), 1.9, 2.1);
        Assert.InRange(original.GetProperty("bitrate").GetInt32(), 1000, 10_000_000);
        using var client = api.TestServer.CreateClient();
        Assert.Equal("image/jpeg", (await client.GetAsync(ready.GetProperty("preview_url").GetString(), TestContext.Current.CancellationToken)).Content.Headers.ContentType?.ToString());

        var post = await api.Post("/api/v1/statuses", $$"""{"status":"Look","media_ids":["{{id}}"]}""");
        Assert.Equal(original.ToString(), post.GetProperty("media_attachments")[0].GetProperty("meta").GetProperty("original").ToString());
        var note = api.Database.Read(c => NoteBuilder.Load(c, api.Get<Site>(), Calf.Accounts.AccountStore.Owner(c)!, StatusStore.Find(c, long.Parse(post.GetProperty("id").GetString()!))!));
        var attached = Assert.Single(note.Attachment!);
        Assert.Equal(("Video", "video/mp4", 160, 120, "PT2S"), (attached.Type, attached.MediaType, attached.Width, attached.Height, attached.Duration));
        Assert.StartsWith("https://calf.test/media/", attached.Icon!.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_older_address_answers_when_it_is_ready()
    {
        var sending = Send("/api/v1/media", Films.Make($"{Films.Tone} -c:a libmp3lame -f mp3"), 200);
        while (!await api.Get<FilmQueue>().Step(TestContext.Current.CancellationToken)) await Task.Yield();

        var sound = await sending;

        Assert.Equal("audio", sound.GetProperty("type").GetString());
        Assert.EndsWith(".mp3", sound.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.InRange(sound.GetProperty("meta").GetProperty("original").GetProperty("duration").GetDouble(), 1.9, 2.2);
        Assert.False(sound.GetProperty("meta").GetProperty("original").TryGetProperty("width", out _));
    }

    [Fact]
    public async Task A_moving_GIF_becomes_a_silent_film_and_a_still_one_a_picture()
    {
        var moving = (await Send("/api/v2/media", Films.Make(Films.MovingGif), 202)).GetProperty("id").GetString();
        var still = await Send("/api/v2/media", Films.Make("-f lavfi -i testsrc=size=100x50:rate=1:duration=1 -f gif"), 200);

        await Step();

        var made = await api.Get($"/api/v1/media/{moving}");
        Assert.Equal(("gifv", "image"), (made.GetProperty("type").GetString(), still.GetProperty("type").GetString()));
        Assert.EndsWith(".mp4", made.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(100, made.GetProperty("meta").GetProperty("original").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_made_is_told_and_leaves_nothing()
    {
        byte[] broken = [.. Films.Make(Films.Usual)[..1000]];
        var id = (await Send("/api/v2/media", broken, 202)).GetProperty("id").GetString();
        await Step();
        var told = await api.Get($"/api/v1/media/{id}", status: 422);
        Assert.StartsWith("Validation failed: The file cannot be read", told.GetProperty("error").GetString(), StringComparison.Ordinal);
        await api.Post("/api/v1/statuses", $$"""{"status":"x","media_ids":["{{id}}"]}""", status: 422);
        await api.Send(HttpMethod.Delete, $"/api/v1/media/{id}", null);

        var sending = Send("/api/v1/media", broken, 422);
        while (!await api.Get<FilmQueue>().Step(TestContext.Current.CancellationToken)) await Task.Yield();
        await sending;

        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM uploads")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(api.Database.FilePath)!, "media"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_owner_is_told_what_is_missing()
    {
        Assert.Equal(0, (await api.Get("/api/calf/v1/machine")).GetProperty("missing").GetArrayLength());
        await using var without = await ApiFixture.Start();
        Assert.Contains("Install ffmpeg", (await without.Get("/api/calf/v1/machine")).GetProperty("missing")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ffmpeg_that_was_built_without_an_encoder_is_told_of()
    {
        using var folder = new TempFolder();
        foreach (var (name, encoders) in new[] { ("ffprobe", ""), ("ffmpeg", " V....D libx264rgb  x\n A....D aac  x\n V..... mjpeg  x\n") })
        {
            await File.WriteAllTextAsync(folder.File(name), $"#!/bin/sh\nprintf '{encoders}'\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        await using var poor = await ApiFixture.Start(adjust: settings => settings.Media.FFmpeg = folder.File("ffmpeg"));

        var told = Assert.Single((await poor.Get("/api/calf/v1/machine")).GetProperty("missing").EnumerateArray()).GetString();

        Assert.Contains("without libx264 (for films), libmp3lame (for sound):", told, StringComparison.Ordinal);
    }

    private Task<bool> Step() => api.Get<FilmQueue>().Step(TestContext.Current.CancellationToken);

    private async Task<JsonElement> Send(string address, byte[] content, int status)
    {
        using var body = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        // The name and the type that are said mean nothing.
        body.Add(file, "file", "holiday.jpg");
        return await api.Send(HttpMethod.Post, address, body, status: status);
    }
}
