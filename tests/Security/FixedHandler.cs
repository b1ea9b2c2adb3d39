namespace Calf.Tests.Security;

/// <summary>Answers every request from a function and remembers what was asked.</summary>
internal sealed class FixedHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<string> Seen { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Seen.Add(request.RequestUri!.AbsoluteUri);
        var message = answer(request);
        message.RequestMessage = request;
        return Task.FromResult(message);
    }
}
