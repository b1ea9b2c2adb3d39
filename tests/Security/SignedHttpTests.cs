using System.Net;
using Calf.Security;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Security;

public class SignedHttpTests
{
    private static readonly SigningKey Key = SigningKey.Generate("https://calf.example/actor#main-key");
    private readonly SignatureMemory _memory = new();
    private readonly List<string> _knocks = [];

    [Fact]
    [Trait("Wire", "002")]
    public async Task The_first_knock_is_cavage()
    {
        Assert.Equal(200, (await Send(_ => 200)).Status);
        Assert.Equal(["cavage"], _knocks);
        Assert.Null(_memory.Get("peer.example"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [Trait("Wire", "001")]
    public async Task A_refused_signature_gets_one_second_knock_and_what_worked_is_remembered(int refusal)
    {
        Assert.Equal(202, (await Send(kind => kind == "rfc9421" ? 202 : refusal)).Status);
        Assert.Equal(["cavage", "rfc9421"], _knocks);
        Assert.Equal(SignatureKind.Rfc9421, _memory.Get("peer.example"));

        _knocks.Clear();
        Assert.Equal(202, (await Send(kind => kind == "rfc9421" ? 202 : refusal)).Status);
        Assert.Equal(["rfc9421"], _knocks);
    }

    [Fact]
    public async Task A_host_that_changes_its_mind_is_learned_anew()
    {
        _memory.Learn("peer.example", SignatureKind.Rfc9421);
        Assert.Equal(200, (await Send(kind => kind == "cavage" ? 200 : 401)).Status);
        Assert.Equal(["rfc9421", "cavage"], _knocks);
        Assert.Equal(SignatureKind.Cavage, _memory.Get("peer.example"));
    }

    [Fact]
    public async Task A_host_that_refuses_both_is_asked_twice_and_nothing_is_remembered()
    {
        Assert.Equal(401, (await Send(_ => 401)).Status);
        Assert.Equal(["cavage", "rfc9421"], _knocks);
        Assert.Null(_memory.Get("peer.example"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Other_failures_get_no_second_knock(int status)
    {
        Assert.Equal(status, (await Send(_ => status)).Status);
        Assert.Single(_knocks);
    }

    [Fact]
    [Trait("Wire", "008")]
    public async Task A_page_whose_query_does_not_verify_is_asked_for_with_the_path_signed_alone()
    {
        Assert.Equal(200, (await Send(kind => kind == "cavage" && _knocks.Count == 2 ? 200 : 401, HttpMethod.Get, "https://peer.example/followers?page=1")).Status);
        Assert.Equal(["cavage", "cavage"], _knocks);
        Assert.Null(_memory.Get("peer.example"));
    }

    private Task<SafeResponse> Send(Func<string, int> answer, HttpMethod? method = null, string url = "https://peer.example/inbox")
    {
        var http = new SafeHttp(new("Calf/test")
        {
            Inner = new FixedHandler(message =>
            {
                var kind = message.Headers.Contains("Signature-Input") ? "rfc9421" : message.Headers.Contains("Signature") ? "cavage" : "none";
                _knocks.Add(kind);
                return new((HttpStatusCode)answer(kind));
            }),
        });
        var request = method == HttpMethod.Get ? SafeRequest.Get(new Uri(url)) : SafeRequest.Post(new Uri(url), "{}"u8.ToArray(), "application/activity+json");
        return new SignedHttp(http, _memory, new FakeTimeProvider()).Send(request, Key, TestContext.Current.CancellationToken);
    }
}
