using Calf.ActivityPub;

namespace Calf.Tests.ActivityPub;

public class DocumentFetcherTests
{
    private const string Note = "https://peer.example/notes/1";
    private readonly Peers _peers = new();

    [Fact]
    [Trait("Wire", "036")]
    public async Task A_document_under_its_own_id_is_found()
    {
        var document = await Fetch(_peers.Add(Note, $$"""{"id":"{{Note}}","type":"Note"}"""), Note);
        Assert.True(document.Found, document.Reason);
        Assert.Equal((Note, "Note"), (document.Uri, document.Json.TypeName()));
    }

    [Fact]
    public async Task A_key_is_fetched_without_its_fragment()
    {
        _peers.Add("https://peer.example/users/a", Peers.Actor("https://peer.example/users/a"));
        Assert.Equal("https://peer.example/users/a", (await Fetch(_peers, "https://peer.example/users/a#main-key")).Uri);
        Assert.Equal(["https://peer.example/users/a"], _peers.Seen);
    }

    [Theory]
    [InlineData("application/activity+json")]
    [InlineData("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"")]
    [InlineData("application/ld+json; charset=utf-8; profile=\"https://example.org/x https://www.w3.org/ns/activitystreams\"")]
    [Trait("Wire", "034")]
    public async Task Activitypub_types_are_taken(string type) =>
        Assert.True((await Fetch(_peers.Add(Note, $$"""{"id":"{{Note}}"}""", type), Note)).Found);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/ld+json")]
    [InlineData("application/ld+json; profile=\"https://example.org/\"")]
    [InlineData("text/plain")]
    [InlineData("image/png")]
    [InlineData("")]
    [Trait("Wire", "034")]
    public async Task A_file_that_somebody_uploaded_is_not_taken(string type) =>
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers.Add(Note, $$"""{"id":"{{Note}}"}""", type), Note)).Outcome);

    [Theory]
    [InlineData(410, FetchOutcome.Gone)]
    [InlineData(404, FetchOutcome.NotFound)]
    [InlineData(403, FetchOutcome.Refused)]
    [InlineData(401, FetchOutcome.Transient)]
    [InlineData(429, FetchOutcome.Transient)]
    [InlineData(503, FetchOutcome.Transient)]
    [InlineData(501, FetchOutcome.Invalid)]
    [InlineData(202, FetchOutcome.Invalid)]
    [InlineData(206, FetchOutcome.Invalid)]
    [Trait("Wire", "034")]
    public async Task Only_200_is_a_document(int status, FetchOutcome outcome)
    {
        var document = await Fetch(_peers.Add(Note, $$"""{"id":"{{Note}}"}""", status: status), Note);
        Assert.Equal(outcome, document.Outcome);
        Assert.NotEmpty(document.Reason);
    }

    [Fact]
    [Trait("Wire", "036")]
    public async Task Another_id_of_the_same_origin_is_fetched_once_from_there()
    {
        _peers.Add("https://peer.example/@a/1", $$"""{"id":"{{Note}}","type":"Other"}""").Add(Note, $$"""{"id":"{{Note}}","type":"Note"}""");
        var document = await Fetch(_peers, "https://peer.example/@a/1");
        Assert.Equal((Note, "Note"), (document.Uri, document.Json.TypeName()));
    }

    [Fact]
    [Trait("Wire", "036")]
    public async Task Ids_that_lead_in_circles_are_not_followed()
    {
        _peers.Add("https://peer.example/1", """{"id":"https://peer.example/2"}""").Add("https://peer.example/2", """{"id":"https://peer.example/1"}""");
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, "https://peer.example/1")).Outcome);
        Assert.Equal(2, _peers.Seen.Count);
    }

    [Theory]
    [InlineData("https://victim.example/notes/1")]
    [InlineData("http://peer.example/notes/1")]
    [InlineData("https://peer.example:8443/notes/1")]
    [Trait("Wire", "115")]
    public async Task A_document_cannot_claim_an_id_of_another_origin(string claimed)
    {
        _peers.Add(Note, $$"""{"id":"{{claimed}}"}""").Add(claimed, $$"""{"id":"{{claimed}}"}""");
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, Note)).Outcome);
        Assert.Single(_peers.Seen);
    }

    [Fact]
    [Trait("Wire", "115")]
    public async Task A_redirect_to_another_host_gives_that_hosts_document_only()
    {
        _peers.Redirect(Note, "https://other.example/1").Add("https://other.example/1", $$"""{"id":"{{Note}}"}""");
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, Note)).Outcome);
        _peers.Add("https://other.example/1", """{"id":"https://other.example/1"}""");
        Assert.Equal("https://other.example/1", (await Fetch(_peers, Note)).Uri);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\":null}")]
    [InlineData("{\"id\":7}")]
    [InlineData("{\"id\":")]
    [InlineData("")]
    public async Task What_has_no_id_is_no_document(string body) =>
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers.Add(Note, body), Note)).Outcome);

    [Fact]
    public async Task A_collection_may_lack_an_id()
    {
        _peers.Add("https://peer.example/c?page=1", """{"type":"CollectionPage"}""");
        Assert.True((await _peers.Documents.FetchCollection("https://peer.example/c?page=1", TestContext.Current.CancellationToken)).Found);
    }

    [Fact]
    [Trait("Wire", "038")]
    public async Task The_alternate_link_of_a_page_is_followed()
    {
        _peers.Add(Note, $$"""{"id":"{{Note}}"}""")
            .Add("https://peer.example/page", """<html><head><link href="/feed" rel="alternate" type="application/rss+xml"><link rel="alternate" href="/notes/1" type="application/activity+json">""", "text/html")
            .Add("https://peer.example/header", "x", "text/html", link: $"<https://peer.example/x>; rel=\"preload\", <{Note}>; rel=\"alternate\"; type=\"application/ld+json; profile=\\\"https://www.w3.org/ns/activitystreams\\\"\"");
        Assert.Equal(Note, (await Fetch(_peers, "https://peer.example/page")).Uri);
        Assert.Equal(Note, (await Fetch(_peers, "https://peer.example/header")).Uri);
    }

    /// <summary>
    /// CVE-2025-68475 (Fedify): the page on which the link is looked for was written so that looking took minutes. A parser that builds a
    /// tree of them runs out of memory; no clock is read here.
    /// </summary>
    [Theory]
    [Trait("Wire", "119")]
    [InlineData("<a a=\"b\" ", 60_000)]
    [InlineData("<link rel=alternate ", 40_000)]
    [InlineData("<b lang=#><p>", 20_000)]
    [InlineData("<table><b>", 80_000)]
    [InlineData("<!--", 200_000)]
    [InlineData("<script></", 90_000)]
    public async Task A_page_made_to_be_slow_costs_no_more_than_its_length(string piece, int times)
    {
        var page = string.Concat(Enumerable.Range(0, times).Select(n => piece.Replace("#", $"{n}", StringComparison.Ordinal)));
        _peers.Add(Note, $$"""{"id":"{{Note}}"}""").Add("https://peer.example/page", page, "text/html")
            .Add("https://peer.example/open", $"<link rel=\"Alternate x\" type=application/activity+json href=\"/notes/1\">{page}", "text/html");
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, "https://peer.example/page")).Outcome);
        Assert.Equal(Note, (await Fetch(_peers, "https://peer.example/open")).Uri);
    }

    [Fact]
    [Trait("Wire", "038")]
    public async Task What_looks_like_a_link_in_a_comment_or_a_script_is_none()
    {
        const string Link = "<link rel=alternate type=application/activity+json href=/notes/1>";
        _peers.Add(Note, $$"""{"id":"{{Note}}"}""")
            .Add("https://peer.example/page", $"<!-- {Link} --><script>\"{Link}\"</script><title>{Link}</title><link rel=alternate type=application/activity+json href=''>", "text/html");
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, "https://peer.example/page")).Outcome);
    }

    [Fact]
    [Trait("Wire", "038")]
    public async Task An_alternate_link_to_another_host_or_to_another_page_is_not_followed()
    {
        _peers.Add(Note, """<link rel=alternate type=application/activity+json href=https://other.example/1>""", "text/html")
            .Add("https://peer.example/a", """<link rel=alternate type=application/activity+json href=/b>""", "text/html")
            .Add("https://peer.example/b", """<link rel=alternate type=application/activity+json href=/a>""", "text/html");
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, Note)).Outcome);
        Assert.Equal(FetchOutcome.Invalid, (await Fetch(_peers, "https://peer.example/a")).Outcome);
        Assert.Equal([Note, "https://peer.example/a", "https://peer.example/b"], _peers.Seen);
    }

    [Fact]
    [Trait("Wire", "039")]
    public async Task Our_own_host_is_never_asked()
    {
        Assert.Equal(FetchOutcome.Refused, (await Fetch(_peers, "https://CALF.example/users/me")).Outcome);
        Assert.Empty(_peers.Seen);
        _peers.Redirect(Note, "https://calf.example/1").Add("https://calf.example/1", """{"id":"https://calf.example/1"}""");
        Assert.Equal(FetchOutcome.Refused, (await Fetch(_peers, Note)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("notes/1")]
    [InlineData("ap://did:key:z6Mk/x")]
    [InlineData("http://peer.example/1")]
    [InlineData("https://user@peer.example/1")]
    [InlineData("https://127.0.0.1/1")]
    public async Task What_is_no_public_https_url_is_not_asked_for(string uri)
    {
        Assert.Contains((await Fetch(_peers, uri)).Outcome, (FetchOutcome[])[FetchOutcome.Invalid, FetchOutcome.Refused]);
        Assert.Empty(_peers.Seen);
    }

    [Fact]
    [Trait("Wire", "041")]
    public async Task A_budget_ends()
    {
        var budget = new FetchBudget(1);
        _peers.Add(Note, $$"""{"id":"{{Note}}"}""");
        Assert.True((await _peers.Documents.Fetch(Note, TestContext.Current.CancellationToken, budget)).Found);
        Assert.Equal(FetchOutcome.Transient, (await _peers.Documents.Fetch(Note, TestContext.Current.CancellationToken, budget)).Outcome);
        Assert.Single(_peers.Seen);
        Assert.Equal(20, FetchBudget.Default);
    }

    private static Task<FetchedDocument> Fetch(Peers peers, string uri) => peers.Documents.Fetch(uri, TestContext.Current.CancellationToken);
}
