using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Ordinary web pages in the test's network. What is not served is 404.</summary>
internal sealed class WebPages
{
    private readonly Fediverse fediverse;
    private readonly ConcurrentDictionary<string, Func<HttpResponseMessage>> pages = new();
    private readonly ConcurrentQueue<HttpRequestMessage> requests = new();

    public WebPages(Fediverse fediverse)
    {
        this.fediverse = fediverse;
        Add("news.test");
        for (var i = 0; i < 9; i++) Add($"host{i}.test");
    }

    public Action BeforeAnswer { get; set; } = () => { };

    public IReadOnlyCollection<HttpRequestMessage> Requests => requests;

    public IReadOnlyList<string> Asked => [.. requests.Select(request => request.RequestUri!.AbsoluteUri)];

    public void Serve(string url, string html, string? type = "text/html")
    {
        pages[url] = () =>
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(html));
            if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        };
        Add(new Uri(url).Host);
    }

    public void Redirect(string url, string to)
    {
        pages[url] = () =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.MovedPermanently);
            answer.Headers.Location = new Uri(to);
            return answer;
        };
        Add(new Uri(url).Host);
    }

    public void Refuse(string url, HttpStatusCode status, TimeSpan? retryAfter) => pages[url] = () =>
    {
        var answer = new HttpResponseMessage(status);
        if (retryAfter is { } wait) answer.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        return answer;
    };

    private void Add(string host) => fediverse.Answer(host, request =>
    {
        requests.Enqueue(request);
        BeforeAnswer();
        return Task.FromResult(pages.TryGetValue(request.RequestUri!.AbsoluteUri, out var page) ? page() : new HttpResponseMessage(HttpStatusCode.NotFound));
    });
}
