using System.IO.Compression;
using System.Text;
using Calf.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Security;

public class SafeHttpBodyTests
{
    private static readonly SafeHttpOptions Local = new("Calf/test") { AllowLoopback = true, AllowPlainHttp = true };

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("")]
    public async Task A_body_is_read_whole_and_decompressed(string encoding)
    {
        var text = string.Concat(Enumerable.Repeat("moo ", 30_000));
        await using var server = await LoopbackServer.Start(c => Send(c, encoding, Encoding.UTF8.GetBytes(text)));
        Assert.Equal(text, Encoding.UTF8.GetString((await Get(server.Uri())).Body));
    }

    [Fact]
    [Trait("Wire", "040")]
    public async Task A_body_of_one_megabyte_passes_and_one_byte_more_does_not()
    {
        await using var server = await LoopbackServer.Start(c => Send(c, "", new byte[int.Parse(c.Request.Path.Value![1..])], announce: c.Request.Query.Count == 0));
        Assert.Equal(SafeHttp.MaxBodyBytes, (await Get(server.Uri($"/{SafeHttp.MaxBodyBytes}"))).Body.Length);
        Assert.Equal(SafeHttp.MaxBodyBytes, (await Get(server.Uri($"/{SafeHttp.MaxBodyBytes}?chunked"))).Body.Length);
        Assert.Equal(SafeHttpReason.TooLarge, (await Fails(server.Uri($"/{SafeHttp.MaxBodyBytes + 1}"))).Reason);
        Assert.Equal(SafeHttpReason.TooLarge, (await Fails(server.Uri($"/{SafeHttp.MaxBodyBytes + 1}?chunked"))).Reason);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [Trait("Wire", "040")]
    public async Task A_small_body_that_unpacks_to_a_huge_one_is_refused(string encoding)
    {
        await using var server = await LoopbackServer.Start(c => Send(c, encoding, new byte[50 * 1024 * 1024]));
        var refusal = await Fails(server.Uri());
        Assert.Equal(SafeHttpReason.TooLarge, refusal.Reason);
        Assert.False(refusal.Transient);
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("compress")]
    [InlineData("zstd")]
    public async Task Nested_and_unknown_encodings_are_refused(string encoding)
    {
        await using var server = await LoopbackServer.Start(c =>
        {
            c.Response.Headers.ContentEncoding = encoding;
            return c.Response.WriteAsync("x");
        });
        Assert.Equal(SafeHttpReason.EncodingRefused, (await Fails(server.Uri())).Reason);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\nnot gzip at all")]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    [InlineData("")]
    public async Task A_broken_answer_may_be_whole_another_time(string raw)
    {
        using var server = new RawServer(Encoding.ASCII.GetBytes(raw));
        var failure = await Fails(server.Uri);
        Assert.Equal(SafeHttpReason.BrokenAnswer, failure.Reason);
        Assert.True(failure.Transient);
    }

    [Fact]
    public async Task A_length_that_lies_small_gives_no_more_than_it_says()
    {
        using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok, and more"u8.ToArray());
        Assert.Equal("ok", Encoding.UTF8.GetString((await Get(server.Uri)).Body));
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        using var server = new RawServer(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nX: " + new string('x', 100_000) + "\r\n\r\n"));
        Assert.Contains((await Fails(server.Uri)).Reason, (SafeHttpReason[])[SafeHttpReason.TooLarge, SafeHttpReason.BrokenAnswer]);
    }

    [Fact]
    public async Task Only_the_start_of_a_body_is_read_where_that_is_enough()
    {
        await using var server = await LoopbackServer.Start(c => c.Response.WriteAsync(new string('x', 5000)));
        using var http = new SafeHttp(Local);
        var answer = await http.Send(SafeRequest.Get(server.Uri()) with { MaxBytes = 100, CutBody = true }, TestContext.Current.CancellationToken);
        Assert.Equal(100, answer.Body.Length);
    }

    [Fact]
    public async Task A_file_is_written_where_it_shall_go()
    {
        await using var server = await LoopbackServer.Start(c => Send(c, "gzip", new byte[40_000]));
        using var http = new SafeHttp(Local);
        using var file = new MemoryStream();
        var answer = await http.Send(SafeRequest.Get(server.Uri()) with { Into = file }, TestContext.Current.CancellationToken);
        Assert.Empty(answer.Body);
        Assert.Equal(40_000, file.Length);
        var tooLarge = SafeRequest.Get(server.Uri()) with { Into = new MemoryStream(), MaxBytes = 39_999 };
        await Assert.ThrowsAsync<SafeHttpException>(() => http.Send(tooLarge, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Wire", "040")]
    [Trait("Wire", "119")]
    public async Task A_server_that_falls_silent_is_left(bool afterTheFirstBytes)
    {
        var waiting = new TaskCompletionSource();
        await using var server = await LoopbackServer.Start(async c =>
        {
            if (afterTheFirstBytes) await c.Response.WriteAsync("slow");
            await c.Response.Body.FlushAsync();
            waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var time = new FakeTimeProvider();
        using var http = new SafeHttp(Local with { Time = time });
        var sending = http.Send(SafeRequest.Get(server.Uri()), TestContext.Current.CancellationToken);
        await waiting.Task;
        Assert.False(sending.IsCompleted);
        time.Advance(SafeHttp.ConnectTimeout + SafeHttp.ReadTimeout);
        var failure = await Assert.ThrowsAsync<SafeHttpException>(() => sending);
        Assert.Equal(SafeHttpReason.TimedOut, failure.Reason);
        Assert.True(failure.Transient);
    }

    /// <summary>CVE-2023-36461 (Mastodon): each drop came in time, and the whole never ended.</summary>
    [Fact]
    [Trait("Wire", "040")]
    [Trait("Wire", "119")]
    public async Task A_server_that_drips_is_left_when_the_whole_takes_too_long()
    {
        var time = new FakeTimeProvider();
        var drops = 0;
        await using var server = await LoopbackServer.Start(async c =>
        {
            try
            {
                while (!c.RequestAborted.IsCancellationRequested && drops < 1000)
                {
                    await c.Response.WriteAsync("x", c.RequestAborted);
                    await c.Response.Body.FlushAsync(c.RequestAborted);
                    drops++;
                    time.Advance(TimeSpan.FromSeconds(1));
                }
            }
            catch (OperationCanceledException)
            {
                // We have hung up, as we should.
            }
        });
        using var http = new SafeHttp(Local with { Time = time });
        var failure = await Assert.ThrowsAsync<SafeHttpException>(() => http.Send(SafeRequest.Get(server.Uri()), TestContext.Current.CancellationToken));
        Assert.Equal(SafeHttpReason.TimedOut, failure.Reason);
    }

    [Fact]
    public async Task Who_cancels_gets_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await LoopbackServer.Start(async c =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var http = new SafeHttp(Local);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.Send(SafeRequest.Get(server.Uri()), stop.Token));
    }

    private static async Task<SafeResponse> Get(Uri uri)
    {
        using var http = new SafeHttp(Local);
        return await http.Send(SafeRequest.Get(uri), TestContext.Current.CancellationToken);
    }

    private static Task<SafeHttpException> Fails(Uri uri) => Assert.ThrowsAsync<SafeHttpException>(() => Get(uri));

    private static async Task Send(HttpContext context, string encoding, byte[] body, bool announce = false)
    {
        if (encoding.Length > 0) context.Response.Headers.ContentEncoding = encoding;
        if (announce) context.Response.ContentLength = body.Length;
        try
        {
            await using Stream target = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
                _ => new BufferedStream(context.Response.Body),
            };
            await target.WriteAsync(body, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // We have hung up, as we should.
        }
    }
}
