using System.Text;
using Calf.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Security;

/// <summary>Bodies that are too large for memory: each step has its time, the whole has not, and whoever closes one ends it.</summary>
public class OpenAnswerTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_may_take_as_long_as_its_reader_and_no_step_longer_than_its_limit()
    {
        var go = new SemaphoreSlim(0);
        await using var server = await LoopbackServer.Start(async http =>
        {
            for (var i = 0; i < 3; i++)
            {
                await http.Response.WriteAsync("part");
                await http.Response.Body.FlushAsync();
                await go.WaitAsync(http.RequestAborted);
            }
        });
        using var http = Http();
        using var answer = await http.Open(SafeRequest.Get(server.Uri()), Stop);
        await using var body = await answer.Body(Stop);
        var part = new byte[4];
        for (var i = 0; i < 3; i++)
        {
            await body.ReadExactlyAsync(part, Stop);
            clock.Advance(TimeSpan.FromHours(1));
            if (i < 2) go.Release();
        }
        var stalled = body.ReadAsync(part, Stop).AsTask();
        while (!stalled.IsCompleted)
        {
            clock.Advance(SafeHttp.ReadTimeout);
            await Task.Delay(10, Stop);
        }
        await Assert.ThrowsAsync<IOException>(() => stalled);
    }

    [Fact]
    public async Task Who_closes_it_ends_the_transfer()
    {
        var ended = new TaskCompletionSource();
        await using var server = await LoopbackServer.Start(async http =>
        {
            http.RequestAborted.Register(ended.SetResult);
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(new byte[64 * 1024], http.RequestAborted);
        });
        using var http = Http();
        using (var answer = await http.Open(SafeRequest.Get(server.Uri()), Stop))
        await using (var body = await answer.Body(Stop))
            await body.ReadExactlyAsync(new byte[100], Stop);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        var asked = 0;
        await using var server = await LoopbackServer.Start(http =>
        {
            asked++;
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        using var http = Http();
        using var answer = await http.Open(SafeRequest.Get(server.Uri()), Stop);
        Assert.Equal((302, 1), (answer.Status, asked));
    }

    [Fact]
    public async Task An_upload_is_read_while_it_is_sent_and_closed_afterwards()
    {
        string? got = null, length = null;
        await using var server = await LoopbackServer.Start(async http =>
        {
            length = http.Request.Headers.ContentLength.ToString();
            using var reader = new StreamReader(http.Request.Body);
            got = await reader.ReadToEndAsync();
        });
        using var http = Http();
        var source = new MemoryStream(Encoding.UTF8.GetBytes("content"));
        using (var answer = await http.Open(new SafeRequest(HttpMethod.Put, server.Uri()) { Upload = () => source, UploadLength = 7, ContentType = "image/png" }, Stop)) Assert.Equal(200, answer.Status);
        Assert.Equal(("content", "7", false), (got, length, source.CanRead));
    }

    private SafeHttp Http() => new(new SafeHttpOptions("Calf/test") { AllowLoopback = true, AllowPlainHttp = true, Time = clock });
}
