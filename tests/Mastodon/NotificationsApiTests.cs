using System.Text.Json;
using Calf.Moderation;
using Calf.Notifications;

namespace Calf.Tests.Mastodon;

/// <summary>Notifications one by one and in groups, with what may be asked of them.</summary>
public sealed class NotificationsApiTests : IAsyncLifetime
{
    private const string V1 = "/api/v1/notifications";
    private const string V2 = "/api/v2/notifications";

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddStatus(100, ApiFixture.OwnerId);
        await api.AddStatus(101, ApiFixture.OwnerId);
        for (var n = 0; n < 12; n++) await api.AddPerson(200 + n, $"p{n}");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task They_are_asked_for_by_type_and_by_account()
    {
        var favourite = await Tell(NotificationTypes.Favourite, 200, 100);
        var boost = await Tell(NotificationTypes.Boost, 201, 100);
        var waiting = await Tell(NotificationTypes.Mention, 202, 100, filtered: true);

        Assert.Equal([boost, favourite], await Ids(V1));
        Assert.Equal([favourite], await Ids(V1 + "?types[]=favourite&types[]=nonsense"));
        Assert.Empty(await Ids(V1 + "?types[]=nonsense"));
        Assert.Equal([favourite], await Ids(V1 + "?exclude_types[]=reblog"));
        Assert.Equal([waiting, boost, favourite], await Ids(V1 + "?include_filtered=true"));
        Assert.Equal([waiting], await Ids(V1 + "?account_id=202"));
        Assert.Empty(await Ids(V1 + "?account_id=nobody"));
        Assert.True((await api.Get($"{V1}/{waiting}")).GetProperty("filtered").GetBoolean());
        Assert.False((await api.Get($"{V1}/{boost}")).TryGetProperty("filtered", out _));

        Assert.Equal(2, await Unread(V1));
        Assert.Equal(1, await Unread(V1, "types[]=favourite"));
        Assert.Equal(1, await Unread(V1, "limit=1"));
        Assert.Equal(3, await Unread(V2, "include_filtered=true"));
        await api.Post("/api/v1/markers", $$$"""{"notifications":{"last_read_id":"{{{favourite}}}"}}""");
        Assert.Equal((1, 1), (await Unread(V1), await Unread(V2)));
    }

    [Theory]
    [InlineData(V1)]
    [InlineData(V2)]
    public async Task Dismissed_or_cleared_they_are_gone(string root)
    {
        var first = await Tell(NotificationTypes.Mention, 200, 100);
        await Tell(NotificationTypes.Mention, 201, 101);
        await api.Post($"{root}/{(root == V1 ? first : $"ungrouped-{first}")}/dismiss");
        Assert.DoesNotContain(first, await Ids(V1));
        await api.Post($"{root}/ungrouped-7/dismiss", status: root == V1 ? 404 : 200);
        Assert.Single(await Ids(V1));
        await api.Post($"{root}/clear");
        Assert.Empty(await Ids(V1));
    }

    [Fact]
    public async Task A_group_lasts_twelve_hours_from_its_first()
    {
        await Tell(NotificationTypes.Favourite, 200, 100);
        api.Clock.Advance(TimeSpan.FromHours(11));
        await Tell(NotificationTypes.Favourite, 201, 100);
        await Tell(NotificationTypes.Favourite, 201, 101);
        api.Clock.Advance(TimeSpan.FromHours(2));
        await Tell(NotificationTypes.Favourite, 202, 100);
        Assert.Equal([1, 1, 2], Groups(await api.Get(V2)).Select(g => g.GetProperty("notifications_count").GetInt32()));
        Assert.Equal(3, (await api.Get(V1)).EnumerateArray().Select(n => n.GetProperty("group_key").GetString()).Distinct().Count());
        Assert.Equal(3, await Unread(V2));
        Assert.Equal(2, await Unread(V2, "limit=2"));
    }

