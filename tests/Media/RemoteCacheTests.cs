using System.Net;
using Calf.Media;
using SkiaSharp;

namespace Calf.Tests.Media;

/// <summary>Whatever is looked at, the files of others never take more than they may, and what had to go comes back.</summary>
public sealed class RemoteCacheTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_pictures_pass_through_twenty_megabytes_and_can_all_be_seen_again()
    {
        const int Pictures = 500;
        await using var origin = await MediaOrigin.Start(megabytes: 20);
        var noise = Noise(190, 190);
        Assert.InRange(noise.Length * (long)Pictures, 45_000_000, 100_000_000);
        for (var i = 0; i < Pictures; i++) origin.Serve(Url(i), noise);
        var budget = origin.Calf.Get<RemoteCache>().Budget;

        // At first one after another, and after each the files themselves are counted; then several at once.
        foreach (var atOnce in new[] { 1, 8 })
            foreach (var few in Enumerable.Range(0, Pictures).Chunk(atOnce))
            {
                var seen = await Task.WhenAll(few.Select(i => origin.Bytes(Url(i))));
                Assert.All(seen, bytes => Assert.Equal(noise, bytes));
                Assert.InRange(origin.OnDisk, 1, budget);
                Assert.Equal(origin.OnDisk, origin.Calf.Database.Read(RemoteFileStore.Bytes));
            }

        // Nearly the whole budget is used, not less than it could be.
        Assert.InRange(origin.OnDisk, budget - (3L * noise.Length), budget);
        Assert.InRange(origin.Asked.Count, Pictures + 1, 2 * Pictures);
    }

    [Fact]
    public async Task A_file_counts_while_it_is_being_received()
    {
        await using var origin = await MediaOrigin.Start(megabytes: 1);
        var cache = origin.Calf.Get<RemoteCache>();
        origin.Serve(Url(0), Noise(400, 400));
        await origin.Bytes(Url(0));
        using var first = cache.Receive();
        using var second = cache.Receive();
        var chunk = new byte[100_000];

        for (var i = 0; i < 6; i++)
        {
            await first.Write(chunk, Stop);
            Assert.InRange(origin.OnDisk, 1, cache.Budget);
        }
        Assert.Equal(600_000, origin.OnDisk);
        Assert.Equal(0, origin.Calf.Database.Read(RemoteFileStore.Bytes));

        var full = await Assert.ThrowsAsync<RemoteMediaException>(async () =>
        {
            while (true) await second.Write(chunk, Stop);
        });
        Assert.Equal(503, full.Status);
        Assert.InRange(origin.OnDisk, 600_000, cache.Budget);

        first.Dispose();
        second.Dispose();
        Assert.Equal(0, origin.OnDisk);
        Assert.Equal(HttpStatusCode.OK, await origin.Status(Url(0)));
    }

    [Fact]
    public async Task What_was_not_seen_for_longest_goes_first()
    {
        await using var origin = await MediaOrigin.Start(megabytes: 1);
        var noise = Noise(300, 300);
        Assert.InRange(noise.Length, 1_000_000 / 4 + 1, 1_000_000 / 3);
        for (var i = 0; i < 4; i++) origin.Serve(Url(i), noise);
        foreach (var i in new[] { 0, 1, 2, 0 })
        {
            await origin.Bytes(Url(i));
            origin.Fediverse.Time.Advance(RemoteCache.NoteUseAfter * 2);
        }
        Assert.Equal(3, origin.Asked.Count);

        await origin.Bytes(Url(3));

        await origin.Bytes(Url(0));
        await origin.Bytes(Url(2));
        Assert.Equal(4, origin.Asked.Count);
        await origin.Bytes(Url(1));
        Assert.Equal(5, origin.Asked.Count);
    }

    [Fact]
    public async Task What_is_larger_than_the_budget_is_refused_once()
    {
        await using var origin = await MediaOrigin.Start(megabytes: 1);
        origin.Serve(Url(0), RemoteMediaTests.Film(2_000_000), "video/mp4");
        origin.Serve(Url(1), Drawings.Of(10, 10));
        await origin.Bytes(Url(1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await origin.Status(Url(0)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await origin.Status(Url(0)));
        await origin.Bytes(Url(1));

        Assert.Equal(2, origin.Asked.Count);
    }

    [Fact]
    public async Task Without_a_budget_files_are_passed_on_and_nothing_is_kept()
    {
        await using var origin = await MediaOrigin.Start(megabytes: 0);
        var film = RemoteMediaTests.Film(3_000_000);
        origin.Serve(Url(0), film, "video/mp4");
        origin.Serve(Url(1), Drawings.Of(1000, 1000));

        Assert.Equal(film, await origin.Bytes(Url(0)));
        Assert.Equal(film, await origin.Bytes(Url(0)));
        using (var avatar = SKBitmap.Decode(await origin.Bytes(Url(1), RemoteShape.Avatar))) Assert.Equal(400, avatar.Width);

        Assert.Equal(3, origin.Asked.Count);
        await Gone(origin);
        Assert.Equal(0, origin.Calf.Database.Read(RemoteFileStore.Bytes));
    }

    [Fact]
    public async Task A_smaller_budget_is_kept_to_at_once()
    {
        await using var origin = await MediaOrigin.Start(megabytes: 2);
        var noise = Noise(300, 300);
        for (var i = 0; i < 5; i++)
        {
            origin.Serve(Url(i), noise);
            await origin.Bytes(Url(i));
        }
        origin.Calf.Get<Settings>().Media.RemoteCacheMegabytes = 1;

        await origin.Calf.Get<RemoteCache>().Trim();

        Assert.InRange(origin.OnDisk, 1, 1_000_000);
    }

    [Fact]
    public async Task What_a_crash_left_is_put_in_order_at_the_next_start()
    {
        await using var origin = await MediaOrigin.Start();
        for (var i = 0; i < 4; i++)
        {
            origin.Serve(Url(i), Noise(100 + i, 100));
            await origin.Bytes(Url(i));
        }
        var files = Directory.GetFiles(origin.Folder, "*.*", SearchOption.AllDirectories);
        Assert.Equal(4, files.Length);
        // A row without its file, one with half of it, a file without a row, and one that was on its way.
        File.Delete(files[0]);
        await File.WriteAllBytesAsync(files[1], new byte[10], Stop);
        var orphan = Path.Combine(Path.GetDirectoryName(files[2])!, new string('0', 64) + ".jpg");
        await File.WriteAllBytesAsync(orphan, new byte[1000], Stop);
        var half = Path.Combine(Directory.CreateDirectory(Path.Combine(origin.Folder, "unfinished")).FullName, "half");
        await File.WriteAllBytesAsync(half, new byte[1000], Stop);

        using var next = new RemoteCache(origin.Calf.Database, origin.Calf.Get<Settings>(), origin.Fediverse.Time);
        await next.Trim();

        Assert.Equal(files[2..].Order(), Directory.GetFiles(origin.Folder, "*.*", SearchOption.AllDirectories).Order());
        Assert.Equal(origin.OnDisk, origin.Calf.Database.Read(RemoteFileStore.Bytes));
    }

    [Fact]
    public async Task A_file_that_vanished_under_a_running_server_is_fetched_again()
    {
        await using var origin = await MediaOrigin.Start();
        origin.Serve(Url(0), Drawings.Of(10, 10));
        await origin.Bytes(Url(0));
        Directory.Delete(origin.Folder, recursive: true);

        await origin.Bytes(Url(0));
        await origin.Bytes(Url(0));

        Assert.Equal(2, origin.Asked.Count);
    }

    private static string Url(int number) => $"https://far.test/{number}.jpg";

    /// <summary>The answer's end may be seen before the server has closed its file.</summary>
    private static async Task Gone(MediaOrigin origin)
    {
        while (origin.OnDisk > 0) await Task.Yield();
    }

    /// <summary>A PNG that does not get smaller.</summary>
    private static byte[] Noise(int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(7).NextBytes(bitmap.GetPixelSpan());
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }
}
