using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Alice collects Bob; Carol, who follows Alice, sees what holds (FEP-7aa9). All three are Calfs.</summary>
public sealed class FeaturedCollectionTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private CalfServer bob = null!;
    private CalfServer carol = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        bob = await fediverse.Join("bob.test");
        carol = await fediverse.Join("carol.test");
        foreach (var server in (CalfServer[])[alice, bob, carol]) await Profile(server, discoverable: true);
        await fediverse.Follow(carol, alice);
    }

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Fact]
    public async Task Who_agrees_is_in_the_collection_and_everybody_sees_it()
    {
        var collection = await Collect();
        Assert.Equal(CollectionItemState.Pending, Assert.Single(Items(alice)).State);
        await fediverse.Settle();
        var item = Assert.Single(Items(alice));
        Assert.Equal(CollectionItemState.Accepted, item.State);
        Assert.StartsWith("https://bob.test/", item.ApprovalUri, StringComparison.Ordinal);
        Assert.Equal(("Farm", "People &amp; cows", "en", "cows"), Described(bob, collection));
        Assert.Equal(("Farm", "People &amp; cows", "en", "cows"), Described(carol, collection));
        Assert.Equal(CollectionItemState.Accepted, Assert.Single(Items(carol)).State);
        Assert.Equal([NotificationTypes.AddedToCollection], Told(bob));
        Assert.DoesNotContain(NotificationTypes.AddedToCollection, Told(alice));
        Assert.DoesNotContain(NotificationTypes.AddedToCollection, Told(carol));
        var stamp = await Get(bob, item.ApprovalUri!);
        Assert.Equal(("FeatureAuthorization", bob.Owner.Uri), (Text(stamp, "type"), Text(stamp, "interactionTarget")));
        Assert.Equal(OwnUris.FeaturedCollection(alice.Owner.Uri, collection.Id), Text(stamp, "interactingObject"));
    }

    [Fact]
    public async Task A_changed_collection_changes_everywhere_and_a_removed_one_is_gone()
    {
        var collection = await Collect();
        await fediverse.Settle();
        fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.Get<Curating>().Change(collection.Id, new CollectionChange("Stable", null, null, null, null, null));
        await fediverse.Settle();
        Assert.Equal("Stable", Described(carol, collection).Name);
        Assert.Equal("Stable", Described(bob, collection).Name);
        Assert.Single(Items(carol));
        await alice.Get<Curating>().Change(collection.Id, new CollectionChange(null, "Only cows", null, null, null, null));
        await fediverse.Settle();
        Assert.Equal([NotificationTypes.CollectionUpdate, NotificationTypes.AddedToCollection], Told(bob));
        // Discoverable or not is nothing that its members are told of.
        await alice.Get<Curating>().Change(collection.Id, new CollectionChange(null, null, null, null, false, null));
        await bob.Database.Write(NotificationStore.Clear);
        await fediverse.Settle();
        Assert.Empty(Told(bob));
        await alice.Get<Curating>().Remove(collection.Id);
        await fediverse.Settle();
        foreach (var server in (CalfServer[])[bob, carol]) Assert.Equal(0, server.Database.Read(c => c.Count($"SELECT count(*) FROM account_collections")));
        Assert.Equal(404, await Status(alice, OwnUris.FeaturedCollection(alice.Owner.Uri, collection.Id)));
    }

    [Fact]
    public async Task Who_is_taken_out_is_out_everywhere()
    {
        var collection = await Collect();
        await fediverse.Settle();
        var approval = Items(alice)[0].ApprovalUri!;
        await alice.Get<Curating>().Remove(collection.Id, Items(alice)[0].Id);
        await fediverse.Settle();
        Assert.Empty(Items(carol));
        Assert.Empty(Items(bob));
        Assert.Equal(404, await Status(bob, approval));
    }

    [Fact]
    public async Task Who_takes_the_consent_back_is_out_everywhere_and_is_not_put_back()
    {
        var collection = await Collect();
        await fediverse.Settle();
        var (item, approval) = (Assert.Single(Items(bob)), Items(alice)[0].ApprovalUri!);
        await bob.Get<Curating>().Revoke(item.CollectionId, item.Id);
        await fediverse.Settle();
        Assert.Equal(CollectionItemState.Revoked, Assert.Single(Items(alice)).State);
        Assert.Empty(Items(carol));
        Assert.Equal(404, await Status(bob, approval));

        await alice.Get<Curating>().Remove(collection.Id, Items(alice)[0].Id);
        await alice.Get<Curating>().Add(collection.Id, (await Fediverse.See(alice, bob)).Id);
        await fediverse.Settle();
        Assert.Equal(CollectionItemState.Rejected, Assert.Single(Items(alice)).State);
        Assert.Equal(CollectionItemState.Revoked, Assert.Single(Items(bob)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_blocks_is_parted_from_the_other(bool byAuthor)
    {
        await Collect();
        await fediverse.Settle();
        var (who, whom) = byAuthor ? (alice, bob) : (bob, alice);
        var other = await Fediverse.See(who, whom);
        await who.Get<Blocking>().Block(other.Id);
        await fediverse.Settle();
        Assert.DoesNotContain(Items(alice), item => item.IsShown);
        Assert.DoesNotContain(Items(bob), item => item.IsShown);
        Assert.Empty(Items(carol));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Who_may_is_what_the_profile_says_now(bool discoverable, bool locked)
    {
        await Fediverse.See(alice, bob);
        await Profile(bob, discoverable, locked);
        // Alice's server believes what it saw before, and asks.
        await Collect();
        await fediverse.Settle();
        Assert.Equal(CollectionItemState.Rejected, Assert.Single(Items(alice)).State);
        Assert.Empty(Items(bob));
        Assert.Empty(Items(carol));
        var document = await Get(alice, OwnUris.FeaturedCollections(alice.Owner.Uri));
        Assert.Equal(0, document.GetProperty("items")[0].GetProperty("totalItems").GetInt32());
    }

    [Fact]
    public async Task What_the_profile_says_is_read_by_others()
    {
        Assert.Equal(FeatureConsent.Automatic, await Consent());
        await Profile(bob, discoverable: false);
        Assert.Equal(FeatureConsent.Denied, await Consent());

        async Task<FeatureConsent?> Consent()
        {
            var account = (await alice.Get<RemoteAccounts>().Fetch(bob.Owner.Uri, CancellationToken.None)).Account!;
            return alice.Database.Read(c => FeaturePolicyStore.FindMany(c, [account.Id]).GetValueOrDefault(account.Id)?.ForOwner);
        }
    }

    [Fact]
    public async Task A_look_at_a_profile_brings_its_collections_once_a_day()
    {
        await Collect();
        await alice.Get<Curating>().Create(new CollectionChange("Secret", null, null, null, false, null), []);
        await fediverse.Settle();
        var stranger = await fediverse.Join("dora.test");
        var account = await Fediverse.See(stranger, alice);
        await stranger.Get<RemoteCollections>().Refresh(account, CancellationToken.None);
        Assert.Equal(["Farm"], Names());
        Assert.Equal([bob.Owner.Uri], stranger.Database.Read(c => AccountStore.FindMany(c, Items(stranger).Select(item => item.AccountId)).Values.Select(a => a.Uri)));

        var asked = fediverse.Requests.Count;
        await stranger.Get<RemoteCollections>().Refresh(account, CancellationToken.None);
        Assert.Equal(asked, fediverse.Requests.Count);
        fediverse.Time.Advance(TimeSpan.FromHours(25));
        await stranger.Get<RemoteCollections>().Refresh(account, CancellationToken.None);
        Assert.NotEqual(asked, fediverse.Requests.Count);
        Assert.Equal(["Farm"], Names());

        List<string> Names() => stranger.Database.Read(c => AccountCollectionStore.Of(c, account.Id, hidden: true, 0, 10)).ConvertAll(one => one.Name);
    }

    [Fact]
    public async Task A_collection_is_fetched_by_its_address()
    {
        var collection = await Collect();
        await fediverse.Settle();
        var stranger = await fediverse.Join("dora.test");
        var remote = stranger.Get<RemoteCollections>();
        var uri = OwnUris.FeaturedCollection(alice.Owner.Uri, collection.Id);
        Assert.Equal("Farm", (await remote.Fetch(uri, CancellationToken.None))?.Name);
        Assert.Equal("Farm", stranger.Database.Read(c => CollectionLookup.Find(c, stranger.Owner, uri))?.Name);
        Assert.Single(Items(stranger));
        Assert.Null(await remote.Fetch(alice.Owner.Uri, CancellationToken.None));
        Assert.Null(await remote.Fetch(OwnUris.FeaturedCollection(alice.Owner.Uri, 1), CancellationToken.None));
    }

    [Fact]
    public async Task A_report_names_the_collection_that_it_is_about()
    {
        var collection = await Collect();
        await fediverse.Settle();
        var (account, known) = (await Fediverse.See(carol, alice), carol.Database.Read(c => CollectionLookup.Find(c, carol.Owner, OwnUris.FeaturedCollection(alice.Owner.Uri, collection.Id))!));
        var report = await carol.Get<Reporting>().Add(new NewReport(account.Id, [], "Moo", Forward: true) { CollectionIds = [known.Id] });
        Assert.Equal([known.Id], report.CollectionIds);
        await fediverse.Settle();
        var received = Assert.Single(alice.Database.Read(c => ReportStore.About(c, alice.Owner.Id, new Paging(10))));
        Assert.Equal([collection.Id], received.CollectionIds);
        // Nobody is blamed for the collections of others.
        var other = await Fediverse.See(carol, bob);
        await Assert.ThrowsAsync<ActionException>(() => carol.Get<Reporting>().Add(new NewReport(other.Id, []) { CollectionIds = [known.Id] }));
        await Assert.ThrowsAsync<ActionException>(() => carol.Get<Reporting>().Add(new NewReport(account.Id, []) { CollectionIds = [1] }));
    }

    /// <summary>As Mastodon 4.6 writes them: a request that names nobody who asks, an addition without an id, consents without an author.</summary>
    [Fact]
    public async Task What_Mastodon_sends_is_understood()
    {
        using var rae = new StandIn(fediverse);
        var (farm, stamp) = ($"{rae.Actor}/collections/1", "https://sam.test/users/sam/feature_authorizations/7");
        using var sam = new StandIn(fediverse, "sam.test", "sam");
        sam.Serve(stamp, $$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{stamp}}","type":"FeatureAuthorization","interactingObject":"{{farm}}","interactionTarget":"{{sam.Actor}}"}""");
        string Farm(params string[] items) => $$"""
            {"@context":"https://www.w3.org/ns/activitystreams","id":"{{farm}}","type":"FeaturedCollection","totalItems":{{items.Length}},"name":"Farm","attributedTo":"{{rae.Actor}}",
             "url":"https://remote.test/collections/1","sensitive":false,"discoverable":true,"published":"2026-10-01T00:00:00Z","updated":"2026-10-02T00:00:00Z",
             "summaryMap":{"de":"Kühe<script>x</script>"},"topic":{"type":"Hashtag","name":"#cows","href":"https://remote.test/tags/cows"},"orderedItems":[{{string.Join(',', items)}}]}
            """;
        string Item(int id, string account, string? authorization) => $$"""
            {"id":"{{rae.Actor}}/collection_items/{{id}}","type":"FeaturedItem","featuredObject":"{{account}}","featureAuthorization":{{(authorization is null ? "null" : $"\"{authorization}\"")}},"published":"2026-10-01T00:00:00Z"}
            """;
        rae.Serve(farm, Farm());
        var author = (await alice.Get<RemoteAccounts>().Fetch(rae.Actor, CancellationToken.None)).Account!;
        await alice.Database.Write(c => FollowStore.Save(c, new Follow(alice.Owner.Id, author.Id, "https://alice.test/follows/1", true, true, false, fediverse.Time.GetUtcNow())));

        // Nobody is in it who did not agree: not the owner, and not whose consent is somebody else's word.
        var withoutRequest = Farm(Item(1, alice.Owner.Uri, null), Item(2, sam.Actor, stamp), Item(3, bob.Owner.Uri, "https://remote.test/forged"));
        rae.Serve(farm, withoutRequest);
        await Deliver($$"""{"@context":"https://www.w3.org/ns/activitystreams","type":"Add","actor":"{{rae.Actor}}","target":"{{rae.Actor}}/featured_collections","object":{{withoutRequest}} }""");
        var found = alice.Database.Read(c => AccountCollectionStore.FindByUri(c, farm))!;
        Assert.Equal(("Farm", "Kühe", "de", "cows", "https://remote.test/collections/1"), (found.Name, found.Description, found.Language, found.Tag, found.Url));
        Assert.Equal([sam.Actor], Members(found));

        await Deliver($$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{rae.Actor}}/feature_requests/1","type":"FeatureRequest","object":"{{alice.Owner.Uri}}","instrument":"{{farm}}"}""");
        var answer = rae.Received.Last(activity => Text(activity, "type") == "Accept");
        Assert.Equal($"{rae.Actor}/feature_requests/1", Text(answer, "object"));
        Assert.Equal(200, await Status(alice, Text(answer, "result")));
        Assert.Equal([sam.Actor, alice.Owner.Uri], Members(found));

        await Deliver($$"""{"@context":"https://www.w3.org/ns/activitystreams","type":"Remove","actor":"{{rae.Actor}}","target":"{{farm}}","object":"{{rae.Actor}}/collection_items/2"}""");
        Assert.Equal([alice.Owner.Uri], Members(found));
        await Deliver($$"""{"@context":"https://www.w3.org/ns/activitystreams","type":"Remove","actor":"{{sam.Actor}}","target":"{{farm}}","object":"{{farm}}"}""", sam);
        Assert.NotNull(alice.Database.Read(c => AccountCollectionStore.FindByUri(c, farm)));

        async Task Deliver(string activity, StandIn? sender = null) => Assert.Equal(HttpStatusCode.Accepted, await (sender ?? rae).SendAndSettle(alice, activity));
    }

    private List<string> Members(AccountCollection collection) => alice.Database.Read(c =>
        CollectionItemStore.Of(c, [collection.Id], pending: false)[collection.Id].Select(item => AccountStore.Find(c, item.AccountId)!.Uri).ToList());

    private async Task<AccountCollection> Collect()
    {
        var account = await Fediverse.See(alice, bob);
        return await alice.Get<Curating>().Create(new CollectionChange("Farm", "People & cows", "en", false, true, "#cows"), [account.Id]);
    }

    private static async Task Profile(CalfServer server, bool discoverable, bool locked = false)
    {
        await server.Database.Write(c => AccountStore.Save(c, server.Owner with { Discoverable = discoverable, Locked = locked }));
        server.Get<EventHub>().Publish(new AccountChanged(server.Owner.Id));
    }

    private static List<string> Told(CalfServer server) =>
        server.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, new Paging(20))).ConvertAll(notification => notification.Type);

    private List<AccountCollectionItem> Items(CalfServer server) => server.Database.Read(c =>
        c.Query($"SELECT id FROM account_collection_items ORDER BY id", r => r.Long()).ConvertAll(id => CollectionItemStore.Find(c, id)!));

    private (string Name, string Description, string? Language, string? Tag) Described(CalfServer server, AccountCollection collection) => server.Database.Read(c =>
    {
        var found = server == alice ? AccountCollectionStore.Find(c, collection.Id) : AccountCollectionStore.FindByUri(c, OwnUris.FeaturedCollection(alice.Owner.Uri, collection.Id));
        return (found!.Name, found.Description, found.Language, found.Tag);
    });

    private static async Task<int> Status(CalfServer server, string uri)
    {
        using var client = server.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/activity+json"));
        using var response = await client.GetAsync(uri, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static async Task<JsonElement> Get(CalfServer server, string uri)
    {
        using var client = server.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/activity+json"));
        using var document = JsonDocument.Parse(await client.GetStringAsync(uri, TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
