using System.Net;
using System.Text;
using Calf.ActivityPub;
using Calf.Security;
using Calf.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.ActivityPub;

/// <summary>Other servers made of a table: URL to status, type and body. What is not in the table is 404.</summary>
internal sealed class Peers
{
    public const string Ap = "application/activity+json; charset=utf-8";
    public const string Jrd = "application/jrd+json";
    private static readonly SigningKey Key = SigningKey.Generate("https://calf.example/actor#main-key");
    private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = [];

    public Peers()
    {
        Handler = new FixedHandler(request => _answers.TryGetValue(request.RequestUri!.AbsoluteUri, out var answer) ? answer() : new(HttpStatusCode.NotFound));
        Http = new SafeHttp(new("Calf/test") { Inner = Handler });
        Documents = new DocumentFetcher(new SignedHttp(Http, new SignatureMemory(), new FakeTimeProvider()), () => Key, "calf.example");
        WebFinger = new WebFingerClient(Http, Documents);
    }

    public FixedHandler Handler { get; }
    public SafeHttp Http { get; }
    public DocumentFetcher Documents { get; }
    public WebFingerClient WebFinger { get; }
    public List<string> Seen => Handler.Seen;

    public Peers Add(string url, string body, string type = Ap, int status = 200, string? link = null)
    {
        _answers[url] = () =>
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (link is not null) answer.Headers.TryAddWithoutValidation("Link", link);
            return answer;
        };
        return this;
    }

    public Peers Redirect(string from, string to)
    {
        _answers[from] = () => new(HttpStatusCode.Found) { Headers = { Location = new Uri(to) } };
        return this;
    }

    public Peers Finger(string host, string acct, string subject, string actor) => Add(
        $"https://{host}/.well-known/webfinger?resource=acct%3A{acct.Replace("@", "%40", StringComparison.Ordinal)}",
        $$"""{"subject":"acct:{{subject}}","links":[{"rel":"self","type":"text/html","href":"https://x.example/"},{"rel":"self","type":"application/activity+json","href":"{{actor}}"}]}""", Jrd);

    public static string Actor(string id, string name = "alice") =>
        $$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{id}}","type":"Person","preferredUsername":"{{name}}","inbox":"{{id}}/inbox"}""";
}
