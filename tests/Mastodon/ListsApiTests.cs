using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Lists;
using Calf.Timelines;

namespace Calf.Tests.Mastodon;

/// <summary>Lists: kept, filled, shown, and out of home when they are exclusive.</summary>
public sealed class ListsApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        foreach (var (id, name) in new[] { (2L, "bob"), (3L, "cleo"), (4L, "dan"), (5L, "eve") }) await api.AddPerson(id, name);
        foreach (var id in new[] { 2L, 3L, 4L }) await Follow(id);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_list_is_made_changed_and_deleted()
    {
        var list = await api.Post("/api/v1/lists", """{"title":" Friends ","replies_policy":"followed","exclusive":true}""");
        Assert.Equal(("Friends", "followed", true), (list.GetProperty("title").GetString(), list.GetProperty("replies_policy").GetString(), list.GetProperty("exclusive").GetBoolean()));
        var id = list.GetProperty("id").GetString();

        var changed = await api.Send(HttpMethod.Put, $"/api/v1/lists/{id}", ApiFixture.Content(new (string, string)[] { ("title", "Cows") }));

        Assert.Equal(("Cows", "followed", true), (changed.GetProperty("title").GetString(), changed.GetProperty("replies_policy").GetString(), changed.GetProperty("exclusive").GetBoolean()));
        Assert.Equal([id!], ApiFixture.IdsOf(await api.Get("/api/v1/lists")));
        Assert.Equal(changed.ToString(), (await api.Get($"/api/v1/lists/{id}")).ToString());
        await api.Send(HttpMethod.Delete, $"/api/v1/lists/{id}", null);
        Assert.Empty(ApiFixture.IdsOf(await api.Get("/api/v1/lists")));
        await api.Get($"/api/v1/lists/{id}", status: 404);
        await api.Get($"/api/v1/timelines/list/{id}", status: 404);
        await api.Send(HttpMethod.Delete, $"/api/v1/lists/{id}", null, status: 404);
    }

    [Theory]
    [InlineData("{}", "Validation failed: Title can't be blank")]
    [InlineData("""{"title":"  "}""", "Validation failed: Title can't be blank")]
    [InlineData("""{"title":"x","replies_policy":"some"}""", "Validation failed: Replies policy is not included in the list")]
    public async Task A_list_that_cannot_be_is_refused(string body, string error)
    {
        Assert.Equal(error, (await api.Post("/api/v1/lists", body, status: 422)).GetProperty("error").GetString());
        await api.Post("/api/v1/lists", $$"""{"title":"{{new string('x', Listing.MaxTitle + 1)}}"}""", status: 422);
        Assert.Empty(ApiFixture.IdsOf(await api.Get("/api/v1/lists")));
    }

    [Fact]
    public async Task There_can_be_fifty()
    {
        for (var n = 0; n < Listing.MaxLists; n++) await api.Post("/api/v1/lists", """{"title":"x"}""");

        await api.Post("/api/v1/lists", """{"title":"x"}""", status: 422);

        Assert.Equal(Listing.MaxLists, ApiFixture.IdsOf(await api.Get("/api/v1/lists")).Count);
    }

    [Fact]
    public async Task Only_who_is_followed_can_be_on_it_and_all_or_none_is_added()
    {
        var list = await Create();

        await api.Post($"/api/v1/lists/{list}/accounts", """{"account_ids":["2","5"]}""", status: 422);
        await api.Post($"/api/v1/lists/{list}/accounts", """{"account_ids":["2","99"]}""", status: 404);
        Assert.Empty(await Members(list));

        await api.Post($"/api/v1/lists/{list}/accounts", """{"account_ids":["2","3"]}""");
        await api.Post($"/api/v1/lists/{list}/accounts", """{"account_ids":["4","2"]}""", status: 422);

        Assert.Equal(["3", "2"], await Members(list));
        Assert.Equal(["3"], ApiFixture.IdsOf(await api.Get($"/api/v1/lists/{list}/accounts?limit=1")));
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get($"/api/v1/lists/{list}/accounts?limit=1&max_id=3")));
        Assert.Equal([list], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/2/lists")));
        Assert.Empty(ApiFixture.IdsOf(await api.Get("/api/v1/accounts/4/lists")));
    }

    [Fact]
    public async Task It_shows_what_its_members_posted_lately_and_post_from_now_on()
    {
        await Place(100, 2);
        var list = await Create("2");
        await Place(101, 2);
        await Place(102, 3);

        Assert.Equal(["101", "100"], await Shown(list));
        await api.Send(HttpMethod.Delete, $"/api/v1/lists/{list}/accounts", ApiFixture.Content("""{"account_ids":["2"]}"""));
        Assert.Empty(await Shown(list));
        Assert.Equal(["102", "101", "100"], await Home());
    }

    [Theory]
    [InlineData(RepliesPolicies.None, "110,101")]
    [InlineData(RepliesPolicies.List, "111,110,101")]
    [InlineData(RepliesPolicies.Followed, "112,111,110,101")]
    public async Task Answers_to_others_are_shown_as_the_policy_says(string policy, string shown)
    {
        await api.AddStatus(50, ApiFixture.OwnerId);
        await Place(51, 3);
        await Place(52, 4);
        var list = await Create("2", "3");
        await api.Send(HttpMethod.Put, $"/api/v1/lists/{list}", ApiFixture.Content($$"""{"replies_policy":"{{policy}}"}"""));

        await Place(101, 2, to: (50, ApiFixture.OwnerId));
        await Place(110, 2, to: (101, 2));
        await Place(111, 2, to: (51, 3));
        await Place(112, 2, to: (52, 4));

        Assert.Equal(shown.Split(','), (await Shown(list)).Where(id => id != "51"));
    }

    [Fact]
    public async Task Members_of_an_exclusive_list_are_out_of_home_for_as_long_as_it_is()
    {
        var list = await Create("2");
        await Place(100, 2);
        await Place(101, 3);
        Assert.Equal(["101", "100"], await Home());

        await api.Send(HttpMethod.Put, $"/api/v1/lists/{list}", ApiFixture.Content("""{"exclusive":true}"""));
        await Place(102, 2);

        Assert.Equal(["101"], await Home());
        Assert.Equal(["102", "100"], await Shown(list));
        await api.Send(HttpMethod.Delete, $"/api/v1/lists/{list}", null);
        Assert.Equal(["102", "101", "100"], await Home());
    }

    [Fact]
    public async Task Who_is_unfollowed_or_blocked_leaves_all_lists()
    {
        var list = await Create("2", "3", "4");
        await Place(100, 2);
        await Place(101, 3);

        await api.Post("/api/v1/accounts/2/unfollow");
        await api.Post("/api/v1/accounts/3/block");

        Assert.Equal(["4"], await Members(list));
        Assert.Empty(await Shown(list));
    }

    [Fact]
    public async Task What_is_muted_is_left_out_and_comes_back()
    {
        var list = await Create("2");
        await Place(100, 2);

        await api.Post("/api/v1/accounts/2/mute");
        Assert.Empty(await Shown(list));

        await api.Post("/api/v1/accounts/2/unmute");
        Assert.Equal(["100"], await Shown(list));
    }

    [Fact]
    public async Task Lists_are_for_tokens_that_may()
    {
        var token = await api.TokenWith("read:statuses write:statuses");
        await api.Get("/api/v1/lists", token, 403);
        await api.Post("/api/v1/lists", """{"title":"x"}""", token, 403);
        await api.Get("/api/v1/lists", null, 401);
    }

    private async Task<string> Create(params string[] members)
    {
        var id = (await api.Post("/api/v1/lists", """{"title":"Some"}""")).GetProperty("id").GetString()!;
        if (members.Length > 0) await api.Post($"/api/v1/lists/{id}/accounts", members.Select(id => ("account_ids[]", id)).ToArray());
        return id;
    }

    private async Task<List<string>> Members(string list) => ApiFixture.IdsOf(await api.Get($"/api/v1/lists/{list}/accounts?limit=0"));

    private async Task<List<string>> Shown(string list) => ApiFixture.IdsOf(await api.Get($"/api/v1/timelines/list/{list}"));

    private async Task<List<string>> Home() => ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home"));

    private Task Follow(long id) => api.Database.Write(c => FollowStore.Save(c, new Follow(ApiFixture.OwnerId, id, $"https://calf.test/follows/{id}", true, true, false, api.Clock.GetUtcNow())));

    /// <summary>As a received post is: stored and put where it belongs.</summary>
    private async Task Place(long id, long author, (long Status, long Author)? to = null)
    {
        var status = await api.AddStatus(id, author, s => to is { } answered
            ? s with { InReplyToId = answered.Status, InReplyToUri = $"https://far.test/statuses/{answered.Status}", InReplyToAccountId = answered.Author }
            : s, home: false);
        await api.Database.Write(c =>
        {
            if (HomeFeed.Takes(c, status.Id, ApiFixture.OwnerId, api.Clock.GetUtcNow())) TimelineStore.AddToHome(c, status.Id);
        });
    }
}
