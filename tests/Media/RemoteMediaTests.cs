using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Calf.Media;
using Calf.Moderation;
using SkiaSharp;

namespace Calf.Tests.Media;

/// <summary>Files of others: fetched at the first view, once for all who look, and whatever is wrong with one costs one refusal.</summary>
public sealed class RemoteMediaTests : IAsyncLifetime
{
    private const string Url = "https://far.test/a.jpg";

    private MediaOrigin origin = null!;

    public async ValueTask InitializeAsync() => origin = await MediaOrigin.Start();

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    [Fact]
    public async Task A_file_is_fetched_at_its_first_view_and_not_again()
    {
        var picture = Drawings.Of(300, 200, SKEncodedImageFormat.Jpeg);
        origin.Serve(Url, picture);
        Assert.Empty(origin.Asked);

        Assert.Equal(picture, await origin.Bytes(Url));
        Assert.Equal(picture, await origin.Bytes(Url));

        var asked = Assert.Single(origin.Asked);
        Assert.Equal("image/*, video/*, audio/*", asked.Headers.Accept.ToString());
        Assert.False(asked.Headers.Contains("Signature"));
        Assert.False(asked.Headers.Contains("Referer"));
    }

    [Theory]
    [InlineData(RemoteShape.Preview, 640, 320)]
    [InlineData(RemoteShape.Header, 1500, 750)]
    [InlineData(RemoteShape.Avatar, 400, 200)]
    [InlineData(RemoteShape.Emoji, 128, 64)]
    public async Task A_picture_is_drawn_as_small_as_it_is_shown(RemoteShape shape, int width, int height)
    {
        origin.Serve(Url, Drawings.Of(2000, 1000, SKEncodedImageFormat.Jpeg));

        using var seen = SKBitmap.Decode(await origin.Bytes(Url, shape));

        Assert.Equal((width, height), (seen.Width, seen.Height));
    }

    [Fact]
    public async Task All_who_look_at_once_share_one_fetch()
    {
        var gate = new TaskCompletionSource();
        origin.Serve(Url, async _ =>
        {
            await gate.Task;
            return new HttpResponseMessage { Content = new ByteArrayContent(Drawings.Of(50, 50, SKEncodedImageFormat.Png)) };
        });

        var viewers = Enumerable.Range(0, 20).Select(_ => origin.Bytes(Url)).ToList();
        gate.SetResult();
        var seen = await Task.WhenAll(viewers);

        Assert.All(seen, bytes => Assert.Equal(seen[0], bytes));
        Assert.Single(origin.Asked);
    }