    [Fact]
    public async Task A_page_has_so_many_groups_and_goes_on_below_all_of_them()
    {
        var oldest = await Tell(NotificationTypes.Favourite, 200, 101);
        for (var n = 0; n < 12; n++) await Tell(NotificationTypes.Favourite, 200 + n, 100);
        var mention = await Tell(NotificationTypes.Mention, 203, 100);

        using var client = api.Client();
        using var response = await client.GetAsync(V2 + "?limit=2", TestContext.Current.CancellationToken);
        Assert.Contains("rel=\"next\"", string.Join(' ', response.Headers.GetValues("Link")));
        var page = await api.Read(response);
        Assert.Equal([$"ungrouped-{mention}", "favourite-100-"], Groups(page).Select(Key));
        var group = Groups(page)[1];
        Assert.Equal(12, group.GetProperty("notifications_count").GetInt32());
        Assert.Equal(["211", "210", "209", "208", "207", "206", "205", "204"], group.GetProperty("sample_account_ids").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(group.GetProperty("page_max_id").GetString(), group.GetProperty("page_min_id").GetString());
        Assert.Equal(9, page.GetProperty("accounts").GetArrayLength());
        Assert.False(page.TryGetProperty("partial_accounts", out _));

        var all = Groups(await api.Get(V2));
        Assert.Equal([$"ungrouped-{mention}", "favourite-100-", "favourite-101-"], all.Select(Key));
        Assert.NotEqual(all[1].GetProperty("page_max_id").GetString(), all[1].GetProperty("page_min_id").GetString());
        Assert.Equal(oldest, all[2].GetProperty("page_min_id").GetString());
        Assert.Equal(["favourite-100-", "favourite-101-"], Groups(await api.Get($"{V2}?max_id={group.GetProperty("page_max_id").GetString()}")).Select(Key));
        Assert.Equal([$"ungrouped-{mention}", "favourite-100-"], Groups(await api.Get($"{V2}?min_id={oldest}")).Select(Key));
        Assert.Equal(["favourite-100-"], Groups(await api.Get($"{V2}?min_id={oldest}&limit=1")).Select(Key));
        Assert.Empty(Groups(await api.Get($"{V2}?since_id={mention}")));
    }

    [Fact]
    public async Task Only_the_types_that_are_asked_for_are_grouped()
    {
        foreach (var type in (string[])[NotificationTypes.Favourite, NotificationTypes.Boost])
            for (var n = 0; n < 2; n++) await Tell(type, 200 + n, 100);
        Assert.Equal(2, Groups(await api.Get(V2)).Count);
        Assert.Equal(3, Groups(await api.Get(V2 + "?grouped_types[]=reblog")).Count);
        Assert.Equal(3, await Unread(V2, "grouped_types[]=reblog"));
        Assert.Equal(4, Groups(await api.Get(V2 + "?grouped_types[]=mention")).Count);
        Assert.Equal(["favourite-100-"], Groups(await api.Get(V2 + "?types[]=favourite")).Select(Key));
    }

    [Fact]
    public async Task Of_all_but_the_first_only_the_avatar_can_be_asked_for()
    {
        for (var n = 0; n < 3; n++) await Tell(NotificationTypes.Follow, 200 + n, null);
        var page = await api.Get(V2 + "?expand_accounts=partial_avatars");
        Assert.Equal(["202"], ApiFixture.IdsOf(page.GetProperty("accounts")));
        Assert.Equal(["200", "201"], ApiFixture.IdsOf(page.GetProperty("partial_accounts")).Order());
        Assert.False(page.GetProperty("partial_accounts")[0].TryGetProperty("note", out _));
        var wrong = await api.Get(V2 + "?expand_accounts=some", status: 400);
        Assert.Equal("Invalid value for 'expand_accounts': 'some', allowed values are 'full' and 'partial_avatars'", wrong.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_group_is_shown_alone_with_its_accounts_page_by_page_and_dismissed_whole()
    {
        for (var n = 0; n < 3; n++) await Tell(NotificationTypes.Follow, 200 + n, null);
        var key = Groups(await api.Get(V2))[0].GetProperty("group_key").GetString()!;
        var alone = Groups(await api.Get($"{V2}/{key}"))[0];
        Assert.Equal(3, alone.GetProperty("notifications_count").GetInt32());
        Assert.False(alone.TryGetProperty("page_min_id", out _));

        using var client = api.Client();
        using var response = await client.GetAsync($"{V2}/{key}/accounts?limit=2", TestContext.Current.CancellationToken);
        var next = response.Headers.GetValues("Link").Single().Split('<', '>')[1];
        Assert.Equal(["202", "201"], ApiFixture.IdsOf(await api.Read(response)));
        Assert.Equal(["200"], ApiFixture.IdsOf(await api.Get(new Uri(next).PathAndQuery)));
        Assert.Empty((await api.Get($"{V2}/favourite-7-7/accounts")).EnumerateArray());
        await api.Get($"{V2}/favourite-7-7", status: 404);

        await api.Post($"{V2}/{key}/dismiss");
        Assert.Empty(await Ids(V1));
        await api.Get($"{V2}/{key}", status: 404);
    }

    [Fact]
    public async Task What_waits_is_bounded_for_each_and_for_all()
    {
        for (var n = 0; n < NotificationStore.MaxWaiting + 5; n++)
        {
            await api.AddStatus(1000 + n, 200);
            await Tell(NotificationTypes.Mention, 200, 1000 + n, filtered: true);
        }
        await Tell(NotificationTypes.Mention, 201, 100, filtered: true);
        var requests = await api.Get(V1 + "/requests");
        Assert.Equal(["1", "100"], requests.EnumerateArray().Select(r => r.GetProperty("notifications_count").GetString()));
        Assert.Equal("1104", requests[1].GetProperty("last_status").GetProperty("id").GetString());

        Assert.Equal(96, await api.Database.Write(c => NotificationRequestStore.RemoveBeyond(c, 5)));
        Assert.Equal(["1", "4"], (await api.Get(V1 + "/requests")).EnumerateArray().Select(r => r.GetProperty("notifications_count").GetString()));
    }

    [Fact]
    public async Task Only_what_speaks_to_the_owner_asks_to_be_let_in_and_who_is_let_in_brings_the_rest()
    {
        await Tell(NotificationTypes.Favourite, 200, 100, filtered: true);
        Assert.Empty((await api.Get(V1 + "/requests")).EnumerateArray());
        await Tell(NotificationTypes.Mention, 200, 101, filtered: true);
        await Tell(NotificationTypes.Mention, 201, 101, filtered: true);
        var ids = ApiFixture.IdsOf(await api.Get(V1 + "/requests"));

        await api.Post(V1 + "/requests/accept", new[] { ("id[]", ids[1]), ("id[]", "9999"), ("id[]", "x") });

        Assert.Equal(2, (await Ids(V1)).Count);
        Assert.Equal([ids[0]], ApiFixture.IdsOf(await api.Get(V1 + "/requests")));
        await api.Post(V1 + "/requests/dismiss", new[] { ("id[]", "9999") });
        Assert.Single((await api.Get(V1 + "/requests")).EnumerateArray());
    }

    [Theory]
    [InlineData(V1)]
    [InlineData(V2)]
    public async Task An_app_that_does_not_know_a_kind_gets_words_for_it(string root)
    {
        await api.Database.Write(c =>
        {
            ReportStore.Add(c, new Report(77, "https://far.test/flags/1", 200, ApiFixture.OwnerId, [], "Moo", Report.Other, false, api.Clock.GetUtcNow()));
            NotificationStore.Add(c, NotificationTypes.Report, 200, null, api.Clock.GetUtcNow(), reportId: 77);
        });
        async Task<JsonElement> Ask(string query)
        {
            var answer = await api.Get(root + query);
            return root == V1 ? answer[0] : Groups(answer)[0];
        }
        Assert.False((await Ask("")).TryGetProperty("fallback", out _));
        Assert.False((await Ask("?supported_types[]=admin.report")).TryGetProperty("fallback", out _));
        var fallback = (await Ask("?supported_types[]=mention")).GetProperty("fallback");
        Assert.StartsWith("far.test reported <span", fallback.GetProperty("title").GetString());
        Assert.Contains("https://calf.test", fallback.GetProperty("summary").GetString());
        await Tell(NotificationTypes.Mention, 201, 100);
        Assert.False((await Ask("?supported_types[]=poll")).TryGetProperty("fallback", out _));
    }

    [Fact]
    public async Task A_marker_counts_its_changes()
    {
        Assert.Equal(1, await Mark("7"));
        var before = (await api.Get("/api/v1/markers?timeline[]=home")).ToString();
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Mark("7"));
        Assert.Equal(before, (await api.Get("/api/v1/markers?timeline[]=home")).ToString());
        Assert.Equal(2, await Mark("8"));
        // An app may take it back, too.
        Assert.Equal(3, await Mark("7"));
        var blank = await api.Post("/api/v1/markers", """{"home":{"last_read_id":""}}""", status: 422);
        Assert.Equal("Validation failed: Last read can't be blank", blank.GetProperty("error").GetString());
        Assert.Empty((await api.Post("/api/v1/markers", """{"lists":{"last_read_id":"1"}}""")).EnumerateObject());
    }

    private async Task<int> Mark(string id) =>
        (await api.Post("/api/v1/markers", $$$"""{"home":{"last_read_id":"{{{id}}}"}}""")).GetProperty("home").GetProperty("version").GetInt32();

    private async Task<string> Tell(string type, long from, long? about, bool filtered = false)
    {
        api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return (await api.Database.Write(c => NotificationStore.Add(c, type, from, about, api.Clock.GetUtcNow(), filtered: filtered)))!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<List<string>> Ids(string address) => ApiFixture.IdsOf(await api.Get(address));

    private async Task<int> Unread(string root, string query = "") => (await api.Get($"{root}/unread_count?{query}")).GetProperty("count").GetInt32();

    private static List<JsonElement> Groups(JsonElement page) => [.. page.GetProperty("notification_groups").EnumerateArray()];

    /// <summary>Without the hour that a group began in.</summary>
    private static string Key(JsonElement group)
    {
        var key = group.GetProperty("group_key").GetString()!;
        return key.StartsWith("ungrouped", StringComparison.Ordinal) ? key : key[..(key.LastIndexOf('-') + 1)];
    }
}
