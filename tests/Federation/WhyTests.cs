using System.Net;
using Calf.Accounts;
using Calf.Federation.Why;
using Calf.Search;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What the server of a post says of it now, and fetching what is missing.</summary>
public sealed class WhyTests : RemoteWorld
{
    private string Page => $"https://{Rae.Domain}/@{Rae.Username}/1";

    private string Uri => $"{Rae.Actor}/statuses/1";

    [Fact]
    public async Task Its_server_is_asked_only_when_that_is_wanted_and_nothing_is_stored()
    {
        Rae.Serve(Uri, Note(Rae, "statuses/1", "hello"));
        var before = Fediverse.Requests.Count;
        Assert.Null((await Explain(Uri, ask: false)).Origin);
        Assert.Equal(before, Fediverse.Requests.Count);
        var asked = await Explain(Uri);
        Assert.Equal(("never_delivered", "open", 200, true), (asked.Code, asked.Origin!.Code, asked.Origin.Status, asked.CanFetch));
        Assert.Null(Find(Uri));
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "not_found")]
    [InlineData(HttpStatusCode.Gone, "gone")]
    [InlineData(HttpStatusCode.Forbidden, "no_permission")]
    [InlineData(HttpStatusCode.Unauthorized, "no_permission")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "unreachable")]
    public async Task Each_answer_has_its_word(HttpStatusCode status, string code)
    {
        Rae.Serve(Uri, "{}", status);
        var why = await Explain(Uri);
        Assert.Equal((code, (int)status), (why.Origin!.Code, why.Origin.Status));
        Assert.Contains(Rae.Domain, why.Origin.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Private_posts_tombstones_moves_other_things_and_pages_are_told_apart()
    {
        Rae.Serve(Uri, Note(Rae, "statuses/1", "secret", to: Quote($"{Rae.Actor}/followers")));
        Assert.Equal("private", (await Explain(Uri)).Origin!.Code);
        Rae.Serve(Uri, $$"""{"id":"{{Uri}}","type":"Tombstone"}""");
        Assert.Equal("gone", (await Explain(Uri)).Origin!.Code);
        Rae.Serve(Uri, $$"""{"id":"{{Uri}}","type":"Add"}""");
        Assert.Equal("not_a_post", (await Explain(Uri)).Origin!.Code);
        Rae.Serve(Uri, "<p>hello</p>", type: "text/html");
        Assert.Equal("not_a_post", (await Explain(Uri)).Origin!.Code);
        Rae.Describe(more: ""","movedTo":"https://second.test/users/rae" """);
        Assert.Equal("moved", (await Explain(Rae.Actor)).Origin!.Code);
        Assert.Equal("unreachable", (await Explain("https://nowhere.test/1")).Origin!.Code);
    }

    [Fact]
    public async Task The_refusals_of_a_page_are_found_by_the_id_that_its_server_gives()
    {
        var odd = $"https://{Rae.Domain}/notice/abc";
        await Send("c1", "Create", Note(Rae, "statuses/1", "hello"));
        Rae.Serve(odd, $"""<link rel="alternate" type="application/activity+json" href="{Uri}">""", type: "text/html");
        Rae.Serve(Uri, Note(Rae, "statuses/1", "hello"));
        Assert.Equal("never_delivered", (await Explain(odd, ask: false)).Code);
        var why = await Explain(odd);
        Assert.Equal(("refused", "unsolicited"), (why.Code, Assert.Single(why.Refusals).Code));
    }

    [Fact]
    public async Task One_call_fetches_it_by_its_page_without_telling_anybody()
    {
        Rae.Serve(Uri, Note(Rae, "statuses/1", "hello")[..^1] + $$""","url":"{{Page}}"}""");
        Rae.Serve(Page, $"""<link rel="alternate" type="application/activity+json" href="{Uri}">""", type: "text/html");
        var fetched = await Fetch(Page);
        Assert.Equal(("not_home", Find(Uri)!.Id), (fetched.Code, fetched.StatusId!.Value));
        Assert.Empty(Told());
        var before = Fediverse.Requests.Count;
        Assert.Equal(fetched.StatusId, (await Fetch(Page)).StatusId);
        Assert.Equal(before, Fediverse.Requests.Count);
    }

    [Fact]
    public async Task What_cannot_be_fetched_comes_back_with_the_answer_of_its_server()
    {
        var missing = await Fetch(Uri);
        Assert.Equal(("never_delivered", "not_found", true), (missing.Code, missing.Origin!.Code, missing.CanFetch));
        await Alice.Database.Write(c => Tombstones.Add(c, Uri, Fediverse.Time.GetUtcNow()));
        var before = Fediverse.Requests.Count;
        Assert.Equal("deleted", (await Fetch(Uri)).Code);
        Assert.Equal(before, Fediverse.Requests.Count);
    }

    [Fact]
    public async Task A_private_post_is_not_shown_even_when_it_is_had()
    {
        Rae.Serve(Uri, Note(Rae, "statuses/1", "secret", to: Quote($"{Rae.Actor}/followers")));
        var why = await Fetch(Uri);
        Assert.Equal(("hidden", "not_for_you"), (why.Code, why.Reasons[0].Code));
        Assert.Null(why.StatusId);
    }

    [Fact]
    public async Task A_reply_that_was_fetched_is_found_by_search_when_its_author_lets_it_be_found()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        sam.Describe(more: ""","indexable":true""");
        Rae.Serve(Uri, Note(Rae, "statuses/1", "Marmalade?"));
        foreach (var (who, id) in new[] { (Rae, "statuses/2"), (sam, "statuses/3") })
        {
            who.Serve($"{who.Actor}/{id}", Note(who, id, "Marmalade on the fence")[..^1] + $$""","inReplyTo":"{{Uri}}"}""");
            Assert.NotNull((await Fetch($"{who.Actor}/{id}")).StatusId);
        }
        while (await Searching.CatchUp(Alice.Database)) { }
        Assert.Equal([Find($"{sam.Actor}/statuses/3")!.Id], Alice.Database.Read(c =>
            StatusSearch.Find(c, StatusQuery.Of(c, "marmalade", Alice.Owner.Id, Alice.Site.Domain, null), new Paging(20), 0, Fediverse.Time.GetUtcNow())));
    }

    private Task<Explanation> Explain(string url, bool ask = true) => Alice.Get<WhyNot>().Explain(url, ask, TestContext.Current.CancellationToken);

    private Task<Explanation> Fetch(string url) => Alice.Get<WhyNot>().Fetch(url, TestContext.Current.CancellationToken);
}
