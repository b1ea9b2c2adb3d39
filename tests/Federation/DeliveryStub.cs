using System.Collections.Concurrent;
using System.Net;

namespace Calf.Tests.Federation;

/// <summary>Other servers' inboxes: remembers what was posted and answers as the test says, otherwise 202.</summary>
public sealed class DeliveryStub : HttpMessageHandler
{
    private readonly ConcurrentQueue<Posted> all = new();
    private readonly ConcurrentDictionary<string, Func<Posted, HttpResponseMessage>> answers = new();
    private int underWay;

    /// <param name="Rfc9421">Which of the two signatures it carried.</param>
    public sealed record Posted(string Inbox, string Body, bool Rfc9421, IReadOnlyDictionary<string, string> Headers);

    public int MostAtOnce { get; private set; }

    /// <summary>When set, every request waits for it.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public IReadOnlyList<Posted> All => [.. all];

    public IReadOnlyList<string> Bodies(string inbox) => [.. all.Where(p => p.Inbox == inbox).Select(p => p.Body)];

    public void Forget() => all.Clear();

    public void Answer(string inbox, int status, string? retryAfter = null, string? text = null) => Answer(inbox, _ =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status);
        if (retryAfter is not null) answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        if (text is not null) answer.Content = new StringContent(text);
        return answer;
    });

    public void Answer(string inbox, Func<Posted, HttpResponseMessage> answer) => answers[inbox] = answer;

    public void Break(string inbox) => Answer(inbox, _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "no route"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (all) MostAtOnce = Math.Max(MostAtOnce, ++underWay);
        try
        {
            var headers = request.Headers.NonValidated.Concat(request.Content!.Headers.NonValidated).ToDictionary(h => h.Key, h => h.Value.ToString());
            var posted = new Posted(
                request.RequestUri!.ToString(), await request.Content.ReadAsStringAsync(cancellationToken), headers.ContainsKey("Signature-Input"), headers);
            all.Enqueue(posted);
            if (Gate is { } gate) await gate.Task.WaitAsync(cancellationToken);
            return answers.TryGetValue(posted.Inbox, out var answer) ? answer(posted) : new HttpResponseMessage(HttpStatusCode.Accepted);
        }
        finally
        {
            lock (all) underWay--;
        }
    }
}
