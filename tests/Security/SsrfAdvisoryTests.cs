using System.Net;
using Calf.ActivityPub;
using Calf.Security;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Security;

/// <summary>
/// What others were made to fetch from their own machines and networks. In all of these a name that looks harmless leads inside: at once, at the
/// second look, by a redirect, by the second knock, or in a fetch that is only made beside another.
/// </summary>
[Trait("Wire", "114")]
public sealed class SsrfAdvisoryTests : IAsyncLifetime
{
    private readonly List<string> inside = [];
    private readonly Dictionary<string, IPAddress> names = [];
    private readonly SigningKey key = SigningKey.Generate("https://calf.example/actor#main-key");
    private LoopbackServer secret = null!;
    private SafeHttp http = null!;
    private SignedHttp signed = null!;

    public async ValueTask InitializeAsync()
    {
        secret = await LoopbackServer.Start(c => { inside.Add(c.Request.Path); return Task.CompletedTask; });
        http = Door(null);
        signed = new SignedHttp(http, new SignatureMemory(), new FakeTimeProvider());
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(inside);
        http.Dispose();
        key.Dispose();
        await secret.DisposeAsync();
    }

    /// <summary>Each in the dress of an ordinary name, and as it can stand in a URL. The range is checked where the socket opens.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("192.0.0.192")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2001:0:7f00:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("fc00::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public async Task No_special_address_is_connected_to_by_name_literal_or_redirect(string address)
    {
        names["inside.example"] = IPAddress.Parse(address);
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(http, $"http://inside.example:{secret.Port}/name")).Reason);
        var literal = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(http, $"http://{literal}:{secret.Port}/literal")).Reason);

        using var redirecting = Door(new FixedHandler(_ => new(HttpStatusCode.Found) { Headers = { Location = new($"http://{literal}:{secret.Port}/redirect") } }));
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(redirecting, "http://outside.example/")).Reason);
    }

    /// <summary>GHSA-vwhj-3g83-v276 (Mastodon) and CVE-2026-22245: the address that was checked was not the one that was used.</summary>
    [Fact]
    public async Task A_name_that_changes_between_two_looks_gains_nothing()
    {
        var looks = 0;
        using var rebinding = new SafeHttp(Options with
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([looks++ == 0 ? IPAddress.Parse("10.1.1.1") : IPAddress.Loopback]),
        });
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(rebinding, $"http://rebind.example:{secret.Port}/1")).Reason);
        Assert.Equal(SafeHttpReason.AddressRefused, (await Refused(rebinding, $"http://rebind.example:{secret.Port}/2")).Reason);
        Assert.Equal(2, looks);
    }

    /// <summary>The second knock is a new request with a new connection; it is no way past the check.</summary>
    [Fact]
    public async Task The_second_knock_passes_the_same_door()
    {
        var knocks = 0;
        using var door = Door(new FixedHandler(_ => ++knocks == 1
            ? new(HttpStatusCode.Unauthorized)
            : new(HttpStatusCode.TemporaryRedirect) { Headers = { Location = new($"http://127.0.0.1:{secret.Port}/knock") } }));
        var answer = await new SignedHttp(door, new SignatureMemory(), new FakeTimeProvider())
            .Send(SafeRequest.Post(new Uri("http://outside.example/inbox"), "{}"u8.ToArray(), "application/activity+json"), key, Stop);
        Assert.Equal((401, 2), (answer.Status, knocks));
    }

    /// <summary>The fetches beside the main one: WebFinger, host-meta, actors, keys, outboxes, collections.</summary>
    [Theory]
    [InlineData("http://inside.example:PORT/actor")]
    [InlineData("http://127.0.0.1:PORT/actor#main-key")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/outbox?page=true")]
    [InlineData("http://0:PORT/actor")]
    public async Task Documents_collections_and_names_are_fetched_through_it_as_well(string address)
    {
        names["inside.example"] = IPAddress.Loopback;
        var url = address.Replace("PORT", $"{secret.Port}", StringComparison.Ordinal);
        var documents = new DocumentFetcher(signed, () => key, "calf.example");
        Assert.False((await documents.Fetch(url, Stop)).Found);
        Assert.False((await documents.FetchCollection(url, Stop)).Found);
        var finger = new WebFingerClient(http, documents);
        Assert.False((await finger.Find(url, Stop)).Found);
        Assert.False((await finger.Find($"root@inside.example:{secret.Port}", Stop)).Found);
    }

    /// <summary>A server may name another address for its WebFinger; that one is checked as the first was.</summary>
    [Fact]
    public async Task Host_meta_cannot_send_us_inside()
    {
        using var door = Door(new FixedHandler(request => request.RequestUri!.AbsolutePath.EndsWith("host-meta", StringComparison.Ordinal)
            ? new(HttpStatusCode.OK)
            {
                Content = new StringContent($"<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\"><Link rel=\"lrdd\" template=\"http://127.0.0.1:{secret.Port}/{{uri}}\"/></XRD>"),
            }
            : new(HttpStatusCode.NotFound)));
        var answer = await new WebFingerClient(door, new DocumentFetcher(signed, () => key, "calf.example")).Find("rae@outside.example", Stop);
        Assert.Equal(FetchOutcome.Refused, answer.Outcome);
        Assert.Contains("127.0.0.1", answer.Reason, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static SafeHttpOptions Options => new("Calf/test") { AllowPlainHttp = true };

    private SafeHttp Door(HttpMessageHandler? network) => new(Options with
    {
        Inner = network,
        Resolve = (name, _) => Task.FromResult<IPAddress[]>(names.TryGetValue(name, out var address) ? [address] : []),
    });

    private static Task<SafeHttpException> Refused(SafeHttp door, string url) =>
        Assert.ThrowsAsync<SafeHttpException>(() => door.Send(SafeRequest.Get(new Uri(url)), Stop));
}
