using System.Net;
using System.Text;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation;
using Calf.Moderation;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Security;
using Calf.Web;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Web;

public sealed class InteractionTests
{
    private const string Subscribe = """{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://b.example/authorize_interaction?uri={uri}"}""";
    private const string Intents = """
        {"rel":"https://w3id.org/fep/3b86/Follow","template":"https://b.example/follow?id={object}&then={on-success}"},
        {"rel":"https://w3id.org/fep/3b86/Object","template":"https://b.example/show?id={object}"}
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("me@b.example", "", Subscribe, "https://b.example/authorize_interaction?uri=https%3A%2F%2Fcalf.example%2Fusers%2Fclara")]
    [InlineData("@me@B.example", "", Subscribe + "," + Intents, "https://b.example/follow?id=https%3A%2F%2Fcalf.example%2Fusers%2Fclara&then=")]
    [InlineData("@me@b.example", "&post=100", Subscribe + "," + Intents, "https://b.example/show?id=https%3A%2F%2Fcalf.example%2Fusers%2Fclara%2Fstatuses%2F100")]
    [InlineData("@me@b.example", "&post=100", Subscribe, "https://b.example/authorize_interaction?uri=https%3A%2F%2Fcalf.example%2Fusers%2Fclara%2Fstatuses%2F100")]
    public async Task A_reader_goes_on_where_their_own_server_says(string from, string post, string links, string target)
    {
        var network = Network(links);
        await using var server = new WebServer(network: network);
        server.Post(100, "<p>The bees are in.</p>");
        using var answer = await Ask(server, $"/interact?from={Uri.EscapeDataString(from)}{post}", "same-origin");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"0; url={target}", answer.Headers.GetValues("Refresh").Single());
        Assert.Contains($"href=\"{target.Replace("&", "&amp;", StringComparison.Ordinal)}\"", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("https://b.example/.well-known/webfinger?resource=acct%3Ame%40b.example", Assert.Single(network.Seen), ignoreCase: true);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task Who_comes_by_a_link_from_elsewhere_is_shown_where_it_leads_and_not_sent_there(string? fetchSite)
    {
        await using var server = new WebServer(network: Network(Subscribe));
        using var answer = await Ask(server, "/interact?from=me@b.example", fetchSite);
        Assert.False(answer.Headers.Contains("Refresh"));
        Assert.Null(answer.Headers.Location);
        Assert.Contains("Go on at b.example", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"javascript:alert({uri})"}""")]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"http://b.example/?uri={uri}"}""")]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://b.example/\r\nSet-Cookie: a=b?uri={uri}"}""")]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://me:secret@b.example/?uri={uri}"}""")]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"/authorize?uri={uri}"}""")]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://b.exämple/?uri={uri}"}""")]
    [InlineData("""{"rel":"http://ostatus.org/schema/1.0/subscribe","href":"https://b.example/"}""")]
    [InlineData("""{"rel":"self","type":"application/activity+json","href":"https://b.example/me"}""")]
    public async Task A_server_that_names_no_place_for_people_leads_nowhere(string links)
    {
        await using var server = new WebServer(network: Network(links));
        using var answer = await Ask(server, "/interact?from=me@b.example", "same-origin");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Refresh"));
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("search for @clara@calf.example in your app", html);
        Assert.DoesNotContain("Go on at", html);
    }

    [Theory]
    [InlineData("mastodon.social", HttpStatusCode.OK)]
    [InlineData("https://Mastodon.social/", HttpStatusCode.OK)]
    [InlineData("javascript:alert(1)", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.BadRequest)]
    [InlineData("evil.example/path", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task The_name_of_a_server_alone_is_a_link_to_follow_by_hand(string from, HttpStatusCode status)
    {
        var network = Network(Subscribe);
        await using var server = new WebServer(network: network);
        using var answer = await Ask(server, $"/interact?from={Uri.EscapeDataString(from)}", "same-origin");
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(status, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Refresh"));
        Assert.DoesNotContain("javascript:", html);
        Assert.Empty(network.Seen);
        if (status == HttpStatusCode.OK) Assert.Contains("href=\"https://mastodon.social/authorize_interaction?uri=https%3A%2F%2Fcalf.example%2Fusers%2Fclara\"", html);
    }

    [Theory]
    [InlineData("me@b.example")]
    [InlineData("@me@sub.B.example")]
    [InlineData("https://b.example/")]
    public async Task A_server_that_the_owner_blocks_is_not_asked_and_not_led_to(string from)
    {
        var network = Network(Subscribe);
        await using var server = new WebServer(network: network);
        server.Write(c => DomainBlockStore.Add(c, "b.example", server.Clock.GetUtcNow()));
        using var answer = await Ask(server, $"/interact?from={Uri.EscapeDataString(from)}", "same-origin");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Refresh"));
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("account on another server", html);
        Assert.DoesNotContain("Go on at", html);
        Assert.Empty(network.Seen);
        using var other = await Ask(server, "/interact?from=mastodon.social", "same-origin");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_post_that_is_not_for_everybody_leads_nowhere_and_nobody_is_asked()
    {
        var network = Network(Subscribe);
        await using var server = new WebServer(network: network);
        server.Post(101, "<p>followers words</p>", s => s with { Visibility = Visibility.Private });
        foreach (var id in (string[])["101", "999"]) Assert.Equal(HttpStatusCode.NotFound, (await Ask(server, $"/interact?from=me@b.example&post={id}", "same-origin")).StatusCode);
        Assert.Empty(network.Seen);
    }

    [Fact]
    public async Task Nobody_can_make_this_server_ask_others_without_end()
    {
        var network = Network(Subscribe);
        await using var server = new WebServer(network: network);
        for (var i = 0; i < InteractionLimits.FromOneAddress; i++) Assert.Equal(HttpStatusCode.OK, (await Ask(server, "/interact?from=me@b.example", "same-origin")).StatusCode);
        using var refused = await Ask(server, "/interact?from=me@b.example", "same-origin");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(InteractionLimits.Window, refused.Headers.RetryAfter!.Delta);
        Assert.Equal(InteractionLimits.FromOneAddress, network.Seen.Count);
        // What asks nobody is not counted.
        Assert.Equal(HttpStatusCode.OK, (await Ask(server, "/interact?from=mastodon.social", "same-origin")).StatusCode);
        server.Clock.Advance(InteractionLimits.Window);
        Assert.Equal(HttpStatusCode.OK, (await Ask(server, "/interact?from=me@b.example", "same-origin")).StatusCode);
    }

    [Theory]
    [InlineData("me@127.0.0.1")]
    [InlineData("me@[::1]")]
    [InlineData("me@169.254.169.254")]
    [InlineData("me@10.0.0.1:8080")]
    public async Task Machines_of_the_house_are_not_asked(string from)
    {
        using var http = new SafeHttp(new("Calf/test"));
        var documents = new DocumentFetcher(new SignedHttp(http, new SignatureMemory(), new FakeTimeProvider()), () => SigningKey.Generate("https://calf.example/actor#main-key"), "calf.example");
        var place = await new RemoteInteraction(new WebFingerClient(http, documents), new Site("calf.example", "calf.example")).Find(from, "https://calf.example/users/clara", isPerson: true, Stop);
        Assert.Null(place?.Address);
    }

    [Fact]
    public async Task The_owner_who_comes_from_another_server_is_shown_it_in_the_app()
    {
        await using var server = new WebServer();
        var post = server.Post(100, "<p>The bees are in.</p>");
        server.Write(c => AccountStore.Save(c, WebServer.Bo));
        const string Address = "/authorize_interaction?uri=https%3A%2F%2Fb.example%2Fu%2Fbo";
        using var stranger = await server.Browser.GetAsync(Address, Stop);
        Assert.Equal($"/sign-in?next={Uri.EscapeDataString(Address)}", stranger.Headers.Location!.OriginalString);
        Assert.Equal(Address, (await server.SignIn(WebServer.Password, next: Address)).Headers.Location!.OriginalString);

        await server.SignedIn();
        async Task<string> Place(string query) => (await server.Browser.GetAsync($"/authorize_interaction?{query}", Stop)).Headers.Location!.OriginalString;
        Assert.Equal("/people/2", await Place("uri=https%3A%2F%2Fb.example%2Fu%2Fbo"));
        Assert.Equal("/posts/100", await Place($"uri={Uri.EscapeDataString(post.Uri)}"));
        Assert.Equal("/find?q=https%3A%2F%2Fb.example%2F1", await Place("uri=https%3A%2F%2Fb.example%2F1"));
        Assert.Equal("/find?q=ann%40b.example", await Place("acct=acct%3Aann%40b.example"));
        Assert.Equal("/find?q=%2F%2Fevil.example", await Place("uri=%2F%2Fevil.example"));
        Assert.Equal("/find", await Place("uri="));
    }

    [Fact]
    public async Task Pages_have_the_box_without_a_script_and_robots_stay_out_of_it()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>The bees are in.</p>");
        var profile = await server.Browser.GetStringAsync("/@clara", Stop);
        Assert.Contains("<form action=\"/interact\" method=\"get\"><input name=\"from\"", profile);
        var post = await server.Browser.GetStringAsync("/@clara/100", Stop);
        Assert.Contains("<form action=\"/interact\" method=\"get\"><input type=\"hidden\" name=\"post\" value=\"100\">", post);
        var robots = await server.Browser.GetStringAsync("/robots.txt", Stop);
        Assert.Contains("Disallow: /interact\n", robots);
        Assert.Contains("Disallow: /authorize_interaction\n", robots);
    }

    /// <summary>The server b.example, whose WebFinger answer has these links.</summary>
    private static FixedHandler Network(string links) => new(request => request.RequestUri!.Host == "b.example"
        ? new(HttpStatusCode.OK) { Content = new StringContent($$"""{"subject":"acct:me@b.example","links":[{{links}}]}""", Encoding.UTF8, "application/jrd+json") }
        : new(HttpStatusCode.NotFound));

    private static async Task<HttpResponseMessage> Ask(WebServer server, string path, string? fetchSite)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (fetchSite is not null) request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return await server.Browser.SendAsync(request, Stop);
    }
}
