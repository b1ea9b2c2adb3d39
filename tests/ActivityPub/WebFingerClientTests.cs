using Calf.ActivityPub;

namespace Calf.Tests.ActivityPub;

public class WebFingerClientTests
{
    private const string Alice = "https://social.example/users/alice";
    private readonly Peers _peers = new();

    [Theory]
    [InlineData("@alice@social.example")]
    [InlineData("acct:alice@SOCIAL.example")]
    public async Task A_handle_leads_to_its_actor(string handle)
    {
        var answer = await Find(_peers.Finger("social.example", "alice@social.example", "alice@social.example", Alice), handle);
        Assert.Equal((Alice, "alice@social.example"), (answer.ActorUri, answer.Handle.ToString()));
        Assert.Single(_peers.Seen);
    }

    [Fact]
    [Trait("Wire", "060")]
    public async Task Another_subject_is_asked_once_more_and_must_name_the_same_actor()
    {
        _peers.Finger("social.example", "alice@social.example", "alice@example.org", Alice).Finger("example.org", "alice@example.org", "alice@example.org", Alice);
        var answer = await Find(_peers, "@alice@social.example");
        Assert.Equal((Alice, "alice@example.org"), (answer.ActorUri, answer.Handle.ToString()));

        _peers.Finger("example.org", "alice@example.org", "alice@example.org", "https://example.org/other");
        Assert.Equal(FetchOutcome.Invalid, (await Find(_peers, "@alice@social.example")).Outcome);
        _peers.Finger("example.org", "alice@example.org", "alice@third.example", Alice);
        Assert.Equal(FetchOutcome.Invalid, (await Find(_peers, "@alice@social.example")).Outcome);
    }

    [Fact]
    [Trait("Wire", "061")]
    public async Task Host_meta_says_where_to_ask()
    {
        _peers.Add("https://example.org/.well-known/host-meta",
                """<?xml version="1.0"?><XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="https://social.example/wf?r={uri}"/></XRD>""", "application/xrd+xml")
            .Add("https://social.example/wf?r=acct%3Aalice%40example.org",
                $$"""{"subject":"acct:alice@example.org","links":[{"rel":"self","type":"application/activity+json","href":"{{Alice}}"}]}""", Peers.Jrd);
        Assert.Equal(Alice, (await Find(_peers, "@alice@example.org")).ActorUri);
    }

