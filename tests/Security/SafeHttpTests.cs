using System.Net;
using System.Text;
using Calf.Security;
using Microsoft.AspNetCore.Http;

namespace Calf.Tests.Security;

public class SafeHttpTests
{
    private static readonly SafeHttpOptions Local = new("Calf/test (+https://calf.example/)") { AllowLoopback = true, AllowPlainHttp = true };

    [Fact]
    [Trait("Wire", "114")]
    public async Task A_loopback_server_is_not_reached_unless_allowed()
    {
        var reached = false;
        await using var server = await LoopbackServer.Start(c => { reached = true; return Task.CompletedTask; });
        using var http = new SafeHttp(Local with { AllowLoopback = false });
        var literal = await Refused(http, server.Uri());
        Assert.Equal(SafeHttpReason.AddressRefused, literal.Reason);
        Assert.False(literal.Transient);
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(http, new Uri($"http://localhost:{server.Port}/"))).Reason);
        Assert.False(reached);

        using var allowed = new SafeHttp(Local);
        Assert.Equal(200, (await allowed.Send(SafeRequest.Get(server.Uri()), TestContext.Current.CancellationToken)).Status);
        Assert.True(reached);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fe80::1")]
    [Trait("Wire", "114")]
    public async Task A_name_that_leads_to_a_special_address_is_refused_when_it_connects(string address)
    {
        using var http = new SafeHttp(Local with { AllowLoopback = false, Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]) });
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(http, new Uri("http://harmless.example/"))).Reason);
    }

    [Theory]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://0/")]
    [Trait("Wire", "114")]
    public async Task Odd_spellings_of_an_address_are_seen_through(string url)
    {
        using var http = new SafeHttp(Local with { AllowLoopback = false });
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(http, new Uri(url))).Reason);
    }

    [Fact]
    [Trait("Wire", "114")]
    public async Task The_connection_goes_to_the_address_that_was_checked()
    {
        await using var server = await LoopbackServer.Start(c => c.Response.WriteAsync(c.Request.Host.Value!));
        var asked = 0;
        using var http = new SafeHttp(Local with { Resolve = (_, _) => { asked++; return Task.FromResult<IPAddress[]>([IPAddress.Parse("10.9.9.9"), IPAddress.Loopback]); } });
        var answer = await http.Send(SafeRequest.Get(new Uri($"http://two.example:{server.Port}/")), TestContext.Current.CancellationToken);
        Assert.Equal($"two.example:{server.Port}", Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:secret@example.org/")]
    [Trait("Wire", "114")]
    public async Task A_redirect_to_where_we_do_not_go_is_refused(string target)
    {
        await using var server = await LoopbackServer.Start(c => { c.Response.Redirect(target); return Task.CompletedTask; });
        using var http = new SafeHttp(Local);
        var refusal = await Refused(http, server.Uri());
        Assert.Contains(refusal.Reason, (SafeHttpReason[])[SafeHttpReason.AddressRefused, SafeHttpReason.InvalidUrl]);
        Assert.False(refusal.Transient);
    }

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("https://user@example.org/")]
    [InlineData("ftp://example.org/")]
    public async Task Only_https_without_a_user_name_is_fetched(string url)
    {
        using var http = new SafeHttp(new("Calf/test"));
        Assert.Equal(SafeHttpReason.InvalidUrl, (await Refused(http, new Uri(url))).Reason);
    }

    [Fact]
    [Trait("Wire", "011")]
    public async Task Every_hop_is_signed_anew_and_other_hosts_get_no_authorization()
    {
        var seen = new List<string>();
        await using var server = await LoopbackServer.Start(c =>
        {
            seen.Add($"{c.Request.Host.Host}{c.Request.Path} {c.Request.Headers["X-Signed"]} {c.Request.Headers.Authorization}");
            if (c.Request.Path == "/1") c.Response.Redirect("/2");
            if (c.Request.Path == "/2") c.Response.Redirect($"http://localhost:{c.Request.Host.Port}/3#part");
            return Task.CompletedTask;
        });
        using var http = new SafeHttp(Local);
        var request = SafeRequest.Get(server.Uri("/1")) with
        {
            Headers = [new("Authorization", "Bearer x")],
            Sign = m => m.Headers.Add("X-Signed", m.RequestUri!.AbsolutePath),
        };
        var answer = await http.Send(request, TestContext.Current.CancellationToken);
        Assert.Equal($"http://localhost:{server.Port}/3", answer.FinalUri.AbsoluteUri);
        Assert.Equal(["127.0.0.1/1 /1 Bearer x", "127.0.0.1/2 /2 Bearer x", "localhost/3 /3 "], seen);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_four_are_not()
    {
        await using var server = await LoopbackServer.Start(c =>
        {
            var left = int.Parse(c.Request.Path.Value![1..]);
            if (left > 0) c.Response.Redirect($"/{left - 1}");
            return Task.CompletedTask;
        });
        using var http = new SafeHttp(Local);
        Assert.Equal("/0", (await http.Send(SafeRequest.Get(server.Uri("/3")), TestContext.Current.CancellationToken)).FinalUri.AbsolutePath);
        Assert.Equal(SafeHttpReason.RedirectRefused, (await Refused(http, server.Uri("/4"))).Reason);
    }

    [Fact]
    public async Task A_post_is_repeated_only_where_the_status_says_so()
    {
        var seen = new List<string>();
        await using var server = await LoopbackServer.Start(async c =>
        {
            seen.Add($"{c.Request.Method} {c.Request.Path} {await new StreamReader(c.Request.Body).ReadToEndAsync()}");
            if (c.Request.Path == "/308") { c.Response.StatusCode = 308; c.Response.Headers.Location = "/inbox"; }
            if (c.Request.Path == "/302") c.Response.Redirect("/inbox");
        });
        using var http = new SafeHttp(Local);
        var answer = await http.Send(SafeRequest.Post(server.Uri("/308"), "{}"u8.ToArray(), "application/activity+json"), TestContext.Current.CancellationToken);
        Assert.Equal(200, answer.Status);
        answer = await http.Send(SafeRequest.Post(server.Uri("/302"), "{}"u8.ToArray(), "application/activity+json"), TestContext.Current.CancellationToken);
        Assert.Equal(302, answer.Status);
        Assert.Equal(["POST /308 {}", "POST /inbox {}", "POST /302 {}"], seen);
    }

    [Fact]
    public async Task An_https_server_cannot_send_us_to_http()
    {
        var handler = new FixedHandler(_ => new(HttpStatusCode.Found) { Headers = { Location = new("http://example.org/") } });
        using var http = new SafeHttp(Local with { Inner = handler });
        Assert.Equal(SafeHttpReason.RedirectRefused, (await Refused(http, new Uri("https://example.org/"))).Reason);
        Assert.Single(handler.Seen);
    }

    [Fact]
    public async Task The_one_who_asks_is_named()
    {
        await using var server = await LoopbackServer.Start(c => c.Response.WriteAsync(c.Request.Headers.UserAgent.ToString()));
        using var http = new SafeHttp(Local with { UserAgent = SafeHttp.UserAgentFor("1.2", "https://calf.example") });
        var answer = await http.Send(SafeRequest.Get(server.Uri()), TestContext.Current.CancellationToken);
        Assert.Equal("Calf/1.2 (+https://calf.example/)", Encoding.UTF8.GetString(answer.Body));
    }

    [Fact]
    public async Task A_name_or_a_port_that_does_not_answer_may_answer_later()
    {
        using var nameless = new SafeHttp(Local with { Resolve = (_, _) => throw new System.Net.Sockets.SocketException(11001) });
        var unknown = await Refused(nameless, new Uri("http://nowhere.example/"));
        Assert.Equal(SafeHttpReason.NameNotFound, unknown.Reason);
        Assert.True(unknown.Transient);

        var port = (await ClosedServer()).Port;
        using var http = new SafeHttp(Local);
        var closed = await Refused(http, new Uri($"http://127.0.0.1:{port}/"));
        Assert.Equal(SafeHttpReason.ConnectFailed, closed.Reason);
        Assert.True(closed.Transient);
    }

    [Theory]
    [InlineData(401, true)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(501, false)]
    [InlineData(400, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(410, false)]
    [InlineData(202, false)]
    [Trait("Wire", "042")]
    public async Task Some_answers_are_worth_another_try(int status, bool transient)
    {
        using var http = new SafeHttp(Local with { Inner = new FixedHandler(_ => new((HttpStatusCode)status)) });
        Assert.Equal(transient, (await http.Send(SafeRequest.Get(new Uri("https://example.org/")), TestContext.Current.CancellationToken)).IsTransient);
    }

    [Fact]
    public async Task Retry_after_is_read_in_both_forms()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(90), (await With("90")).RetryAfter(now));
        Assert.Equal(TimeSpan.FromHours(1), (await With("Thu, 01 Jan 2026 01:00:00 GMT")).RetryAfter(now));
        Assert.Equal(TimeSpan.Zero, (await With("Wed, 31 Dec 2025 01:00:00 GMT")).RetryAfter(now));
        Assert.Null((await With("soon")).RetryAfter(now));

        static async Task<SafeResponse> With(string value)
        {
            using var http = new SafeHttp(Local with
            {
                Inner = new FixedHandler(_ =>
                {
                    var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
                    answer.Headers.TryAddWithoutValidation("Retry-After", value);
                    return answer;
                }),
            });
            return await http.Send(SafeRequest.Get(new Uri("https://example.org/")), TestContext.Current.CancellationToken);
        }
    }

    private static async Task<LoopbackServer> ClosedServer()
    {
        var server = await LoopbackServer.Start(_ => Task.CompletedTask);
        await server.DisposeAsync();
        return server;
    }

    private static Task<SafeHttpException> Refused(SafeHttp http, Uri uri) =>
        Assert.ThrowsAsync<SafeHttpException>(() => http.Send(SafeRequest.Get(uri), TestContext.Current.CancellationToken));
}