    [Fact]
    public async Task One_server_is_asked_for_few_files_at_once()
    {
        var (asking, most, gate) = (0, 0, new SemaphoreSlim(0));
        var full = new TaskCompletionSource();
        foreach (var i in Enumerable.Range(0, 10))
            origin.Serve($"https://far.test/{i}.jpg", async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref asking));
                if (most == HostTurns.PerHost) full.TrySetResult();
                await gate.WaitAsync(TestContext.Current.CancellationToken);
                Interlocked.Decrement(ref asking);
                return new HttpResponseMessage { Content = new ByteArrayContent(Drawings.Of(10, 10)) };
            });
        origin.Serve("https://cdn.test/other.jpg", Drawings.Of(10, 10));

        var viewers = Enumerable.Range(0, 10).Select(i => origin.Bytes($"https://far.test/{i}.jpg")).ToList();
        await full.Task;
        // Another server's need not wait for them.
        await origin.Bytes("https://cdn.test/other.jpg");
        gate.Release(10);
        await Task.WhenAll(viewers);

        Assert.Equal(HostTurns.PerHost, most);
    }

    [Fact]
    public async Task What_calls_itself_a_picture_and_is_none_costs_one_refusal()
    {
        origin.Serve(Url, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg> and so on, for more than the first sixty-four bytes"u8.ToArray(), "image/svg+xml");
        origin.Serve("https://far.test/page.jpg", "<!doctype html><title>Not found</title>"u8.ToArray());
        origin.Serve("https://far.test/half.jpg", Drawings.Of(300, 200, SKEncodedImageFormat.Jpeg)[..200]);

        foreach (var url in new[] { Url, "https://far.test/page.jpg", "https://far.test/half.jpg" })
        {
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, await origin.Status(url, RemoteShape.Preview));
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, await origin.Status(url, RemoteShape.Preview));
        }

        Assert.Equal(3, origin.Asked.Count);
        Assert.Equal(0, origin.OnDisk);
        origin.Serve(Url, Drawings.Of(10, 10, SKEncodedImageFormat.Png));
        origin.Fediverse.Time.Advance(RemoteFetching.Remembered + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await origin.Status(Url, RemoteShape.Preview));
    }

    [Fact]
    public async Task A_film_is_no_avatar()
    {
        origin.Serve(Url, Film(1000), "video/mp4");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await origin.Status(Url, RemoteShape.Avatar));
    }

    [Theory]
    [InlineData(900)]
    [InlineData(1100)]
    public async Task A_length_that_is_a_lie_is_found_out_and_remembered(long said)
    {
        origin.Serve(Url, new MemoryStream(Drawings.Of(2000, 2000)[..1000]), said, "image/jpeg");

        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status(Url));
        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status(Url));

        Assert.Single(origin.Asked);
        Assert.Equal(0, origin.OnDisk);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_or_while_it_comes()
    {
        origin.Serve(Url, new MemoryStream(Film(1000)), 1L << 40);
        origin.Serve("https://far.test/endless.jpg", new Endless(), null, "image/jpeg");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await origin.Status(Url));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await origin.Status("https://far.test/endless.jpg", RemoteShape.Preview));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await origin.Status("https://far.test/endless.jpg", RemoteShape.Preview));

        Assert.Equal(2, origin.Asked.Count);
        Assert.Equal(0, origin.OnDisk);
    }

    [Fact]
    public async Task A_redirect_is_followed_a_few_times_and_never_to_a_rejected_server()
    {
        origin.Serve("https://cdn.test/b.jpg", Drawings.Of(10, 10, SKEncodedImageFormat.Jpeg));
        origin.Serve(Url, HttpStatusCode.Found, answer => answer.Headers.Location = new Uri("https://cdn.test/b.jpg"));
        origin.Serve("https://far.test/loop", HttpStatusCode.Found, answer => answer.Headers.Location = new Uri("https://far.test/loop"));
        origin.Serve("https://far.test/plain", HttpStatusCode.Found, answer => answer.Headers.Location = new Uri("http://far.test/a.jpg"));

        Assert.Equal(HttpStatusCode.OK, await origin.Status(Url));
        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status("https://far.test/loop"));
        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status("https://far.test/plain"));
        await Reject("cdn.test");
        var before = origin.Asked.Count(request => request.RequestUri!.Host == "cdn.test");
        Assert.Equal(HttpStatusCode.NotFound, await origin.Status(Url, RemoteShape.Preview));
        Assert.Equal(before, origin.Asked.Count(request => request.RequestUri!.Host == "cdn.test"));
    }

    [Fact]
    public async Task Nothing_is_fetched_or_shown_from_a_server_whose_media_are_rejected()
    {
        origin.Serve(Url, Drawings.Of(10, 10, SKEncodedImageFormat.Jpeg));
        Assert.Equal(HttpStatusCode.OK, await origin.Status(Url));

        await Reject("far.test");
        Assert.Equal(HttpStatusCode.NotFound, await origin.Status(Url));
        Assert.Equal(HttpStatusCode.NotFound, await origin.Status("https://deeper.far.test/other.jpg"));
        await origin.Calf.Database.Write(c => DomainBlockStore.Remove(c, "far.test"));

        Assert.Equal(HttpStatusCode.OK, await origin.Status(Url));
        Assert.Single(origin.Asked);
    }

    [Fact]
    public async Task A_server_that_asks_for_rest_gets_it_for_all_its_files()
    {
        origin.Serve(Url, HttpStatusCode.TooManyRequests, answer => answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromHours(1)));
        origin.Serve("https://far.test/b.jpg", Drawings.Of(10, 10, SKEncodedImageFormat.Jpeg));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await origin.Status(Url));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await origin.Status("https://far.test/b.jpg"));
        Assert.Single(origin.Asked);

        origin.Fediverse.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await origin.Status("https://far.test/b.jpg"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_and_tried_again_later()
    {
        var silent = new Silent();
        origin.Serve(Url, silent, 1000, "image/jpeg");

        var waiting = origin.Status(Url);
        await silent.Asked.Task;
        origin.Fediverse.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.BadGateway, await waiting);
        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status(Url));
        Assert.Single(origin.Asked);
        origin.Serve(Url, Drawings.Of(10, 10, SKEncodedImageFormat.Jpeg));
        origin.Fediverse.Time.Advance(RemoteFetching.TriedAgain + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await origin.Status(Url));
    }

    [Fact]
    public async Task A_film_is_seen_while_it_comes_and_kept_when_it_is_here()
    {
        var film = Film(100_000);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        origin.Serve(Url, pipe.Reader.AsStream(), film.Length);
        await pipe.Writer.WriteAsync(film.AsMemory(0, 50_000), TestContext.Current.CancellationToken);

        using var answer = await origin.View(Url);
        await using var seen = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var half = new byte[50_000];
        await seen.ReadExactlyAsync(half, TestContext.Current.CancellationToken);
        Assert.Equal(film[..50_000], half);
        Assert.Equal(film.Length, answer.Content.Headers.ContentLength);

        await pipe.Writer.WriteAsync(film.AsMemory(50_000), TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        await seen.ReadExactlyAsync(half, TestContext.Current.CancellationToken);
        Assert.Equal(film[50_000..], half);

        Assert.Equal(film, await origin.Bytes(Url));
        Assert.Single(origin.Asked);
    }

    [Fact]
    public async Task A_film_that_breaks_off_breaks_off_for_its_viewer_too()
    {
        var pipe = new Pipe();
        origin.Serve(Url, pipe.Reader.AsStream(), 10_000);
        await pipe.Writer.WriteAsync(Film(5_000), TestContext.Current.CancellationToken);
        using var answer = await origin.View(Url);

        await pipe.Writer.CompleteAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.BadGateway, await origin.Status(Url));
        Assert.Equal(0, origin.OnDisk);
    }

    internal static byte[] Film(int length)
    {
        var film = new byte[length];
        new Random(1).NextBytes(film);
        "\0\0\0\u0018ftypmp42"u8.CopyTo(film);
        return film;
    }

    private Task Reject(string domain) => origin.Calf.Database.Write(c =>
        DomainBlockStore.Save(c, new DomainBlock(Calf.Store.Ids.At(origin.Fediverse.Time.GetUtcNow()), domain, DomainSeverity.None, RejectMedia: true) { CreatedAt = origin.Fediverse.Time.GetUtcNow() }));

    private abstract class Body : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>A JPEG that never ends.</summary>
    private sealed class Endless : Body
    {
        private bool begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!begun) ((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF, 0xE0]).CopyTo(buffer.Span);
            begun = true;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    /// <summary>Sends nothing.</summary>
    private sealed class Silent : Body
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