    [Theory]
    [Trait("Wire", "061")]
    [InlineData("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><XRD><Link rel="lrdd" template="https://social.example/{uri}"/></XRD>""")]
    [InlineData("<XRD><Link rel=")]
    [InlineData("<XRD><Link rel='lrdd' template='https://127.0.0.1/{uri}'/></XRD>")]
    [InlineData("<XRD><Link rel='lrdd' template='file:///{uri}'/></XRD>")]
    [InlineData("<XRD/>")]
    public async Task Host_meta_with_entities_or_bad_addresses_is_not_followed(string xml)
    {
        _peers.Add("https://example.org/.well-known/host-meta", xml, "application/xrd+xml");
        Assert.False((await Find(_peers, "@alice@example.org")).Found);
        Assert.DoesNotContain(_peers.Seen, s => !s.StartsWith("https://example.org/", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Wire", "058")]
    [InlineData(404, FetchOutcome.NotFound)]
    [InlineData(410, FetchOutcome.Gone)]
    [InlineData(500, FetchOutcome.Transient)]
    [InlineData(400, FetchOutcome.Refused)]
    public async Task A_handle_that_is_unknown_says_how(int status, FetchOutcome outcome)
    {
        _peers.Add("https://example.org/.well-known/webfinger?resource=acct%3Aalice%40example.org", "", status: status);
        var answer = await Find(_peers, "alice@example.org");
        Assert.Equal(outcome, answer.Outcome);
        Assert.NotEmpty(answer.Reason);
    }

    [Theory]
    [InlineData("""{"subject":"acct:alice@example.org"}""")]
    [InlineData("""{"subject":"acct:alice@example.org","links":[{"rel":"self","type":"text/html","href":"https://x.example/"}]}""")]
    [InlineData("""{"subject":"acct:alice@example.org","links":[{"rel":"self","type":"application/activity+json","href":"javascript:x"}]}""")]
    [InlineData("""{"subject":"https://example.org/","links":[{"rel":"self","type":"application/activity+json","href":"https://x.example/"}]}""")]
    [InlineData("""["x"]""")]
    [InlineData("<html>")]
    public async Task An_answer_that_names_no_actor_is_none(string body)
    {
        _peers.Add("https://example.org/.well-known/webfinger?resource=acct%3Aalice%40example.org", body, Peers.Jrd);
        Assert.Equal(FetchOutcome.Invalid, (await Find(_peers, "alice@example.org")).Outcome);
    }

    [Fact]
    [Trait("Wire", "063")]
    public async Task The_url_of_an_actor_leads_to_its_handle()
    {
        _peers.Add(Alice, Peers.Actor(Alice)).Finger("social.example", "alice@social.example", "alice@example.org", Alice)
            .Finger("example.org", "alice@example.org", "alice@example.org", Alice)
            .Add("https://social.example/@alice", $"<link rel=alternate type=application/activity+json href={Alice}>", "text/html");
        Assert.Equal("alice@example.org", (await Find(_peers, Alice)).Handle.ToString());
        Assert.Equal("alice@example.org", (await Find(_peers, "https://social.example/@alice")).Handle.ToString());
    }

    [Fact]
    [Trait("Wire", "120")]
    public async Task Nobody_can_put_a_foreign_actor_under_a_name_of_theirs()
    {
        _peers.Finger("evil.example", "alice@evil.example", "alice@evil.example", Alice)
            .Finger("social.example", "alice@social.example", "alice@social.example", Alice)
            .Add("https://social.example/x", Peers.Actor("https://social.example/x"));
        var actor = RemoteActor.Read(Json(Peers.Actor(Alice)), out _)!;
        Assert.Equal("alice@social.example", (await _peers.WebFinger.HandleOf(actor, TestContext.Current.CancellationToken)).Handle.ToString());

        var impostor = RemoteActor.Read(Json(Peers.Actor("https://social.example/x")), out _)!;
        Assert.Equal(FetchOutcome.Invalid, (await _peers.WebFinger.HandleOf(impostor, TestContext.Current.CancellationToken)).Outcome);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("")]
    [InlineData("alice@127.0.0.1")]
    public async Task What_cannot_be_asked_is_not_asked(string text)
    {
        Assert.False((await Find(_peers, text)).Found);
        Assert.Empty(_peers.Seen);
    }

    [Theory]
    [Trait("Wire", "059")]
    [InlineData("application/activity+json")]
    [InlineData("application/ld+json; profile=\\\"https://www.w3.org/ns/activitystreams\\\"")]
    public async Task Both_media_types_of_an_actor_are_understood(string type)
    {
        _peers.Add("https://example.org/.well-known/webfinger?resource=acct%3Aalice%40example.org",
            $$"""{"subject":"acct:alice@example.org","links":[{"rel":"self","type":"application/json","href":"https://x.example/"},{"rel":"self","type":"{{type}}","href":"{{Alice}}"}]}""", Peers.Jrd);
        Assert.Equal(Alice, (await Find(_peers, "alice@example.org")).ActorUri);
    }

    [Fact]
    [Trait("Wire", "054")]
    public async Task The_webfinger_property_is_a_hint_that_has_to_be_proven()
    {
        _peers.Finger("example.org", "alice@example.org", "alice@example.org", Alice);
        var honest = RemoteActor.Read(Json(Peers.Actor(Alice).Replace("\"type\"", "\"webfinger\":\"alice@example.org\",\"type\"", StringComparison.Ordinal)), out _)!;
        Assert.Equal("alice@example.org", (await _peers.WebFinger.HandleOf(honest, TestContext.Current.CancellationToken)).Handle.ToString());
        Assert.DoesNotContain(_peers.Seen, s => s.StartsWith("https://social.example/", StringComparison.Ordinal));

        var liar = RemoteActor.Read(Json(Peers.Actor("https://evil.example/alice").Replace("\"type\"", "\"webfinger\":\"alice@example.org\",\"type\"", StringComparison.Ordinal)), out _)!;
        Assert.False((await _peers.WebFinger.HandleOf(liar, TestContext.Current.CancellationToken)).Found);
    }

    private static System.Text.Json.JsonElement Json(string text)
    {
        Assert.True(ParseLimits.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var root, out var reason), reason);
        return root;
    }

    private static Task<WebFingerAnswer> Find(Peers peers, string text) => peers.WebFinger.Find(text, TestContext.Current.CancellationToken);
}
