using System.Text.Json;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Media;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Operations;
using Calf.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calf.Tests.Mastodon;

public sealed class AccountCollectionsApiTests : IAsyncLifetime
{
    private const long Willing = 2;
    private const long Silent = 3;

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(Willing, "bob");
        await api.AddPerson(Silent, "sue");
        await api.Database.Write(c =>
        {
            AccountStore.Save(c, AccountStore.Find(c, ApiFixture.OwnerId)! with { Discoverable = true });
            FeaturePolicyStore.Save(c, Willing, (FeatureAudience.Everybody, FeatureAudience.Nobody));
        });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_collection_is_made_shown_changed_and_removed()
    {
        var made = (await api.Post("/api/v1/collections", """
            {"name":"Excellent people","description":"Well worth following","language":"en","tag_name":"#Discovery","discoverable":true,"account_ids":["1","2"]}
            """)).GetProperty("collection");
        Wrong("Collection", made);
        Golden.Check("Collection", made, "id", "uri");
        var id = Text(made, "id");

        var shown = await api.Get($"/api/v1/collections/{id}");
        Assert.Equal(["1", "1", "2"], ApiFixture.IdsOf(shown.GetProperty("accounts")));
        Assert.Equal(made.GetRawText(), shown.GetProperty("collection").GetRawText());

        api.Clock.Advance(TimeSpan.FromHours(1));
        var changed = (await api.Send(HttpMethod.Patch, $"/api/v1/collections/{id}", ApiFixture.Content("""{"name":"Nice people","tag_name":"","language":"","sensitive":true}"""))).GetProperty("collection");
        Assert.Equal(("Nice people", "Well worth following"), (Text(changed, "name"), Text(changed, "description")));
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("tag").ValueKind);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("language").ValueKind);
        Assert.True(changed.GetProperty("sensitive").GetBoolean());
        Assert.NotEqual(Text(made, "updated_at"), Text(changed, "updated_at"));
        Assert.Equal(Text(made, "created_at"), Text(changed, "created_at"));

        await api.Send(HttpMethod.Delete, $"/api/v1/collections/{id}", null);
        await api.Get($"/api/v1/collections/{id}", status: 404);
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM account_collection_items")));
    }

    [Theory]
    [InlineData("""{}""", "name", "ERR_BLANK", "Validation failed: Name can't be blank")]
    [InlineData("""{"name":"  "}""", "name", "ERR_BLANK", "Validation failed: Name can't be blank")]
    [InlineData("""{"name":"12345678901234567890123456789012345678901"}""", "name", "ERR_TOO_LONG", "Validation failed: Name is too long (maximum is 40 characters)")]
    [InlineData("""{"name":"x","language":"klingon"}""", "language", "ERR_INVALID", "Validation failed: Language is invalid")]
    [InlineData("""{"name":"x","tag_name":"no tag"}""", "tag_name", "ERR_UNUSABLE", "Validation failed: Tag name may not be used")]
    public async Task A_wrong_field_is_told_with_its_name(string body, string field, string code, string error)
    {
        var answer = (await api.Post("/api/v1/collections", body, status: 422)).GetProperty("error");
        Assert.Equal(error, Text(answer, "error"));
        Assert.Equal(code, Text(answer.GetProperty("details").GetProperty(field)[0], "error"));
        Assert.Empty((await api.Get("/api/v1/accounts/1/collections")).GetProperty("collections").EnumerateArray());
    }

    [Fact]
    public async Task There_are_as_many_collections_and_members_as_at_Mastodon()
    {
        for (var i = 0; i < Curating.MaxCollections; i++) await Make($"C{i}");
        await api.Post("/api/v1/collections", """{"name":"Too many"}""", status: 422);

        var id = Text((await api.Get("/api/v1/accounts/1/collections")).GetProperty("collections")[0], "id");
        for (var i = 0; i < Curating.MaxItems; i++) await api.AddPerson(100 + i, $"p{i}");
        await api.Database.Write(c =>
        {
            for (var i = 0; i < Curating.MaxItems; i++) FeaturePolicyStore.Save(c, 100 + i, (FeatureAudience.Nobody, FeatureAudience.Everybody));
        });
        for (var i = 0; i < Curating.MaxItems; i++) await api.Post($"/api/v1/collections/{id}/items", $$"""{"account_id":"{{100 + i}}"}""");
        var refused = await api.Post($"/api/v1/collections/{id}/items", """{"account_id":"2"}""", status: 422);
        Assert.Contains("no more than 25", Text(refused, "error"), StringComparison.Ordinal);
        var ids = string.Join(',', Enumerable.Range(100, 26).Select(n => $"\"{n}\""));
        await api.Post("/api/v1/collections", $$"""{"name":"x","account_ids":[{{ids}}]}""", status: 422);
    }

    [Fact]
    public async Task Somebody_who_has_to_agree_is_waited_for_and_only_the_owner_sees_it()
    {
        var id = await Make("Farm");
        var item = (await api.Post($"/api/v1/collections/{id}/items", """{"account_id":"2"}""")).GetProperty("collection_item");
        Wrong("CollectionItem", item);
        Assert.Equal(("pending", "2"), (Text(item, "state"), Text(item, "account_id")));
        Assert.Equal(1, (await api.Get($"/api/v1/collections/{id}")).GetProperty("collection").GetProperty("item_count").GetInt32());
        var stranger = await api.Get($"/api/v1/collections/{id}", token: null);
        Assert.Equal(0, stranger.GetProperty("collection").GetProperty("item_count").GetInt32());
        Assert.Equal(["1"], ApiFixture.IdsOf(stranger.GetProperty("accounts")));

        Assert.Contains("already been taken", Text(await api.Post($"/api/v1/collections/{id}/items", """{"account_id":"2"}""", status: 422), "error"), StringComparison.Ordinal);
        await api.Send(HttpMethod.Delete, $"/api/v1/collections/{id}/items/{Text(item, "id")}", null);
        Assert.Empty((await api.Get($"/api/v1/collections/{id}")).GetProperty("collection").GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Who_does_not_let_the_owner_is_not_put_there()
    {
        var id = await Make("Farm");
        Task Refused(long account) => api.Post($"/api/v1/collections/{id}/items", $$"""{"account_id":"{{account}}"}""", status: 403);
        await Refused(Silent);
        await api.Database.Write(c => FeaturePolicyStore.Save(c, Silent, (FeatureAudience.Followers, FeatureAudience.Unsupported)));
        await Refused(Silent);
        await api.Database.Write(c => BlockStore.Add(c, ApiFixture.OwnerId, Willing, "https://calf.test/blocks/1", api.Clock.GetUtcNow()));
        await Refused(Willing);
        await api.Database.Write(c => AccountStore.Save(c, AccountStore.Find(c, ApiFixture.OwnerId)! with { Discoverable = false }));
        await Refused(ApiFixture.OwnerId);
        await api.Post("/api/v1/collections", """{"name":"x","account_ids":["3"]}""", status: 403);
        await api.Post("/api/v1/collections", """{"name":"x","account_ids":["99"]}""", status: 404);
        Assert.Single((await api.Get("/api/v1/accounts/1/collections")).GetProperty("collections").EnumerateArray());
        Assert.Equal("`account_id` parameter is missing", Text(await api.Post($"/api/v1/collections/{id}/items", status: 422), "error"));
        await api.Post($"/api/v1/collections/{id}/items", """{"account_id":"99"}""", status: 404);
        await api.Post("/api/v1/collections/99/items", """{"account_id":"2"}""", status: 404);
    }

    [Fact]
    public async Task Of_the_collections_of_others_the_owner_changes_only_being_in_them()
    {
        await AddRemote(50, [ApiFixture.OwnerId, Willing]);
        var (own, other) = ("51", "52");
        Assert.Equal(["50"], ApiFixture.IdsOf((await api.Get("/api/v1/accounts/1/in_collections")).GetProperty("collections")));
        await api.Get("/api/v1/accounts/2/in_collections", status: 403);
        await api.Get("/api/v1/accounts/1/in_collections", token: null, status: 401);
        await api.Send(HttpMethod.Patch, "/api/v1/collections/50", ApiFixture.Content("""{"name":"Mine"}"""), status: 403);
        await api.Send(HttpMethod.Delete, "/api/v1/collections/50", null, status: 403);
        await api.Send(HttpMethod.Delete, $"/api/v1/collections/50/items/{own}", null, status: 403);
        await api.Post("/api/v1/collections/50/items", """{"account_id":"2"}""", status: 403);
        await api.Post($"/api/v1/collections/50/items/{other}/revoke", status: 403);
        await api.Post("/api/v1/collections/50/items/99/revoke", status: 404);

        await api.Post($"/api/v1/collections/50/items/{own}/revoke");
        Assert.Empty((await api.Get("/api/v1/accounts/1/in_collections")).GetProperty("collections").EnumerateArray());
        var shown = await api.Get("/api/v1/collections/50");
        Assert.Equal(["3", "2"], ApiFixture.IdsOf(shown.GetProperty("accounts")));
        Assert.False(shown.GetProperty("collection").GetProperty("local").GetBoolean());
    }

    [Fact]
    public async Task Nobody_sees_what_is_not_for_the_profile_and_the_blocked_see_nothing()
    {
        await Make("Open", discoverable: true);
        var hidden = await Make("Hidden");
        Assert.Equal(2, Count(await api.Get("/api/v1/accounts/1/collections")));
        Assert.Equal(1, Count(await api.Get("/api/v1/accounts/1/collections", token: null)));
        await api.Get($"/api/v1/collections/{hidden}", token: null);

        await AddRemote(50, [ApiFixture.OwnerId]);
        Assert.Equal(1, Count(await api.Get("/api/v1/accounts/3/collections")));
        await api.Database.Write(c => BlockStore.Add(c, Silent, ApiFixture.OwnerId, "https://far.test/blocks/1", api.Clock.GetUtcNow()));
        Assert.Equal(0, Count(await api.Get("/api/v1/accounts/3/collections")));
        await api.Get("/api/v1/collections/50", status: 403);
    }

    [Fact]
    public async Task The_list_is_paged_by_number()
    {
        for (var i = 0; i < 5; i++)
        {
            await Make($"C{i}");
            api.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var (names, next) = (new List<string>(), (string?)"/api/v1/accounts/1/collections?limit=2");
        string? last = null;
        while (next is not null)
        {
            using var client = api.Client();
            using var response = await client.GetAsync(next, TestContext.Current.CancellationToken);
            last = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
            next = last?.Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } found ? found[1..found.IndexOf('>', StringComparison.Ordinal)] : null;
            names.AddRange((await api.Read(response)).GetProperty("collections").EnumerateArray().Select(c => Text(c, "name")));
        }
        Assert.Equal(["C4", "C3", "C2", "C1", "C0"], names);
        Assert.Equal("<https://calf.test/api/v1/accounts/1/collections?limit=2&offset=2>; rel=\"prev\"", last);
        Assert.Equal(0, Count(await api.Get("/api/v1/accounts/1/collections?offset=5")));
        Assert.Equal(5, Count(await api.Get("/api/v1/accounts/1/collections?offset=-1")));
    }

    [Fact]
    public async Task A_day_after_a_refusal_it_is_forgotten()
    {
        await AddRemote(50, [ApiFixture.OwnerId, Willing]);
        using var housekeeping = new Housekeeping(api.Database, api.Get<Uploading>(), api.Get<DiskKeeping>(), new Settings(), api.Clock, NullLogger<Housekeeping>.Instance);
        await api.Post("/api/v1/collections/50/items/51/revoke");
        await housekeeping.Step();
        Assert.NotNull(api.Database.Read(c => CollectionItemStore.Find(c, 51)));
        api.Clock.Advance(TimeSpan.FromHours(25));
        await housekeeping.Step();
        Assert.Null(api.Database.Read(c => CollectionItemStore.Find(c, 51)));
        Assert.NotNull(api.Database.Read(c => CollectionItemStore.Find(c, 52)));
    }

    [Fact]
    public async Task The_owner_is_told_of_being_put_into_a_collection()
    {
        await AddRemote(50, [ApiFixture.OwnerId]);
        await api.Database.Write(c => api.Get<Notifying>().Tell(c, NotificationTypes.AddedToCollection, Silent, null, collectionId: 50));
        var told = (await api.Get("/api/v1/notifications?types[]=added_to_collection"))[0];
        Golden.Check("Notification.added_to_collection", told, "id", "group_key");
        Assert.Equal("50", told.GetProperty("collection").GetProperty("id").GetString());
        var group = (await api.Get("/api/v2/notifications")).GetProperty("notification_groups")[0];
        Golden.Check("NotificationGroup.added_to_collection", group, "group_key", "most_recent_notification_id", "page_min_id", "page_max_id");
        Assert.Equal("50", group.GetProperty("collection").GetProperty("id").GetString());

        // With the collection goes what was told of it.
        await api.Database.Write(c => AccountCollectionStore.Remove(c, 50));
        Assert.Empty((await api.Get("/api/v1/notifications")).EnumerateArray());
    }

    [Fact]
    public async Task A_collection_is_found_by_its_address()
    {
        var made = await Make("Farm");
        var uri = Text((await api.Get($"/api/v1/collections/{made}")).GetProperty("collection"), "uri");
        await AddRemote(50, [Willing]);
        Assert.Equal([made], await Found(uri));
        Assert.Equal(["50"], await Found("https://far.test/collections/50"));
        Assert.Empty(await Found("https://far.test/collections/51"));
        Assert.Empty(await Found("https://far.test/collections/50", "&type=accounts"));
        Assert.Empty(await Found("Cows"));
        Assert.Empty((await api.Get($"/api/v2/search?q={Uri.EscapeDataString(uri)}", token: null)).GetProperty("collections").EnumerateArray());

        async Task<List<string>> Found(string text, string more = "") =>
            ApiFixture.IdsOf((await api.Get($"/api/v2/search?q={Uri.EscapeDataString(text)}{more}")).GetProperty("collections"));
    }

    [Fact]
    public async Task An_account_says_whether_the_owner_may_put_it_into_a_collection()
    {
        Assert.Equal("public / / automatic", await Approval(Willing));
        Assert.Equal("public / / denied", await Approval(Willing, token: null));
        Assert.Equal("/ / missing", await Approval(Silent));
        await api.Database.Write(c => FeaturePolicyStore.Save(c, Silent, (FeatureAudience.Followers, FeatureAudience.Following | FeatureAudience.Unsupported)));
        Assert.Equal("followers / following unsupported_policy / unknown", await Approval(Silent));
        await api.Database.Write(c => FollowStore.Save(c, new Follow(Silent, ApiFixture.OwnerId, "https://far.test/follows/1", true, true, false, api.Clock.GetUtcNow())));
        Assert.EndsWith("/ manual", await Approval(Silent), StringComparison.Ordinal);
        await api.Database.Write(c => FollowStore.Save(c, new Follow(ApiFixture.OwnerId, Silent, "https://calf.test/follows/1", true, true, false, api.Clock.GetUtcNow())));
        Assert.EndsWith("/ automatic", await Approval(Silent), StringComparison.Ordinal);
        Assert.Equal("public / / automatic", await Approval(ApiFixture.OwnerId));

        var me = await api.Get("/api/v1/accounts/verify_credentials");
        Assert.Equal("automatic", Text(me.GetProperty("feature_approval"), "current_user"));
        Assert.Equal(Curating.MaxCollections, me.GetProperty("role").GetProperty("collection_limit").GetInt32());
    }

    /// <summary>Who is in at once, who has to wait, what it is for who asks.</summary>
    private async Task<string> Approval(long id, string? token = ApiFixture.Token)
    {
        var approval = (await api.Get($"/api/v1/accounts/{id}", token)).GetProperty("feature_approval");
        return $"{Words("automatic")} / {Words("manual")} / {Text(approval, "current_user")}".Replace("  ", " ", StringComparison.Ordinal).TrimStart();

        string Words(string name) => string.Join(' ', approval.GetProperty(name).EnumerateArray().Select(word => word.GetString()));
    }

    private async Task<string> Make(string name, bool discoverable = false) =>
        Text((await api.Post("/api/v1/collections", $$"""{"name":"{{name}}","discoverable":{{(discoverable ? "true" : "false")}}}""")).GetProperty("collection"), "id");

    private Task AddRemote(long id, long[] members) => api.Database.Write(c =>
    {
        var now = api.Clock.GetUtcNow();
        AccountCollectionStore.Save(c, new AccountCollection { Id = id, AccountId = Silent, Uri = $"https://far.test/collections/{id}", Name = "Cows", Discoverable = true, CreatedAt = now, UpdatedAt = now });
        for (var i = 0; i < members.Length; i++)
            CollectionItemStore.Add(c, new AccountCollectionItem(id + 1 + i, id, members[i], CollectionItemState.Accepted, null, null, now));
    });

    private static int Count(JsonElement answer) => answer.GetProperty("collections").GetArrayLength();

    private static void Wrong(string entity, JsonElement value) => Assert.Empty(SchemaCheck.Entity(entity, value));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
