using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>Every entity as a whole, from a server that is always the same at a time that is always the same.</summary>
public sealed class GoldenTests : IAsyncLifetime
{
    private const long Full = 700;

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await Furnished.Start();
        await api.AddStatus(Full, 11, s => s with { Type = "Question", Language = "en", SpoilerText = "Cows", Sensitive = true });
        var now = api.Clock.GetUtcNow();
        await api.Database.Write(c =>
        {
            StatusParts.AddMentions(c, Full, [(1, false), (12, true)]);
            StatusParts.AddTags(c, Full, ["cows"]);
            StatusParts.AddAttachments(c, Full, [new Attachment(9, "image", "image/jpeg", "https://far.test/cow.jpg", "A cow", null, 640, 480, 0.5, -0.25)]);
            CardStore.Set(c, Full, new Card("https://news.test/cows", "Cows", "They swim", "https://news.test/cow.jpg"));
            PollStore.Set(c, Full, new Poll([new PollOption("Hay", 1), new PollOption("Grass", 2)], false, now.AddDays(1), null, 3));
            FavouriteStore.Add(c, Full, ApiFixture.OwnerId, "https://calf.test/likes/700", now);
            ReactionStore.Add(c, new Reaction(Full, 12, "🐄", null, "https://far.test/reactions/1"), now);
            QuoteStore.Save(c, new Quote { StatusId = Full, QuotedUri = $"https://far.test/statuses/{Furnished.OwnPost}", QuotedId = Furnished.OwnPost, State = QuoteState.Accepted });
        });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("Account", "/api/v1/accounts/11")]
    [InlineData("CredentialAccount", "/api/v1/accounts/verify_credentials")]
    [InlineData("Relationship", "/api/v1/accounts/relationships?id[]=11")]
    [InlineData("Status", "/api/v1/statuses/700")]
    [InlineData("Status.boost", "/api/v1/statuses/301")]
    [InlineData("Status.own", "/api/v1/statuses/200")]
    [InlineData("Context", "/api/v1/statuses/700/context")]
    [InlineData("StatusEdit", "/api/v1/statuses/700/history")]
    [InlineData("Poll", "/api/v1/polls/700")]
    [InlineData("Tag", "/api/v2/search?q=%23cows&type=hashtags")]
    [InlineData("Notification", "/api/v1/notifications?types[]=mention&limit=1", "id", "group_key")]
    [InlineData("Notification.waiting", "/api/v1/notifications?types[]=mention&account_id=51&limit=1", "id", "group_key")]
    [InlineData("GroupedNotificationsResults", "/api/v2/notifications?types[]=mention&limit=1", "most_recent_notification_id", "page_min_id", "page_max_id", "group_key")]
    [InlineData("GroupedNotificationsResults.avatars", "/api/v2/notifications?types[]=favourite&expand_accounts=partial_avatars&limit=1", "most_recent_notification_id", "page_min_id", "page_max_id", "group_key")]
    [InlineData("NotificationPolicy", "/api/v2/notifications/policy")]
    [InlineData("V1NotificationPolicy", "/api/v1/notifications/policy")]
    [InlineData("NotificationRequest", "/api/v1/notifications/requests?limit=1", "id")]
    [InlineData("Preferences", "/api/v1/preferences")]
    [InlineData("Instance", "/api/v2/instance", "version", "public_key")]
    [InlineData("V1Instance", "/api/v1/instance", "version", "public_key")]
    [InlineData("ExtendedDescription", "/api/v1/instance/extended_description")]
    [InlineData("PrivacyPolicy", "/api/v1/instance/privacy_policy")]
    [InlineData("DomainBlock", "/api/v1/instance/domain_blocks")]
    [InlineData("AdminDomainBlock", "/api/v1/admin/domain_blocks?limit=1", "id")]
    [InlineData("OEmbedResponse", "/api/oembed?url=https://calf.test/@ann/200")]
    [InlineData("Application", "/api/v1/apps/verify_credentials", "vapid_key")]
    [InlineData("OAuthServerConfiguration", "/.well-known/oauth-authorization-server")]
    [InlineData("OAuthUserinfo", "/oauth/userinfo")]
    public async Task An_entity_is_as_it_was(string name, string address, params string[] changing)
    {
        // Else the owner's post has the address of somebody's.
        await api.Database.Write(c => c.Execute($"UPDATE statuses SET uri = 'https://calf.test/users/ann/statuses/200', url = 'https://calf.test/@ann/200' WHERE id = 200"));
        Golden.Check(name, await api.Get(address, await api.TokenWith("read profile admin:read")), changing);
    }

    [Fact]
    public async Task A_posted_status_is_as_it_was() => Golden.Check(
        "Status.posted", await api.Post("/api/v1/statuses", """{"status":"Hello *world* #cows @b1@far.test https://x.test/","spoiler_text":"Greeting","language":"en"}"""),
        "id", "uri", "url");

    [Fact]
    public async Task What_a_status_was_written_as_is_as_it_was()
    {
        var id = (await api.Post("/api/v1/statuses", """{"status":"Hello *world*","spoiler_text":"Greeting"}""")).GetProperty("id").GetString();
        Golden.Check("StatusSource", await api.Get($"/api/v1/statuses/{id}/source"), "id");
    }

    [Fact]
    public async Task A_list_is_as_it_was() => Golden.Check("List", await api.Post("/api/v1/lists", """{"title":"Farm"}"""), "id");

    [Fact]
    public async Task A_trending_link_is_as_it_was()
    {
        var at = Ids.FloorOf(api.Clock.GetUtcNow().AddHours(-1));
        for (var author = 11; author <= 12; author++)
        {
            var status = await api.AddStatus(at + author, author, home: false);
            await api.Database.Write(c => CardStore.Set(c, status.Id, new Card("https://news.test/cows", "Cows", "They swim", "https://news.test/cow.jpg")));
        }
        await api.Get<Calf.Operations.TrendsWorker>().Step();
        Golden.Check("TrendsLink", (await api.Get("/api/v1/trends/links"))[0]);
    }

    [Fact]
    public async Task A_card_is_as_it_was()
    {
        await api.AddStatus(701, 11);
        await api.Database.Write(c => CardStore.Set(c, 701, new Card("https://photos.test/cow", "A cow", "Seen today", "https://photos.test/cow.jpg")
        {
            Address = "https://photos.test/cow",
            Type = CardType.Photo,
            ImageDescription = "Brown",
            Width = 640,
            Height = 480,
            Language = "en",
            ProviderName = "Photos",
            ProviderUrl = "https://photos.test/",
            AuthorName = "Ann",
            AuthorId = 12,
            PublishedAt = api.Clock.GetUtcNow(),
        }));
        Golden.Check("PreviewCard", (await api.Get("/api/v1/statuses/701")).GetProperty("card"));
    }

    [Fact]
    public async Task A_filter_is_as_it_was()
    {
        var filter = await api.Post("/api/v2/filters", """{"title":"Milk","context":["home","public"],"filter_action":"warn","keywords_attributes":[{"keyword":"milk","whole_word":true}]}""");
        Golden.Check("Filter", filter, "id");
        Golden.Check("V1Filter", await api.Get("/api/v1/filters"), "id");
    }

    [Fact]
    public async Task A_marker_is_as_it_was() => Golden.Check("Marker", (await api.Post("/api/v1/markers", """{"home":{"last_read_id":"103"}}""")).GetProperty("home"));

    [Fact]
    public async Task A_report_is_as_it_was() => Golden.Check("Report", await api.Post("/api/v1/reports", """{"account_id":"11","status_ids":["101"],"comment":"Moo"}"""), "id");

    [Fact]
    public async Task A_registered_app_is_as_it_was() => Golden.Check(
        "CredentialApplication", await api.Post("/api/v1/apps", """{"client_name":"Milk","redirect_uris":["https://x.test/back"],"scopes":"read write"}""", token: null),
        "id", "client_id", "client_secret", "vapid_key");

    [Fact]
    public async Task A_push_subscription_is_as_it_was() => Golden.Check("WebPushSubscription", await api.Post("/api/v1/push/subscription", """
        {"subscription":{"endpoint":"https://push.test/1","standard":true,"keys":{
          "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}},
         "data":{"alerts":{"mention":true,"quote":true},"policy":"followed"}}
        """), "id", "server_key");

    [Fact]
    public async Task An_error_is_as_it_was() => Golden.Check("Error", await api.Get("/api/v1/statuses/9999", status: 404));

    /// <summary>An override that no answer needs any more would hide a fault one day.</summary>
    [Fact]
    public void Every_override_of_the_description_is_needed()
    {
        var found = Golden.All().SelectMany(golden => SchemaCheck.Differences(golden.Name.Split('.')[0], golden.Value)).ToHashSet();
        Assert.Empty(SchemaCheck.OverridesUnusedBy(found));
    }
}
