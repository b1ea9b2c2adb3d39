using System.Net;
using System.Net.Http.Headers;
using Calf.Media;
using Calf.Tests.Support;

namespace Calf.Tests.Media;

/// <summary>A server that looks at files of <c>far.test</c>, which this answers for by hand.</summary>
public sealed class MediaOrigin : IAsyncDisposable
{
    private readonly Dictionary<string, Func<HttpRequestMessage, Task<HttpResponseMessage>>> answers = [];

    public Fediverse Fediverse { get; } = new();

    public CalfServer Calf { get; private set; } = null!;

    /// <summary>What was asked for.</summary>
    public List<HttpRequestMessage> Asked { get; } = [];

    public static async Task<MediaOrigin> Start(int megabytes = 20)
    {
        var origin = new MediaOrigin();
        origin.Calf = await origin.Fediverse.Join("calf.test", settings => settings.Media.RemoteCacheMegabytes = megabytes);
        origin.Fediverse.Answer("far.test", origin.Answer);
        origin.Fediverse.Answer("cdn.test", origin.Answer);
        return origin;
    }

    public string Folder => Path.Combine(Calf.Get<Settings>().Data, RemoteCache.Folder);

    /// <summary>Bytes on disk, finished or not.</summary>
    public long OnDisk => Directory.Exists(Folder) ? new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;

    public void Serve(string url, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) => answers[url] = answer;

    public void Serve(string url, byte[] content, string type = "image/jpeg") => Serve(url, _ => Task.FromResult(With(new ByteArrayContent(content), type)));

    public void Serve(string url, HttpStatusCode status, Action<HttpResponseMessage>? adjust = null) => Serve(url, _ =>
    {
        var answer = new HttpResponseMessage(status);
        adjust?.Invoke(answer);
        return Task.FromResult(answer);
    });

    /// <summary>Serves what a test writes, as it writes it.</summary>
    /// <param name="length">What it says it will be; null says nothing.</param>
    public void Serve(string url, Stream coming, long? length, string type = "video/mp4") => Serve(url, _ =>
    {
        var content = new StreamContent(coming);
        content.Headers.ContentLength = length;
        return Task.FromResult(With(content, type));
    });

    /// <summary>As a viewer with the address that Calf made.</summary>
    public async Task<HttpResponseMessage> View(string url, RemoteShape shape = RemoteShape.Original, Action<HttpRequestMessage>? adjust = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Calf.Get<RemoteMediaUrls>().Of(url, shape));
        adjust?.Invoke(request);
        using var client = Calf.TestServer.CreateClient();
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<byte[]> Bytes(string url, RemoteShape shape = RemoteShape.Original)
    {
        using var answer = await View(url, shape);
        Assert.True(answer.IsSuccessStatusCode, $"{url} answered {(int)answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> Status(string url, RemoteShape shape = RemoteShape.Original)
    {
        using var answer = await View(url, shape);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync() => await Fediverse.DisposeAsync();

    private static HttpResponseMessage With(HttpContent content, string type)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        lock (Asked) Asked.Add(request);
        return answers.TryGetValue(request.RequestUri!.AbsoluteUri, out var answer) ? answer(request) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
