using System.Net;
using System.Security.Authentication;
using System.Text;
using Calf.Federation;
using Calf.Security;
using Calf.Tests.Mastodon;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>A server that asks itself what another one would, through what stands between it and the world.</summary>
public sealed class DomainCheckTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer calf = null!;

    public async ValueTask InitializeAsync() => calf = await fediverse.Join("alice.test");

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Fact]
    public async Task A_server_that_all_can_reach_passes_every_check()
    {
        var result = await Run();
        Assert.All(result.Steps, step => Assert.True(step is { Ok: true, Advice: null }, step.Sentence));
        Assert.Equal(["https", "webfinger", "actor", "nodeinfo", "inbox"], result.Steps.Select(step => step.Name));
        Assert.True(result is { Ok: true, Local: false });
        Assert.Contains("@alice@alice.test", result.Steps[1].Sentence);
        Assert.Equal(
            [
                "GET https://alice.test/.well-known/nodeinfo", "GET https://alice.test/.well-known/webfinger?resource=acct%3Aalice%40alice.test", "GET https://alice.test/health",
                "GET https://alice.test/nodeinfo/2.0", "GET https://alice.test/users/alice", "POST https://alice.test/inbox",
            ], fediverse.Requests.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_speaks_the_language_in_which_it_was_asked()
    {
        var english = await Run();
        Words.Speak("de");
        var german = await Run();
        Assert.Equal(english.Steps.Select(step => step.Name), german.Steps.Select(step => step.Name));
        Assert.Equal("Andere finden dich unter @alice@alice.test.", german.Steps[1].Sentence);
        Assert.Same(german, await Run());
    }

    [Fact]
    public async Task It_is_run_once_in_ten_seconds_however_often_it_is_asked_for()
    {
        var both = await Task.WhenAll(Run(), Run());
        Assert.Same(both[0], both[1]);
        var asked = fediverse.Requests.Count;
        fediverse.Time.Advance(DomainCheck.Rest - TimeSpan.FromSeconds(1));
        Assert.Same(both[0], await Run());
        Assert.Equal(asked, fediverse.Requests.Count);
        fediverse.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(both[0], await Run());
        Assert.Equal(2 * asked, fediverse.Requests.Count);
    }

    [Theory]
    [InlineData("name", "DNS record")]
    [InlineData("private", "private address")]
    [InlineData("certificate", "certificate")]
    [InlineData("closed", "port 443")]
    public async Task Where_nothing_is_reached_it_says_once_why_and_what_to_do(string trouble, string advice)
    {
        fediverse.Answer("alice.test", _ => throw (Exception)(trouble switch
        {
            "name" => new HttpRequestException("x", new SafeHttpException(SafeHttpReason.NameNotFound, "alice.test has no address.")),
            "private" => new HttpRequestException("x", new SafeHttpException(SafeHttpReason.AddressRefused, "alice.test is at 192.168.0.2.")),
            "certificate" => new HttpRequestException("x", new AuthenticationException("It ran out.")),
            _ => new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
        }));
        var result = await Run();
        var step = Assert.Single(result.Steps);
        Assert.Equal(("https", false, false), (step.Name, step.Ok, result.Ok));
        Assert.Contains(advice, step.Advice);
        Assert.Contains("alice.test", step.Sentence);
    }

    [Fact]
    public async Task It_waits_ten_seconds_and_no_longer()
    {
        fediverse.Answer("alice.test", _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var running = Run();
        while (fediverse.Requests.Count < 5) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        fediverse.Time.Advance(DomainCheck.Limit);
        var step = Assert.Single((await running).Steps);
        Assert.Contains("10 seconds", step.Sentence);
        Assert.Contains("port 443", step.Advice);
    }

    [Theory]
    [InlineData("/health", 502, "https", "does not reach Calf")]
    [InlineData("/.well-known/webfinger", 404, "webfinger", "/.well-known/")]
    [InlineData("/users/alice", 403, "actor", "proxy")]
    [InlineData("/.well-known/nodeinfo", 404, "nodeinfo", "/nodeinfo/")]
    [InlineData("/inbox", 403, "inbox", "POST")]
    [InlineData("/inbox", 200, "inbox", "proxy")]
    public async Task A_proxy_that_keeps_something_back_is_found_out(string path, int status, string name, string advice)
    {
        Behind(request => request.RequestUri!.AbsolutePath == path ? new HttpResponseMessage((HttpStatusCode)status) : null);
        var result = await Run();
        var wrong = Assert.Single(result.Steps, step => !step.Ok);
        Assert.Equal((name, false), (wrong.Name, result.Ok));
        Assert.Contains(advice, wrong.Advice);
    }

    [Fact]
    public async Task A_page_in_the_place_of_the_document_a_foreign_document_and_a_password_are_found_out()
    {
        Behind(request => request.RequestUri!.AbsolutePath switch
        {
            "/users/alice" => new HttpResponseMessage { Content = new StringContent("<html>", Encoding.UTF8, "text/html") },
            "/inbox" => new HttpResponseMessage(HttpStatusCode.Unauthorized) { Headers = { { "WWW-Authenticate", "Basic realm=\"x\"" } } },
            _ => null,
        });
        var wrong = (await Run()).Steps.Where(step => !step.Ok).ToList();
        Assert.Contains("Vary", wrong[0].Advice);
        Assert.Contains("password", wrong[1].Advice);

        fediverse.Time.Advance(DomainCheck.Rest);
        Behind(request => request.RequestUri!.AbsolutePath == "/users/alice" ? new HttpResponseMessage { Content = new StringContent("""{"id":"https://alice.test/users/eve"}""", Encoding.UTF8, "application/activity+json") } : null);
        Assert.Contains("not your profile", Assert.Single((await Run()).Steps, step => !step.Ok).Sentence);
    }

    [Fact]
    public async Task A_domain_of_handles_elsewhere_has_to_lead_here()
    {
        var far = await fediverse.Join("handles.test", settings => settings.WebDomain = "web.test");
        fediverse.Answer("web.test", request => new HttpMessageInvoker(far.Handler, disposeHandler: false).SendAsync(request, CancellationToken.None));
        fediverse.Answer("handles.test", _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        var result = await far.Get<DomainCheck>().Run(TestContext.Current.CancellationToken);
        var wrong = Assert.Single(result.Steps, step => !step.Ok);
        Assert.Contains("Let handles.test redirect /.well-known/webfinger", wrong.Advice);

        fediverse.Time.Advance(DomainCheck.Rest);
        fediverse.Answer("handles.test", request => Task.FromResult(new HttpResponseMessage(HttpStatusCode.MovedPermanently) { Headers = { Location = new Uri("https://web.test" + request.RequestUri!.PathAndQuery) } }));
        Assert.True((await far.Get<DomainCheck>().Run(TestContext.Current.CancellationToken)).Ok);
    }

    [Fact]
    public async Task In_local_mode_nothing_is_asked_and_the_page_gets_it_as_JSON()
    {
        await using var api = await ApiFixture.Start(adjust: settings => settings.Domain = "localhost:8080");
        var result = await api.Get("/api/calf/v1/domain_check", await api.TokenWith("admin:read"));
        Assert.Equal(("localhost:8080", true, false), (result.GetProperty("domain").GetString(), result.GetProperty("local").GetBoolean(), result.GetProperty("ok").GetBoolean()));
        Assert.Equal("""{"name":"local","ok":true,"sentence":"This Calf is in local mode: only this machine can reach it.","advice":"Set Domain to a name of your own, and start Calf anew, to meet others."}""",
            Assert.Single(result.GetProperty("checks").EnumerateArray()).GetRawText());
    }

    private Task<DomainCheckResult> Run() => calf.Get<DomainCheck>().Run(TestContext.Current.CancellationToken);

    /// <summary>Puts a proxy before the server that answers some requests itself.</summary>
    private void Behind(Func<HttpRequestMessage, HttpResponseMessage?> proxy)
    {
        var inner = new HttpMessageInvoker(calf.Handler);
        fediverse.Answer("alice.test", request => proxy(request) is { } kept ? Task.FromResult(kept) : inner.SendAsync(request, CancellationToken.None));
    }
}
