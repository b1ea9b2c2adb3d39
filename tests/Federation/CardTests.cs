using System.Net;
using System.Text.Json;
using Calf.Events;
using Calf.Federation;
using Calf.Federation.Cards;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Moderation;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Cards of links: which page is fetched, when, how often, and what comes of it.</summary>
public sealed class CardTests : RemoteWorld
{
    private const string Page = "https://news.test/cows";
    private const string Cows = """<html lang="en"><head><title>Cows</title><meta property="og:description" content="They swim"></head></html>""";

    private WebPages pages = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        pages = new WebPages(Fediverse);
    }

    [Fact]
    public async Task A_post_gets_the_card_of_its_link_after_a_while_and_the_apps_are_told_without_calling_it_an_edit()
    {
        pages.Serve(Page, Cows);
        await Follow(Rae);
        var edited = new List<long>();
        using var listening = Alice.Get<EventHub>().Listen(e =>
        {
            if (e is StatusEdited { StatusId: var id }) edited.Add(id);
        });
        await Create("n1", $"<p>See <a href=\"{Page}#top\">this</a></p>");
        Assert.Equal(0, await Step());
        Assert.Null(CardOf("n1"));

        await Later();
        var card = CardOf("n1")!;
        Assert.Equal((Page, "Cows", "They swim", "en", "news.test"), (card.Url, card.Title, card.Description, card.Language, card.Provider));
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.Equal([status.Id], edited);
        Assert.Null(status.EditedAt);
        Assert.Empty(Told());
        var asked = Assert.Single(pages.Requests);
        Assert.False(asked.Headers.Contains("Signature"));
    }

    [Fact]
    public async Task However_many_post_a_link_its_page_is_fetched_once_and_kept_for_two_weeks()
    {
        pages.Serve(Page, Cows);
        await Follow(Rae);
        for (var i = 0; i < 10; i++) await Create($"n{i}", $"<p><a href=\"{Page}\">cows</a></p>");
        await Send("b1", "Announce", Quote($"{Rae.Actor}/n1"));
        await Later();
        for (var i = 10; i < 20; i++) await Create($"n{i}", $"<p><a href=\"{Page}\">cows</a></p>");
        // Those that come later have their card at once.
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal("Cows", CardOf($"n{i}")!.Title));
        Fediverse.Time.Advance(LinkStore.Kept - TimeSpan.FromMinutes(2));
        await Create("n20", $"<p><a href=\"{Page}\">cows</a></p>");
        await Later();
        Assert.Single(pages.Asked);

        pages.Serve(Page, Cows.Replace("They swim", "They fly", StringComparison.Ordinal));
        Fediverse.Time.Advance(TimeSpan.FromMinutes(2));
        await Create("n21", $"<p><a href=\"{Page}\">cows</a></p>");
        Assert.Equal("They swim", CardOf("n21")!.Description);
        await Later();
        Assert.Equal("They fly", CardOf("n1")!.Description);
        Assert.Equal(2, pages.Asked.Count);
    }

    [Fact]
    public async Task That_a_page_could_not_be_had_is_remembered_for_a_day()
    {
        await Follow(Rae);
        for (var i = 0; i < 3; i++)
        {
            await Create($"n{i}", $"<p><a href=\"{Page}\">cows</a></p>");
            await Later();
        }
        Assert.Single(pages.Asked);
        Assert.Equal(1, Count("SELECT count(*) FROM cards"));
        pages.Serve(Page, Cows);
        Fediverse.Time.Advance(LinkStore.FailureKept);
        await Create("n4", $"<p><a href=\"{Page}\">cows</a></p>");
        await Later();
        Assert.Equal("Cows", CardOf("n4")!.Title);
        Assert.Null(CardOf("n1"));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_server_that_asks_for_time_gets_it_and_the_card_comes_then(HttpStatusCode status)
    {
        pages.Refuse(Page, status, TimeSpan.FromHours(2));
        var post = await Posted(Page);
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await Step());
        Assert.Single(pages.Asked);

        pages.Serve(Page, Cows);
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await Step());
        Assert.Equal("Cows", Alice.Database.Read(c => CardStore.FindMany(c, [post.Id]))[post.Id].Title);
    }

    [Fact]
    public async Task Whoever_asks_for_time_again_and_again_or_for_days_has_no_card()
    {
        pages.Refuse(Page, HttpStatusCode.ServiceUnavailable, TimeSpan.Zero);
        await Posted(Page);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, await Step());
            Fediverse.Time.Advance(TimeSpan.FromMinutes(1));
            await Step();
        }
        Assert.Equal(LinkStore.MaxTries + 1, pages.Asked.Count);
        pages.Refuse("https://news.test/later", HttpStatusCode.TooManyRequests, TimeSpan.FromDays(3));
        pages.Refuse("https://news.test/never", HttpStatusCode.TooManyRequests, null);
        await Posted("https://news.test/later");
        await Posted("https://news.test/never");
        Assert.Equal(0, Count("SELECT count(*) FROM cards WHERE due_at IS NOT NULL"));
    }

    [Fact]
    public async Task The_owner_is_told_when_a_page_names_them_without_leave_and_nobody_else_is()
    {
        pages.Serve(Page, Cows.Replace("<title>", $"<meta name=\"fediverse:creator\" content=\"@{Alice.Owner.Username}@{Alice.Site.Domain}\"><title>", StringComparison.Ordinal));
        var post = await Posted(Page);
        var card = Alice.Database.Read(c => CardStore.FindMany(c, [post.Id]))[post.Id];
        Assert.Equal((null, Alice.Owner.Id), (card.AuthorId, card.NamedAuthorId));
        CardEntity? Shown(bool byOwner) => Alice.Database.Read(c => Alice.Get<StatusRendering>().Render(c, StatusStore.Find(c, post.Id)!, byOwner)).Card;
        Assert.Equal((true, null), (Shown(byOwner: true)!.MissingAttribution, Shown(byOwner: false)!.MissingAttribution));
        Assert.Empty(Shown(byOwner: true)!.Authors);

        await Alice.Get<ProfileEditing>().Edit(new ProfileChange { AttributionDomains = ["news.test"] });
        Fediverse.Time.Advance(LinkStore.Kept);
        await Posted(Page);
        Assert.False(Shown(byOwner: true)!.MissingAttribution);
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("application/xhtml+xml; charset=utf-8", true)]
    [InlineData("image/png", false)]
    [InlineData("application/activity+json", false)]
    [InlineData(null, false)]
    public async Task Only_what_says_that_it_is_a_page_is_read(string? type, bool read)
    {
        pages.Serve(Page, Cows, type);
        await Posted(Page);
        Assert.Equal(read, Count("SELECT count(*) FROM status_cards WHERE url IS NOT NULL") == 1);
    }

    [Fact]
    public async Task What_only_says_that_it_is_a_page_gives_no_card()
    {
        pages.Serve(Page, "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR<titl");
        await Posted(Page);
        Assert.Equal(0, Count("SELECT count(*) FROM status_cards"));
    }

    [Fact]
    public async Task An_own_post_gets_its_card_at_once_but_not_beside_files()
    {
        pages.Serve(Page, Cows);
        var status = await Post($"See {Page}");
        Assert.Equal(1, await Step());
        Assert.Equal("Cows", Alice.Database.Read(c => CardStore.FindMany(c, [status.Id]))[status.Id].Title);

        await Follow(Rae);
        await Send("c1", "Create", Note(Rae, "n1", $"<a href=\"{Page}\">cows</a>")[..^1] + ""","attachment":{"type":"Document","mediaType":"image/png","url":"https://remote.test/x.png"}}""");
        Assert.NotNull(Find($"{Rae.Actor}/n1"));
        Assert.Null(CardOf("n1"));
    }

    [Fact]
    public async Task What_the_server_of_a_post_says_of_its_link_comes_before_the_page_and_counts_for_that_post_only()
    {
        pages.Serve(Page, Cows);
        await Follow(Rae);
        var note = Note(Rae, "n1", $"<a href=\"{Page}\">cows</a>")[..^1] + $$""","attachment":{"type":"Link","href":"{{Page}}","name":"Sheep"}""" + "}";
        await Send("c1", "Create", note);
        await Create("n2", $"<a href=\"{Page}\">cows</a>");
        await Later();
        Assert.Equal(("Sheep", "Cows"), (CardOf("n1")!.Title, CardOf("n2")!.Title));
    }

    [Fact]
    public async Task Another_link_is_another_card_and_none_is_none()
    {
        pages.Serve(Page, Cows);
        pages.Serve("https://news.test/sheep", Cows.Replace("Cows", "Sheep", StringComparison.Ordinal));
        await Follow(Rae);
        await Create("n1", $"<a href=\"{Page}\">cows</a>");
        await Later();
        await Edit($"Look: <a href=\"{Page}\">cows</a>", 1);
        Assert.Equal("Cows", CardOf("n1")!.Title);
        await Edit("<a href=\"https://news.test/sheep\">sheep</a>", 2);
        Assert.Null(CardOf("n1"));
        await Later();
        Assert.Equal("Sheep", CardOf("n1")!.Title);
        await Edit("nothing", 3);
        Assert.Null(CardOf("n1"));
        // A card goes with the last post that has it.
        Assert.Equal(0, Count("SELECT count(*) FROM cards"));

        var own = await Post(Page);
        await Step();
        await Alice.Get<Editing>().Edit(own.Id, new StatusChange("https://news.test/sheep"));
        await Step();
        Assert.Equal("Sheep", Alice.Database.Read(c => CardStore.FindMany(c, [own.Id]))[own.Id].Title);

        async Task Edit(string content, int minute)
        {
            Fediverse.Time.Advance(TimeSpan.FromSeconds(1));
            var updated = Fediverse.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            await Send($"u{minute}", "Update", Note(Rae, "n1", content)[..^1] + $",\"updated\":\"{updated}\"}}");
        }
    }

    [Fact]
    public async Task What_was_under_way_when_the_server_stopped_is_fetched_when_it_starts()
    {
        pages.Serve(Page, Cows);
        var status = await Post(Page);
        using (var stop = new CancellationTokenSource())
        {
            pages.BeforeAnswer = () =>
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Alice.Get<CardWorker>().Step(stop.Token));
        }
        pages.BeforeAnswer = () => { };
        Assert.Equal(1, await Step());
        Assert.Equal("Cows", Alice.Database.Read(c => CardStore.FindMany(c, [status.Id]))[status.Id].Title);
    }

    [Fact]
    public async Task Nothing_is_fetched_of_a_blocked_domain_nor_for_a_post_that_is_gone()
    {
        pages.Serve(Page, Cows);
        pages.Redirect("https://short.test/1", Page);
        await Alice.Database.Write(c => DomainBlockStore.Add(c, "news.test", Fediverse.Time.GetUtcNow()));
        await Posted(Page);
        Assert.Empty(pages.Asked);
        await Posted("https://short.test/1");
        Assert.Equal(["https://short.test/1"], pages.Asked);
        Assert.Equal(0, Count("SELECT count(*) FROM status_cards"));

        await Alice.Database.Write(c => DomainBlockStore.Remove(c, "news.test"));
        var gone = await Post("https://news.test/gone");
        await Alice.Get<Deleting>().Delete(gone.Id);
        Assert.Equal(0, await Step());
        Assert.DoesNotContain("https://news.test/gone", pages.Asked);
    }

    [Fact]
    public async Task A_flood_of_links_makes_no_queue_without_end()
    {
        var now = Fediverse.Time.GetUtcNow();
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add((await Post($"post {i}")).Id);
        await Alice.Database.Write(c =>
        {
            void Link(int i, string host, TimeSpan wait) =>
                c.Execute($"INSERT INTO cards (url, host, due_at) VALUES ('https://' || {host} || '/' || {(long)i}, {host}, {now + wait})");
            for (var i = 0; i < LinkStore.MaxOfHost; i++) Link(i, "victim.test", TimeSpan.FromSeconds(i));
            LinkStore.Add(c, ids[0], "https://victim.test/more", "victim.test", TimeSpan.FromSeconds(1), now);
            Assert.Null(LinkStore.Find(c, ids[0]));
            for (var i = 0; i < LinkStore.MaxWaiting; i++) Link(i, $"h{i}.test", TimeSpan.FromMinutes(1));
            LinkStore.Add(c, ids[1], "https://new.test/", "new.test", TimeSpan.FromMinutes(2), now);
            LinkStore.Add(c, ids[2], "https://mine.test/", "mine.test", null, now);
        });
        Assert.Equal(LinkStore.MaxWaiting + 1, Count("SELECT count(*) FROM cards WHERE due_at IS NOT NULL"));
        Assert.Equal(("https://new.test/", "https://mine.test/"), Alice.Database.Read(c => (LinkStore.Find(c, ids[1]), LinkStore.Find(c, ids[2]))));
        Assert.Equal(0, Count("SELECT count(*) FROM cards WHERE host = 'victim.test'"));
        // Own posts first, and of each host one at a time.
        Assert.Equal("https://mine.test/", Alice.Database.Read(c => LinkStore.Due(c, now, 1)).Single().Url);
    }

    [Fact]
    public async Task Of_one_host_one_page_is_fetched_at_a_time()
    {
        for (var i = 0; i < 3; i++) await Post($"https://news.test/{i}");
        for (var i = 0; i < CardWorker.AtOnce - 1; i++) await Post($"https://host{i}.test/");
        Assert.Equal(CardWorker.AtOnce, await Step());
        Assert.Single(pages.Asked, url => url.StartsWith("https://news.test/", StringComparison.Ordinal));
        Assert.Equal((1, 1, 0), (await Step(), await Step(), await Step()));
    }

    [Theory]
    [InlineData("\"attributionDomains\":[\"news.test\"]", true)]
    [InlineData("\"attributionDomains\":[\"other.test\",\"ews.test\"]", false)]
    [InlineData("\"bot\":false", false)]
    public async Task The_author_that_a_page_names_is_shown_if_that_lets_it(string said, bool shown)
    {
        Rae.Describe(more: "," + said);
        Rae.Serve("https://remote.test/.well-known/webfinger?resource=acct%3Arae%40remote.test",
            $$"""{"subject":"acct:rae@remote.test","links":[{"rel":"self","type":"application/activity+json","href":"{{Rae.Actor}}"}]}""", type: "application/jrd+json");
        pages.Serve("https://www.news.test/cows", Cows.Replace("<title>", "<meta name=\"fediverse:creator\" content=\"@rae@remote.test\"><title>", StringComparison.Ordinal));
        var status = await Posted("https://www.news.test/cows");
        var card = Alice.Database.Read(c => CardStore.FindMany(c, [status.Id]))[status.Id];
        Assert.Equal(shown ? Known(Rae).Id : null, card.AuthorId);

        using var client = Alice.Client();
        var entity = JsonElement.Parse(await client.GetStringAsync($"/api/v1/statuses/{status.Id}", TestContext.Current.CancellationToken));
        var authors = entity.GetProperty("card").GetProperty("authors");
        Assert.Equal(shown ? ["rae@remote.test"] : [], authors.EnumerateArray().Select(a => a.GetProperty("account").GetProperty("acct").GetString()!));
    }

    [Fact]
    public async Task Where_oembed_says_more_it_is_asked_and_a_photo_is_shown_itself()
    {
        pages.Serve(Page, """<title>A cow</title><link rel="alternate" type="application/json+oembed" href="/oembed?id=1&amp;f=json">""");
        pages.Serve("https://news.test/oembed?id=1&f=json", """
            {"version":"1.0","type":"photo","url":"https://files.test/cow.jpg","width":640,"height":"480","title":"ignored","author_name":"Ann &amp; Bob","author_url":"javascript:alert(1)",
             "provider_name":"Barn","provider_url":"/","html":"<script>alert(1)</script>"}
            """, "application/json");
        var status = await Posted(Page);
        var card = Alice.Database.Read(c => CardStore.FindMany(c, [status.Id]))[status.Id];
        Assert.Equal(("A cow", CardType.Photo, "https://files.test/cow.jpg", 640, 480), (card.Title, card.Type, card.ImageUrl, card.Width, card.Height));
        Assert.Equal(("Ann & Bob", "", "Barn", "https://news.test/"), (card.AuthorName, card.AuthorUrl, card.ProviderName, card.ProviderUrl));
    }

    [Fact]
    public async Task A_private_address_is_not_asked()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var http = new SafeHttp(new SafeHttpOptions("Calf/test") { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) });
        var fetching = new CardFetching(http, Alice.Database, Alice.Get<RemoteAccounts>(), Fediverse.Time);
        Assert.Null(await fetching.Fetch($"https://127.0.0.1:{port}/", TestContext.Current.CancellationToken));
        Assert.Null(await fetching.Fetch($"https://inside.test:{port}/", TestContext.Current.CancellationToken));
        Assert.False(listener.Pending());
        listener.Stop();
    }

    private async Task<Status> Posted(string text)
    {
        var status = await Post(text);
        await Step();
        return status;
    }

    private Task<int> Step() => Alice.Get<CardWorker>().Step();

    private async Task Later()
    {
        Fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        while (await Step() > 0)
        {
        }
    }

    private Card? CardOf(string note)
    {
        var id = Find($"{Rae.Actor}/{note}")!.Id;
        return Alice.Database.Read(c => CardStore.FindMany(c, [id])).GetValueOrDefault(id);
    }

    private long Count(string sql) => Alice.Database.Read(c => c.Count($"{sql:raw}"));
}
