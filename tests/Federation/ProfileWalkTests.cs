using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Profiles and lists of people elsewhere, read on as the owner scrolls.</summary>
public sealed partial class ProfileWalkTests : RemoteWorld
{
    private HttpClient owner = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var token = Tokens.New();
        await Alice.Database.Write(c =>
        {
            AppStore.Add(c, new ClientApp(7, "client", "Tusky", null, ["https://app.test/back"], "read write", Fediverse.Time.GetUtcNow()), Tokens.Hash("secret"));
            AccessTokenStore.Add(c, Tokens.Hash(token), 7, byOwner: true, "read write follow", Fediverse.Time.GetUtcNow());
        });
        owner = Alice.Client();
        owner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public override async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Scrolling_reads_the_outbox_page_by_page_to_its_end_with_every_post_once_at_its_date()
    {
        var bob = await Fediverse.Join("bob.test");
        List<Status> posts = [];
        for (var n = 0; n < 45; n++)
        {
            Fediverse.Time.Advance(TimeSpan.FromMinutes(5));
            posts.Add(await bob.Get<Posting>().Post(new NewStatus($"post {n}", n % 10 == 3 ? Visibility.Private : Visibility.Public)));
        }
        posts.RemoveAll(p => !p.IsOpen);
        posts.Reverse();
        var account = await Fediverse.See(Alice, bob);
        // One far down is here already, by a thread.
        await Alice.Get<RemoteStatuses>().Fetch(posts[35].Uri, CancellationToken.None);

        var (first, next) = await Page($"/api/v1/accounts/{account.Id}/statuses?limit=20");
        Assert.Equal(posts.Take(20).Select(p => p.Uri), first);
        Assert.Equal(3, Outboxes());
        var shown = first;
        while (next is not null)
        {
            (var page, next) = await Page(next);
            shown.AddRange(page);
        }
        Assert.Equal(posts.Select(p => p.Uri), shown);
        Assert.All(posts, p => Assert.Equal(p.CreatedAt.ToUnixTimeMilliseconds(), Find(p.Uri)!.CreatedAt.ToUnixTimeMilliseconds()));
        Assert.Empty(Told());
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(40))));
        Assert.DoesNotContain(Fediverse.Requests, r => r.StartsWith("POST", StringComparison.Ordinal));

        // All of it is here now: no look, however far down, asks again, until the newest may have changed.
        var requests = Outboxes();
        await Page($"/api/v1/accounts/{account.Id}/statuses?limit=20&max_id={Find(posts[19].Uri)!.Id}");
        await Page($"/api/v1/accounts/{account.Id}/statuses");
        Assert.Equal(requests, Outboxes());
        Fediverse.Time.Advance(RemoteOutbox.StaleAfter);
        var fresh = await bob.Get<Posting>().Post(new NewStatus("fresh", Visibility.Public));
        Assert.Equal(fresh.Uri, (await Page($"/api/v1/accounts/{account.Id}/statuses?limit=20")).Uris[0]);
        Assert.Equal(requests + 2, Outboxes());
        Assert.Null((await Page($"/api/v1/accounts/{account.Id}/statuses?max_id={Find(posts[30].Uri)!.Id}")).Next);

        int Outboxes() => Fediverse.Requests.Count(r => r.Contains("/outbox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Boosts_show_what_its_own_server_shows_and_a_stranger_makes_nobody_ask()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        sam.Serve($"{sam.Actor}/real", Note(sam, "real", "real"));
        Rae.Serve($"{Rae.Actor}/outbox", $$"""
            {"id":"{{Rae.Actor}}/outbox","type":"OrderedCollection","orderedItems":[
             {"id":"{{Rae.Actor}}/b1","type":"Announce","actor":"{{Rae.Actor}}","to":["{{Public}}"],"published":"2026-10-01T10:00:00Z","object":"{{sam.Actor}}/real"},
             {"id":"{{Rae.Actor}}/b2","type":"Announce","actor":"{{sam.Actor}}","to":["{{Public}}"],"published":"2026-10-01T10:00:00Z","object":"{{sam.Actor}}/other"},
             {"id":"{{Rae.Actor}}/b3","type":"Announce","actor":"{{Rae.Actor}}","to":["{{Rae.Actor}}/followers"],"published":"2026-10-01T10:00:00Z","object":"{{sam.Actor}}/third"}]}
            """);
        var rae = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        using var stranger = Alice.Client();
        Assert.Equal("[]", await stranger.GetStringAsync($"/api/v1/accounts/{rae.Id}/statuses", Cancel));
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("/outbox", StringComparison.Ordinal));
        Assert.Equal([$"{Rae.Actor}/b1"], (await Page($"/api/v1/accounts/{rae.Id}/statuses")).Uris);
        Assert.DoesNotContain(Fediverse.Requests, r => r.EndsWith("/other", StringComparison.Ordinal) || r.EndsWith("/third", StringComparison.Ordinal));
        Assert.Empty(Told());
    }

    [Fact]
    public async Task An_outbox_without_end_costs_a_few_pages_a_look_and_one_that_repeats_itself_ends()
    {
        Rae.Serve($"{Rae.Actor}/outbox", $$"""{"id":"{{Rae.Actor}}/outbox","type":"OrderedCollection","first":"{{Rae.Actor}}/outbox?page=0"}""");
        for (var n = 0; n < 40; n++) Serve(n, n, n + 1);
        Serve(12, 11, 10);
        var rae = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        // None of these is wanted, so each look reads as far as it may.
        var address = $"/api/v1/accounts/{rae.Id}/statuses?only_media=true";
        var before = 0;
        foreach (var most in (int[])[RemoteOutbox.NewestPages + RemoteOutbox.OlderPages + 1, RemoteOutbox.OlderPages, RemoteOutbox.OlderPages])
        {
            var (uris, next) = await Page(address);
            Assert.Empty(uris);
            var now = Fediverse.Requests.Count(r => r.Contains("/outbox", StringComparison.Ordinal));
            Assert.Equal(most, now - before);
            (before, address) = (now, next!);
        }
        // Page 12 repeats what was on page 11.
        Assert.Null((await Page(address)).Next);

        void Serve(int page, int post, int next) => Rae.Serve($"{Rae.Actor}/outbox?page={page}", $$"""
            {"type":"OrderedCollectionPage","next":"{{Rae.Actor}}/outbox?page={{next}}","orderedItems":[{"id":"{{Rae.Actor}}/n{{post}}","type":"Note","attributedTo":"{{Rae.Actor}}",
              "content":"{{post}}","published":"2026-10-{{28 - post % 27:00}}T10:00:00Z","to":["{{Public}}"]}]}
            """);
    }

    [Fact]
    public async Task A_server_that_fails_is_left_alone_for_a_while()
    {
        Rae.Serve($"{Rae.Actor}/outbox", "{}", System.Net.HttpStatusCode.InternalServerError);
        var rae = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        for (var n = 0; n < 3; n++) await Page($"/api/v1/accounts/{rae.Id}/statuses");
        Assert.Single(Fediverse.Requests, r => r.Contains("/outbox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whom_the_owner_begins_to_follow_has_a_profile_in_a_moment()
    {
        var bob = await Fediverse.Join("bob.test");
        var post = await bob.Get<Posting>().Post(new NewStatus("a pinned one", Visibility.Public));
        await bob.Get<Pinning>().Pin(post.Id);
        await Fediverse.Follow(Alice, bob);
        Assert.Null(Find(post.Uri));
        await Alice.Get<ProfileWorker>().Step();
        var account = Alice.Database.Read(c => AccountStore.FindByUri(c, bob.Owner.Uri))!;
        Assert.Equal((1, 1), (account.StatusesCount, account.FollowersCount));
        Assert.Equal(Find(post.Uri)!.Id, Assert.Single(Alice.Database.Read(c => Calf.Interactions.PinStore.Of(c, account.Id))));
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(40))));
    }

    [Fact]
    public async Task A_list_of_followers_goes_on_at_its_server_with_everybody_once()
    {
        await Follow(Rae);
        var others = People("far.test", 50);
        ServeFollowers(0, [Alice.Owner.Uri, .. others[..20]], 1);
        ServeFollowers(1, [others[3], "https://nobody.test/users/x", .. others[20..40]], 2);
        ServeFollowers(2, others[40..], null);
        List<string> shown = [];
        string? next = $"/api/v1/accounts/{Known(Rae).Id}/followers?limit=30";
        for (var looks = 0; next is not null; looks++)
        {
            var before = Fediverse.Requests.Count;
            (var page, next) = await Page(next, "url");
            // Each costs its document and a look at its handle.
            Assert.InRange(Fediverse.Requests.Count(r => r.StartsWith("GET https://far.test/users/", StringComparison.Ordinal)), 0, RemotePeople.MaxNew * (looks + 1));
            Assert.InRange(Fediverse.Requests.Count - before, 0, RemotePeople.MaxPages + 1 + RemotePeople.MaxNew * 4);
            shown.AddRange(page);
        }
        Assert.Equal([Alice.Owner.Url, .. others], shown);
        // A second look asks nobody; of 29 that it takes off the list one was shown before them and one cannot be had.
        var requests = Fediverse.Requests.Count;
        Assert.Equal(28, (await Page($"/api/v1/accounts/{Known(Rae).Id}/followers?limit=30", "url")).Uris.Count);
        Assert.Equal(requests, Fediverse.Requests.Count);
        using var stranger = Alice.Client();
        Assert.Single(JsonDocument.Parse(await stranger.GetStringAsync($"/api/v1/accounts/{Known(Rae).Id}/followers", Cancel)).RootElement.EnumerateArray());
        Assert.Empty(Told());
    }

    [Fact]
    public async Task A_list_that_is_hidden_shows_whom_this_server_knows()
    {
        await Follow(Rae);
        Rae.Serve($"{Rae.Actor}/followers", $$"""{"id":"{{Rae.Actor}}/followers","type":"OrderedCollection","totalItems":900}""");
        var (shown, next) = await Page($"/api/v1/accounts/{Known(Rae).Id}/followers", "url");
        Assert.Equal([Alice.Owner.Url], shown);
        Assert.Null(next);
        Fediverse.Time.Advance(TimeSpan.FromDays(2));
        Rae.Serve($"{Rae.Actor}/followers", "{}", System.Net.HttpStatusCode.Unauthorized);
        Assert.Single((await Page($"/api/v1/accounts/{Known(Rae).Id}/followers", "url")).Uris);
    }

    private List<string> People(string domain, int count)
    {
        var people = Enumerable.Range(0, count).Select(n => $"https://{domain}/users/p{n}").ToList();
        Fediverse.Answer(domain, request =>
        {
            var uri = request.RequestUri!.AbsoluteUri;
            if (!people.Contains(uri)) return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
            var json = $$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{uri}}","type":"Person","preferredUsername":"{{uri[(uri.LastIndexOf('/') + 1)..]}}","inbox":"{{uri}}/inbox"}""";
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/activity+json") });
        });
        return people;
    }

    private void ServeFollowers(int page, IEnumerable<string> uris, int? next)
    {
        var list = $"{Rae.Actor}/followers";
        Rae.Serve(list, $$"""{"id":"{{list}}","type":"OrderedCollection","totalItems":51,"first":"{{list}}?page=0"}""");
        Rae.Serve($"{list}?page={page}", $$"""
            {"id":"{{list}}?page={{page}}","type":"OrderedCollectionPage","orderedItems":[{{string.Join(',', uris.Select(Quote))}}]{{(next is null ? "" : $",\"next\":\"{list}?page={next}\"")}} }
            """);
    }

    /// <summary>A page of a list as the owner asks for it.</summary>
    private async Task<(List<string> Uris, string? Next)> Page(string address, string name = "uri")
    {
        using var response = await owner.GetAsync(address, Cancel);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        var link = response.Headers.TryGetValues("Link", out var values) ? NextLink().Match(string.Join(',', values)) : Match.Empty;
        return ([.. json.RootElement.EnumerateArray().Select(item => item.GetProperty(name).GetString()!)], link.Success ? link.Groups[1].Value : null);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("<([^>]*)>; rel=\"next\"")]
    private static partial Regex NextLink();
}
